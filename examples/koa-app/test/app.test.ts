import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { makeKoaApp } from '../src/koa-app.js';

const server = makeKoaApp().listen(0);
beforeAll(() => once(server, 'listening'));
afterAll(() => server.close());

const get = async (path: string) => {
  const response = await fetch(`http://localhost:${(server.address() as AddressInfo).port}${path}`);
  return { status: response.status, servedBy: response.headers.get('x-served-by'), text: await response.text() };
};

test('Koa middleware sees the replies of controllers', async () => {
  expect(await get('/api/todos/1')).toEqual({
    status: 200,
    servedBy: 'koa',
    text: '{"id":1,"title":"Write an example"}',
  });
});

test('what the controllers do not know goes on to the Koa app', async () => {
  expect(await get('/old')).toEqual({ status: 200, servedBy: 'koa', text: 'still here' });
  expect((await get('/api/nothing')).status).toBe(404);
});

test('an unknown todo is a 404 of the controllers', async () => {
  expect(JSON.parse((await get('/api/todos/9')).text)).toMatchObject({ status: 404, title: 'Not Found' });
});
