/** URLs of routes, in code and in views, and redirects to them. */

import Koa from 'koa';
import {
  Body,
  Controller,
  defineApp,
  Get,
  type HttpRequest,
  Param,
  Post,
  Query,
  Render,
  Req,
  type RouteName,
  redirect,
  redirectTo,
  urlFor,
} from 'twodoors';
import { toKoa, toRouter } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { getFlashedMessages, sessions } from 'twodoors/sessions';
import { type Door, doorNames, gateways, inject, openDoor, toRawRequest } from 'twodoors/testing';
import { nunjucks, type ViewEngine } from 'twodoors/views';
import { enterProject, leaveProject, precompile, removeViewProjects } from '../view-projects.js';
import { Browser } from './browser.js';
import { send } from './koa-client.js';

const VIEWS = {
  'urls.html':
    "{{ url_for('Posts.show', id=3, page=2) }}|{{ url_for('Posts.show', id=id, _anchor='c 1') }}|" +
    "{{ url_for('Posts.show', { id: id }, { hash: 'x' }) }}|{{ url_for(name) }}|{{ url_for('Posts.index', q='a&b') }}|" +
    "{{ url_for('Named.home', _external=true) }}{% from 'link.html' import link %}{{ link('Posts.index') }}",
  'link.html': '{% macro link(name) %}<a href="{{ url_for(name) }}">{% endmacro %}',
  'bad.html': "x\n{{ url_for('Posts.shw', id=1) }}",
};

@Controller('/posts')
class Posts {
  @Get() index(@Req() request: HttpRequest, @Query('to?') to?: string) {
    return { self: urlFor(request, Posts, 'index'), to };
  }
  // Both link to each other and to themselves: their types are inferred all the same.
  @Get(['/:id', '/by/:author/:id']) show(@Param('id') id: string, @Req() request: HttpRequest) {
    return { id, self: urlFor(request, Posts, 'show', { id }), edit: urlFor(request, Posts, 'edit', { id }) };
  }
  @Get('/:id/edit') edit(@Param('id') id: string, @Req() request: HttpRequest) {
    return { show: urlFor(request, Posts, 'show', { id }), self: urlFor(request, Posts, 'edit', { id }) };
  }
  @Get('/files/*path') file(@Param('path') path: string, @Req() request: HttpRequest) {
    return { path, self: urlFor(request, Posts, 'file', { path }) };
  }
  @Get('/lang{/:lang}/:id.json') json() {}
  @Post() create(@Body('id') id: string) {
    return redirectTo(Posts, 'index', { to: id }, { flash: ['Saved', 'success'], hash: 'end' });
  }
  @Get('/flashed/all') flashed(@Req() request: HttpRequest) {
    return getFlashedMessages(request, { withCategories: true });
  }
  helper() {}
}

@Controller('/', { name: 'Named' })
class Home {
  @Get() home() {}
  @Get('/urls') @Render('urls.html') urls() {
    return { id: 7, name: 'Named.home' };
  }
  @Get('/url') url(@Req() request: HttpRequest, @Query('name') name: string, @Query('values') values: string) {
    return urlFor(request, name as RouteName, JSON.parse(values));
  }
  @Get('/absolute') absolute(@Req() request: HttpRequest) {
    return [request.basePath, urlFor(request, Posts, 'index', {}, { absolute: true, hash: '#top' })];
  }
  @Get('/redirect') redirect(@Query('to') to: string, @Query('status', Number) status: 303 = 303) {
    return redirect(to, { status });
  }
  @Get('/anywhere') anywhere(@Query('to') to: string) {
    return redirect(to, { allow: 'any', status: 302 });
  }
}

let views: ViewEngine;
let bundled: ViewEngine;
beforeAll(async () => {
  const root = enterProject(VIEWS);
  views = nunjucks();
  bundled = await precompile(root);
  leaveProject();
});
afterAll(removeViewProjects);

const appWith = (engine: ViewEngine, more: object = {}) =>
  defineApp({ controllers: [Posts, Home], views: engine, use: [sessions({ secret: 's' })], log: () => {}, ...more });

