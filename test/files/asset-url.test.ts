/** The URLs of public files: their fingerprints, prefixes and base paths, and what they change to. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assetUrl, Controller, defineApp, Get, type HttpRequest, Render, Req } from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { openDoors, openGatewayDoor } from 'twodoors/testing';
import { nunjucks } from 'twodoors/views';
import { digitsOf, makeFolder } from './public-folder.js';

const folder = makeFolder({
  'app.css': 'one',
  'deep/b c.min.js': 'two',
  README: 'three',
  '.well-known/security.txt': 'four',
  'é.txt': 'five',
});
afterAll(() => folder.remove());

@Controller()
class Pages {
  @Get('/') page(@Req() request: HttpRequest) {
    return assetUrl(request, 'app.css');
  }
  @Get('/none') none(@Req() request: HttpRequest) {
    return assetUrl(request, 'none.css');
  }
}

const app = defineApp({ controllers: [Pages], public: folder.root });

test.each([
  ['app.css', `/app.${digitsOf('one')}.css`],
  ['/app.css', `/app.${digitsOf('one')}.css`],
  ['deep/b c.min.js', `/deep/b%20c.min.${digitsOf('two')}.js`],
  ['README', `/README.${digitsOf('three')}`],
  ['.well-known/security.txt', `/.well-known/security.${digitsOf('four')}.txt`],
  ['é.txt', `/%C3%A9.${digitsOf('five')}.txt`],
])('assetUrl(app, %j) is %s, and leads to the file', async (name, url) => {
  expect(assetUrl(app, name)).toBe(url);
  const doors = await openDoors(app);
  for (const door of doors) {
    const { status, headers } = await door.request(url);
    expect([door.name, status, headers['cache-control']]).toEqual([
      door.name,
      200,
      'public, max-age=31536000, immutable',
    ]);
  }
  await doors.close();
});

test('the prefix of the folder is in it', () => {
  const prefixed = defineApp({ controllers: [Pages], public: [{ root: folder.root, prefix: 'static/' }] });
  expect(assetUrl(prefixed, 'app.css')).toBe(`/static/app.${digitsOf('one')}.css`);
});

test.each(['none.css', '../app.css', '.env', 'deep', '', 'APP.css'])('assetUrl(app, %j) names no file', (name) => {
  expect(() => assetUrl(app, name)).toThrow(
    new Error(`assetUrl, ${JSON.stringify(name)}: no public folder has such a file. Correct the name.`),
  );
});

test('an app without public folders has no such URLs', () => {
  expect(() => assetUrl(defineApp({ controllers: [Pages] }), 'app.css')).toThrow(
    `assetUrl, "app.css": the app has no public folder. Name it: defineApp({ public: 'src/public' }).`,
  );
});

test('the base path of the door is in the URL of a request, and not in that of the app', async () => {
  const door = openGatewayDoor('http', createHandler(app, { basePath: '/shop' }));
  expect((await door.request('/shop/')).text()).toBe(`/shop/app.${digitsOf('one')}.css`);
  expect((await door.request('/SHOP/app.css')).text()).toBe('one');
  expect((await door.request('/app.css')).status).toBe(404);
  const server = createServer(toKoa(app, { basePath: 'shop' }).callback()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = await (await fetch(`${origin}/shop`)).text();
  expect(url).toBe(`/shop/app.${digitsOf('one')}.css`);
  expect(await (await fetch(origin + url)).text()).toBe('one');
  server.close();
  server.closeAllConnections();
  expect(assetUrl(app, 'app.css')).toBe(`/app.${digitsOf('one')}.css`);
});

test('a file that changes gets another URL, and its old one may no longer be kept', async () => {
  folder.write('changing.css', 'before');
  const before = assetUrl(app, 'changing.css');
  folder.write('changing.css', 'after it');
  const after = assetUrl(app, 'changing.css');
  expect([before, after]).toEqual([`/changing.${digitsOf('before')}.css`, `/changing.${digitsOf('after it')}.css`]);
  const doors = await openDoors(app, { doors: ['koa', 'rest'] });
  for (const door of doors) {
    const old = await door.request(before);
    expect([old.text(), old.headers['cache-control']]).toEqual(['after it', 'no-cache']);
    expect((await door.request(after)).headers['cache-control']).toMatch(/immutable/);
  }
  await doors.close();
});

test('a new file is there at once', async () => {
  const doors = await openDoors(app, { doors: ['koa', 'rest'] });
  for (const door of doors) expect((await door.request(`/new-${door.name}.txt`)).status).toBe(404);
  for (const door of doors) folder.write(`new-${door.name}.txt`, 'new');
  for (const door of doors) expect((await door.request(`/new-${door.name}.txt`)).text()).toBe('new');
  await doors.close();
});

test('views have it as asset_url', async () => {
  const views = makeFolder({
    'page.html': '<link href="{{ asset_url("app.css") }}">',
    'none.html': '\n{{ asset_url("none.css") }}',
  });
  @Controller()
  class Views {
    @Get('/page') @Render('page.html') page() {
      return {};
    }
    @Get('/none') @Render('none.html') none() {
      return {};
    }
  }
  const logged: unknown[] = [];
  const withViews = defineApp({
    controllers: [Views],
    public: [{ root: folder.root, prefix: '/static' }],
    views: nunjucks({ folder: views.root }),
    log: (error) => logged.push(error),
  });
  const doors = await openDoors(withViews);
  for (const door of doors) {
    const page = await door.request('/page');
    expect(page.text()).toBe(`<link href="/static/app.${digitsOf('one')}.css">`);
    expect((await door.request('/none')).status).toBe(500);
  }
  expect(String(logged[0])).toContain(
    'none.html, line 2: Error: asset_url, "none.css": no public folder has such a file',
  );
  await doors.close();
  const door = openGatewayDoor('http', createHandler(withViews, { basePath: '/shop' }));
  expect((await door.request('/shop/page')).text()).toBe(`<link href="/shop/static/app.${digitsOf('one')}.css">`);
  views.remove();
});
