import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, defineApp, Get, Render } from 'twodoors';
import { auth, LoginRequired } from 'twodoors/auth';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { sessions } from 'twodoors/sessions';
import { gateways, inject, openGatewayDoor, toRawRequest } from 'twodoors/testing';
import { sendOverSocket } from '../../../src/runtime/testing/socket-client.js';
import { loadUser, resetUsers, SECRET, signInApp } from './sign-in-app.js';

const HTML = { accept: 'text/html' };
const app = signInApp();

test('the login page and the way back have the base path of the door', async () => {
  const door = openGatewayDoor('http', createHandler(app, { basePath: '/shop' }));
  const refused = await door.request('/shop/account?a=1', { headers: HTML });
  expect(refused.headers['location']).toBe('/shop/login?next=%2Fshop%2Faccount%3Fa%3D1');
  const back = await door.request(refused.headers['location']!, { form: { id: '1' } });
  expect(back.headers['location']).toBe('/shop/account?a=1');
  const own = await door.request('/shop/login', {
    form: { id: '1' },
    headers: { referer: 'https://example.com/shop/login' },
  });
  expect(own.headers['location']).toBe('/home');
});

test('at the Koa door as well', async () => {
  const server = createServer(toKoa(app, { basePath: '/shop' }).callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await sendOverSocket(port, toRawRequest('/shop/account', { headers: HTML }));
  expect(response.headers).toContainEqual(['location', '/shop/login?next=%2Fshop%2Faccount']);
  server.close();
});

@Controller()
class Whole {
  @Get('/where') @LoginRequired() where() {
    return 'in';
  }
}

test('and the stage of an API that is called by its own domain', async () => {
  const host = 'a1.execute-api.eu-west-1.amazonaws.com';
  const bare = defineApp({
    controllers: [Whole],
    use: [sessions({ secret: SECRET }), auth({ loadUser, loginUrl: '/login' })],
  });
  const handler = createHandler(bare);
  for (const name of ['rest', 'http'] as const) {
    const request = toRawRequest('/where', { headers: { ...HTML, host } });
    const event = gateways[name].toEvent(request, { stage: 'test' });
    const result = await handler(event);
    expect(gateways[name].toResponse(result, request).headers).toContainEqual([
      'location',
      '/test/login?next=%2Ftest%2Fwhere',
    ]);
  }
});

test('a view reads current_user, which is loaded for it', async () => {
  resetUsers();
  const seen: unknown[] = [];
  @Controller()
  class Pages {
    @Get('/page') @Render('page.html') page() {
      return {};
    }
  }
  const { viewValues } = await import('../../../src/runtime/web/view-values.js');
  const views = {
    findMistake: () => undefined,
    render: async (_view: string, _values: object, request?: never) => {
      const user = (await viewValues.get('current_user')!(request!)) as { name: string } | undefined;
      seen.push(user?.name);
      return `Hello, ${user?.name}`;
    },
  };
  const known = auth({ loadUser, identify: (request) => Number(request.header('x-user')) || undefined });
  const withUser = defineApp({ controllers: [Pages], views, use: [known] });
  expect((await inject(withUser, '/page', { headers: { 'x-user': '1' } })).text()).toBe('Hello, ada');
  expect((await inject(withUser, '/page')).text()).toBe('Hello, undefined');
  const without = defineApp({ controllers: [Pages], views });
  expect((await inject(without, '/page')).text()).toBe('Hello, undefined');
  expect(seen).toEqual(['ada', undefined, undefined]);
});