const urls: [rule: string, name: string, values: object, url: string][] = [
  ['a path without parameters', 'Posts.index', {}, '/posts'],
  ['parameters of the path by name, and the rest as the query', 'Posts.show', { page: 2, id: 3 }, '/posts/3?page=2'],
  ['the first path whose parameters are all given', 'Posts.show', { id: 3, author: 'x' }, '/posts/3?author=x'],
  ['a parameter percent-encoded, its slashes as well', 'Posts.show', { id: 'a/b č?' }, '/posts/a%2Fb%20%C4%8D%3F'],
  ['a rest with its slashes', 'Posts.file', { path: 'a b/c' }, '/posts/files/a%20b/c'],
  ['a rest whose %2F belongs to a segment', 'Posts.file', { path: 'a%2Fb/c%' }, '/posts/files/a%2Fb/c%25'],
  ['a rest as a list of segments', 'Posts.file', { path: ['a/b', 'c'] }, '/posts/files/a%2Fb/c'],
  ['an optional group whose parameter is not given', 'Posts.json', { id: 1 }, '/posts/lang/1.json'],
  ['an optional group whose parameter is given', 'Posts.json', { id: 1, lang: 'de' }, '/posts/lang/de/1.json'],
  [
    'lists in the query, without what is null',
    'Posts.index',
    { a: [1, 2], b: null, c: false },
    '/posts?a=1&a=2&c=false',
  ],
  ['the query as forms write it', 'Posts.index', { q: 'a b&č' }, '/posts?q=a+b%26%C4%8D'],
  ['a controller by the name that it was given', 'Named.home', {}, '/'],
];

describe.each(doorNames)('%s: the URL of a route has', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(appWith(views), name);
  });
  afterAll(() => door.close());

  const urlOf = (route: string, values: object) =>
    door.request(`/url?name=${route}&values=${encodeURIComponent(JSON.stringify(values))}`);

  test.each(urls)('%s', async (_rule, route, values, url) => {
    expect((await urlOf(route, values)).text()).toBe(url);
  });

  test('links to itself and to others', async () => {
    expect((await door.request('/posts/3')).json()).toEqual({ id: '3', self: '/posts/3', edit: '/posts/3/edit' });
  });

  test('scheme, host and fragment', async () => {
    const absolute = await door.request('/absolute', { headers: { host: 'shop.example.com' } });
    expect(absolute.json()).toEqual(['', 'https://shop.example.com/posts#top']);
  });

  test('a redirect to a route, with a message for its page', async () => {
    const browser = new Browser(door);
    const reply = await browser.request('/posts', { method: 'POST', form: { id: 'a b' } });
    expect([reply.status, reply.headers['location']]).toEqual([303, '/posts?to=a+b#end']);
    expect(await browser.json('/posts/flashed/all')).toEqual([['success', 'Saved']]);
  });
});

describe('round trips', () => {
  test.each(['3', 'a/b', 'č', '%', '..a', 'a+b', "it's", ':id', '*', 'ß∂'])(
    '%s comes back from its URL',
    async (id) => {
      const app = appWith(views);
      const url = urlFor(app, Posts, 'show', { id });
      for (const name of doorNames) {
        // An HTTP API decodes the path, so that it loses what was encoded twice, or is a slash.
        if (name === 'http' && /[/%]/.test(id)) continue;
        const door = await openDoor(app, name);
        expect((await door.request(url)).json()).toMatchObject({ id, self: url });
        await door.close();
      }
    },
  );

  test.each(['a', 'a/b', 'a%2Fb/c', 'č d/e'])('the rest %s comes back', async (path) => {
    const url = urlFor(appWith(views), Posts, 'file', { path });
    expect((await inject(appWith(views), url)).json()).toEqual({ path, self: url });
  });
});

describe.each([
  ['views in files', () => views],
  ['views in a bundle', () => bundled],
])('%s', (_form, engine) => {
  test.each(doorNames)('make the same URLs through %s', async (name) => {
    const door = await openDoor(appWith(engine()), name);
    const page = await door.request('/urls', { headers: { host: 'a.example' } });
    expect(page.text()).toBe(
      '/posts/3?page=2|/posts/7#c%201|/posts/7#x|/|/posts?q=a%26b|https://a.example/<a href="/posts">',
    );
    await door.close();
  });

  const pages: [rule: string, view: string, message: string | undefined][] = [
    [
      'a method that does not exist',
      "{{ url_for('Posts.shw', id=1) }}",
      'p.html, line 2: url_for: Posts has no route "shw". It has index, show, ',
    ],
    ['a method without a route', "{{ url_for('Posts.helper') }}", 'Posts has no route "helper"'],
    [
      'a controller that does not exist',
      "{{ url_for('Post.show', id=1) }}",
      'the app has no controller "Post". It has Posts, Named, Page.',
    ],
    ['a name without a method', "{{ url_for('Posts') }}", '"Posts" is not the name of a route'],
    [
      'a parameter that is missing',
      "{{ url_for('Posts.show', page=1) }}",
      'Posts.show needs "id" for its path /posts/:id. Pass it.',
    ],
    ['parameters that are a value', "{{ url_for('Posts.show', values) }}", undefined],
    ['a name that is a value', '{{ url_for(name) }}', undefined],
    ['another path of the method', "{{ url_for('Posts.show', author='a', id=1) }}", undefined],
    [
      'a mistake in a view that it includes',
      '{% include "bad.html" %}',
      'bad.html, line 2: url_for: Posts has no route "shw"',
    ],
    [
      'a mistake in a view that it extends',
      '{% extends "./bad.html" %}',
      'bad.html, line 2: url_for: Posts has no route "shw"',
    ],
  ];
  test.each(pages)('startup reports %s', async (_rule, text, message) => {
    const root = enterProject({ ...VIEWS, 'p.html': `x\n${text}` });
    const own = engine() === views ? nunjucks() : await precompile(root);
    leaveProject();
    @Controller('/p')
    class Page {
      @Get() @Render('p.html') page() {}
    }
    const start = () => createHandler(defineApp({ controllers: [Posts, Home2, Page], views: own }));
    if (message === undefined) expect(start).not.toThrow();
    else expect(start).toThrow(message);
  });
});

