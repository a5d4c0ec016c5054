import { doorNames, openDoor } from 'twodoors/testing';
import { app } from '../src/app.js';

test.each(doorNames)('greets at the door %s', async (name) => {
  const door = await openDoor(app, name);
  try {
    const response = await door.request('/hello/Ada');
    expect([response.status, response.text()]).toEqual([200, 'Hello, Ada!']);
  } finally {
    await door.close();
  }
});
