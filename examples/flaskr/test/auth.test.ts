import { type Door, openDoor } from 'twodoors/testing';
import { app } from '../src/app.js';

process.env.DATABASE_FOLDER = 'memory://';
process.env.PASSWORD_COST = '4';

describe.each(['koa', 'http'] as const)('signing in, at the door %s', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());

  const ada = { Username: 'ada', Password: 'correct horse' };

  test('a new user registers, logs in and out', async () => {
    const client = door.client();
    await client.open('/auth/register');
    const registered = await client.submit('Register', ada);
    expect(registered.url).toBe('/auth/login');
    expect(registered.text()).toContain('Welcome! Now log in.');
    const home = await client.submit('Log In', ada);
    expect(home.url).toBe('/');
    expect(home.text()).toContain('<span>ada</span>');
    expect((await client.open('/auth/logout')).text()).not.toContain('ada');
  });

  test.each([
    [{ Username: '', Password: 'x' }, 'Username is required.'],
    [{ Username: 'x', Password: '' }, 'Password is required.'],
    [ada, 'User ada is already registered.'],
  ])('%o is not registered', async (values, message) => {
    const client = door.client();
    await client.open('/auth/register');
    const page = await client.submit('Register', values);
    expect([page.status, page.text()]).toEqual([422, expect.stringContaining(message)]);
  });

  test.each([
    [{ Username: 'eve', Password: 'x' }, 'Incorrect username.'],
    [{ Username: 'ada', Password: 'x' }, 'Incorrect password.'],
  ])('%o does not log in', async (values, message) => {
    const client = door.client();
    await client.open('/auth/login');
    const page = await client.submit('Log In', values);
    expect([page.status, page.text()]).toEqual([422, expect.stringContaining(message)]);
  });

  test('a stranger comes back after logging in', async () => {
    const client = door.client();
    const page = await client.open('/create');
    expect(page.url).toBe('/auth/login?next=%2Fcreate');
    expect((await client.submit('Log In', ada)).url).toBe('/create');
  });
});
