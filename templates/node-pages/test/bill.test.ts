import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { app } from '../src/app.js';

// The same through the Koa server, and through the Lambda handler behind each gateway.
for (const name of doorNames) {
  describe(`the page at the door ${name}`, () => {
    let door: Door;
    before(async () => {
      door = await openDoor(app, name);
    });
    after(() => door.close());

    test('splits a bill', async () => {
      const client = door.client();
      await client.open('/');
      const page = await client.submit('Split', { Total: '84.50', People: '4' });
      assert.equal(page.status, 200);
      assert.match(page.text(), /Everybody pays <strong>23\.24<\/strong>/);
    });

    test('shows mistakes beside their fields, with what was typed', async () => {
      const client = door.client();
      await client.open('/');
      const page = await client.submit('Split', { Total: 'much', People: '0' });
      assert.equal(page.status, 422);
      assert.match(page.text(), /value="much"/);
      assert.match(page.text(), /An amount, such as 84\.50/);
      assert.match(page.text(), /At least one person/);
    });
  });
}
