import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { app } from '../src/app.js';

describe.each(doorNames)('at the door %s', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());

  test('a todo is added', async () => {
    const response = await door.request('/todos', { method: 'POST', json: { title: 'Read' } });
    expect([response.status, response.json()]).toEqual([200, { title: 'Read', priority: 3 }]);
  });

  test('a todo without a title is refused', async () => {
    expect((await door.request('/todos', { method: 'POST', json: {} })).status).toBe(400);
  });

  test('the page has a form that adds one', async () => {
    const client = door.client();
    const page = await client.open('/todos/page');
    expect(page.text()).toContain('<li>Buy &lt;tea&gt;</li>');
    expect((await client.submit('Add', { Title: 'Walk' })).json()).toEqual({ title: 'Walk', priority: 3 });
  });
});