@Controller('/', { name: 'Named' })
class Home2 {
  @Get() home() {}
}

describe('an error that names the route', () => {
  const app = () => appWith(views);
  test.each<[rule: string, make: () => string, message: string]>([
    [
      'a missing parameter',
      () => urlFor(app(), Posts, 'show', { page: 1 }),
      'urlFor: Posts.show needs "id" for its path /posts/:id. Pass it.',
    ],
    ['a parameter that is null', () => urlFor(app(), Posts, 'show', { id: null }), 'Posts.show needs "id"'],
    [
      'an empty parameter',
      () => urlFor(app(), Posts, 'show', { id: '' }),
      '"id" of Posts.show is empty, and a path needs a value',
    ],
    [
      'a dot segment',
      () => urlFor(app(), Posts, 'show', { id: '..' }),
      'Posts.show has a segment "." or ".." in its path /posts/..',
    ],
    ['a dot segment in a rest', () => urlFor(app(), Posts, 'file', { path: 'a/../b' }), 'a segment "." or ".."'],
    [
      'an object in the query',
      () => urlFor(app(), Posts, 'index', { q: {} }),
      '"q" of Posts.index is a value of type object',
    ],
    [
      'a method without a route',
      () => urlFor(app(), Posts, 'helper'),
      'Posts.helper has no route. Add one, such as @Get().',
    ],
    ['a controller of another app', () => urlFor(app(), Home2, 'home'), 'Home2 is not a controller of this app'],
    ['a name of nothing', () => urlFor(app(), 'Posts.nope'), 'urlFor: Posts has no route "nope"'],
    [
      'an absolute URL without an origin',
      () => urlFor(app(), Posts, 'index', {}, { absolute: true }),
      'an absolute URL needs a request',
    ],
  ])('%s', (_rule, make, message) => {
    expect(make).toThrow(message);
  });

  test('an absolute URL of an app has its publicOrigin', () => {
    const own = appWith(views, { publicOrigin: 'https://example.com' });
    expect(urlFor(own, Posts, 'show', { id: 1 }, { absolute: true })).toBe('https://example.com/posts/1');
  });
});

test('two controllers of one name are a mistake', () => {
  const start = () => createHandler(defineApp({ controllers: [Home, Home2] }));
  expect(start).toThrow(
    'Home2, @Controller: another controller is called "Named", and names of routes such as "Named.show"',
  );
});

test('controllers that a loop makes may have one name, which nothing leads to', async () => {
  const [first, second] = ['/a', '/b'].map((path) => {
    @Controller(path)
    class Made {
      @Get() show() {
        return path;
      }
    }
    return Made;
  });
  const own = defineApp({ controllers: [first!, second!] });
  expect((await inject(own, '/b')).text()).toBe('/b');
  expect(urlFor(own, second!, 'show')).toBe('/b');
  expect(() => urlFor(own, 'Made.show')).toThrow('several controllers are called "Made". Name each of them');
});

