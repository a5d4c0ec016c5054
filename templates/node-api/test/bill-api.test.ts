import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { app } from '../src/app.js';

// The same through the Koa server, and through the Lambda handler behind each gateway.
for (const name of doorNames) {
  describe(`the API at the door ${name}`, () => {
    let door: Door;
    before(async () => {
      door = await openDoor(app, name);
    });
    after(() => door.close());

    test('splits a bill', async () => {
      const response = await door.request('/api/bills', { method: 'POST', json: { total: 84.5, people: 4 } });
      assert.equal(response.status, 200);
      assert.deepEqual(response.json(), { share: 23.24 });
    });

    test('names every mistake', async () => {
      const response = await door.request('/api/bills', { method: 'POST', json: { total: 84.5, people: 0, tip: 101 } });
      assert.equal(response.status, 400);
      const { errors } = response.json() as { errors: { path: string; message: string }[] };
      assert.deepEqual(
        errors.map(({ path, message }) => [path, message]),
        [
          ['people', 'At least one person'],
          ['tip', 'At most 100 %'],
        ],
      );
    });

    test('a total that is not a number is not found', async () => {
      assert.equal((await door.request('/api/bills/much/tip')).status, 404);
    });
  });
}
