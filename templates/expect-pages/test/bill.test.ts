import { afterAll, beforeAll, describe, expect, test } from '__RUNNER__';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { app } from '../src/app.js';

// The same through the Koa server, and through the Lambda handler behind each gateway.
describe.each(doorNames)('the page at the door %s', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());

  test('splits a bill', async () => {
    const client = door.client();
    await client.open('/');
    const page = await client.submit('Split', { Total: '84.50', People: '4' });
    expect(page.status).toBe(200);
    expect(page.text()).toContain('Everybody pays <strong>23.24</strong>');
  });

  test('shows mistakes beside their fields, with what was typed', async () => {
    const client = door.client();
    await client.open('/');
    const page = await client.submit('Split', { Total: 'much', People: '0' });
    expect(page.status).toBe(422);
    expect(page.text()).toContain('value="much"');
    expect(page.text()).toContain('An amount, such as 84.50');
    expect(page.text()).toContain('At least one person');
  });
});
