import { afterAll, beforeAll, describe, expect, test } from '__RUNNER__';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { app } from '../src/app.js';

// The same through the Koa server, and through the Lambda handler behind each gateway.
describe.each(doorNames)('the API at the door %s', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());

  test('splits a bill', async () => {
    const response = await door.request('/api/bills', { method: 'POST', json: { total: 84.5, people: 4 } });
    expect([response.status, response.json()]).toEqual([200, { share: 23.24 }]);
  });

  test('names every mistake', async () => {
    const response = await door.request('/api/bills', { method: 'POST', json: { total: 84.5, people: 0, tip: 101 } });
    expect(response.status).toBe(400);
    expect(response.json()).toMatchObject({
      errors: [
        { path: 'people', message: 'At least one person' },
        { path: 'tip', message: 'At most 100 %' },
      ],
    });
  });

  test('a total that is not a number is not found', async () => {
    expect((await door.request('/api/bills/much/tip')).status).toBe(404);
  });
});