describe('what stands in front of the app’s paths', () => {
  const absolute = (base: string) => [base, `https://h.example${base}/posts#top`];
  const host = { host: 'h.example' };

  test('the base path of a door', async () => {
    const koa = toKoa(appWith(views), { basePath: '/api' });
    expect(await send(koa, '/api/absolute', host)).toEqual(
      absolute('/api').map((each) => each.replace('https', 'http')),
    );
    const handler = createHandler(appWith(views), { basePath: '/api' });
    for (const name of ['rest', 'http', 'url', 'alb'] as const) {
      const request = toRawRequest('/api/absolute', { headers: host });
      const response = gateways[name].toResponse(await handler(gateways[name].toEvent(request)), request);
      expect([name, JSON.parse(String(response.body))]).toEqual([name, absolute('/api')]);
    }
  });

  test('a router in another Koa app, mounted as koa-mount does', async () => {
    const koa = new Koa();
    const routes = toRouter(appWith(views), { basePath: '/inner' }).routes();
    koa.use((context, next) => {
      context.path = context.path.replace('/outer', '');
      return routes(context as never, next);
    });
    expect(await send(koa, '/outer/inner/absolute', host)).toEqual([
      '/outer/inner',
      'http://h.example/outer/inner/posts#top',
    ]);
    expect(await send(koa, '/outer/inner/url?name=Named.home&values={}', host)).toBe('/outer/inner/');
  });

  test('never another host, where something in front of the app cuts the path', async () => {
    const koa = new Koa();
    const routes = toRouter(appWith(views)).routes();
    koa.use((context, next) => {
      context.path = '/absolute';
      return routes(context as never, next);
    });
    expect(await send(koa, '//evil.example/absolute', host)).toEqual(['', 'http://h.example/posts#top']);
  });

  const stages: [rule: string, host: string, options: object, base: string][] = [
    ['the stage, for its own domain', 'a1.execute-api.eu-west-1.amazonaws.com', {}, '/test'],
    ['no stage, behind a custom domain', 'shop.example.com', {}, ''],
    [
      'no stage, behind a proxy with the app’s origin',
      'a1.execute-api.eu-west-1.amazonaws.com',
      { publicOrigin: 'https://shop.example.com' },
      '',
    ],
  ];
  test.each(stages)('%s', async (_rule, called, options, base) => {
    const handler = createHandler(appWith(views, options));
    const request = toRawRequest('/absolute', { headers: { host: called } });
    for (const name of ['rest', 'http'] as const) {
      const event = gateways[name].toEvent(request, { stage: 'test' });
      const response = gateways[name].toResponse(await handler(event), request);
      expect([name, JSON.parse(String(response.body))[0]]).toEqual([name, base]);
    }
  });
});

describe.each(doorNames)('%s: redirect()', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(appWith(views), name);
  });
  afterAll(() => door.close());
  const ask = async (path: string, to: string) =>
    door.request(`${path}?to=${encodeURIComponent(to)}`, { headers: { host: 'shop.example.com' } });

  test.each([
    ['/login', '/login'],
    ['/a b?x=č#y', '/a%20b?x=%C4%8D#y'],
    ['/a%20b', '/a%20b'],
    ['?page=2', '?page=2'],
    ['next', 'next'],
    ['/a//b', '/a//b'],
    ['/to?next=https://x.example', '/to?next=https://x.example'],
    ['https://shop.example.com/x', 'https://shop.example.com/x'],
    ['HTTPS://SHOP.example.com:443/x', 'HTTPS://SHOP.example.com:443/x'],
  ])('leads to the page %s', async (to, location) => {
    const reply = await ask('/redirect', to);
    expect([reply.status, reply.headers['location']]).toEqual([303, location]);
  });

  test.each([
    'https://evil.example/',
    'http://shop.example.com/',
    'https://shop.example.com.evil.example/',
    'https://shop.example.com@evil.example/',
    'https://shop.example.com:8443/',
    'https:/evil.example',
    'https:evil.example',
    'https:///evil.example',
    'https:\\\\evil.example',
    'https://\\evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/\n/evil.example',
    '\u0000/x',
    '/x\r\nset-cookie: a=b',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'mailto:a@b.c',
    '',
  ])('refuses %j', async (to) => {
    const reply = await ask('/redirect', to);
    expect([reply.status, reply.headers['location']]).toEqual([500, undefined]);
  });

  test.each(['https://other.example/x', '//cdn.example/x', 'myapp://callback'])(
    'leads to %s where all is allowed',
    async (to) => {
      const reply = await ask('/anywhere', to);
      expect([reply.status, reply.headers['location']]).toEqual([302, to]);
    },
  );
});

test('a status that is not of a redirect is an error', () => {
  // @ts-expect-error 200 is not the status of a redirect
  expect(() => redirect('/', { status: 200 })).toThrow('redirect: 200 is not the status of a redirect. Use 301, 302');
  // @ts-expect-error 404 is not the status of a redirect
  expect(() => redirectTo(Posts, 'index', {}, { status: 404 })).toThrow(
    'redirectTo: 404 is not the status of a redirect',
  );
});

test('types: what must not compile does not', () => {
  const never = (): void => {
    const app = appWith(views);
    // @ts-expect-error there is no such method
    urlFor(app, Posts, 'shw');
    // @ts-expect-error a name has a dot
    urlFor(app, 'Posts');
    // @ts-expect-error values are an object
    urlFor(app, Posts, 'show', 3);
    // @ts-expect-error there is no such option
    urlFor(app, Posts, 'show', { id: 3 }, { fragment: 'x' });
    // @ts-expect-error there is no such method
    redirectTo(Posts, 'shw');
    // @ts-expect-error only all origins can be allowed
    redirect('/', { allow: 'https://x.example' });
    // @ts-expect-error a request or an app comes first
    urlFor(Posts, 'show');
  };
  expect(never).toBeInstanceOf(Function);
});
