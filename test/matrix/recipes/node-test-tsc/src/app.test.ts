import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { app } from './app.js';

for (const name of doorNames) {
  describe(`at the door ${name}`, () => {
    let door: Door;
    before(async () => {
      door = await openDoor(app, name);
    });
    after(() => door.close());

    test('a todo is added', async () => {
      const response = await door.request('/todos', { method: 'POST', json: { title: 'Read' } });
      assert.deepEqual([response.status, response.json()], [200, { title: 'Read', priority: 3 }]);
    });

    test('a todo without a title is refused', async () => {
      assert.equal((await door.request('/todos', { method: 'POST', json: {} })).status, 400);
    });

    test('the page has a form that adds one', async () => {
      const client = door.client();
      assert.match((await client.open('/todos/page')).text(), /<li>Buy &lt;tea&gt;<\/li>/);
      assert.deepEqual((await client.submit('Add', { Title: 'Walk' })).json(), { title: 'Walk', priority: 3 });
    });
  });
}
