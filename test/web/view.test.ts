/** `view()` and `defineView()`: pages as results of the app's functions. */

import {
  ContentType,
  Controller,
  defineApp,
  defineView,
  Get,
  Header,
  HttpCode,
  HttpReply,
  type HttpRequest,
  type Middleware,
  NotFoundError,
  Render,
  Req,
  redirectTo,
  setCookie,
  Use,
  view,
} from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { type Door, doorNames, inject, openDoor } from 'twodoors/testing';
import { nunjucks, type ViewEngine } from 'twodoors/views';
import { enterProject, leaveProject, precompile, removeViewProjects } from '../view-projects.js';

interface Post {
  title: string;
}

const VIEWS = {
  'post.html': '<h1>{{ post.title }}</h1>{{ request.path }}',
  'about.html': 'about',
  'error.html': '{{ error.message }}',
};

const showPost = defineView<{ post: Post }>('post.html');
const about = defineView('about.html');

const refuse: Middleware = () => view('about.html', {}, { status: 403 });
const toLogin: Middleware = () => redirectTo(Pages, 'about');
const stamp: Middleware = async (_request, next) => {
  const reply = await next();
  reply.headers['x-length'] = String((reply.body as string | undefined)?.length);
  return reply;
};

const shared = view('about.html', {}, { headers: { 'x-shared': 'yes' } });

@Controller()
class Pages {
  @Get('/post') post(@Req() request: HttpRequest) {
    setCookie(request, 'seen', '1', { secure: false, httpOnly: false, sameSite: 'lax' });
    return view('post.html', { post: { title: '<b>' } }, { status: 410, headers: { 'x-a': 'b' }, cookies: ['c=d'] });
  }
  @Get('/later') async later() {
    return showPost({ post: { title: 'later' } }, { status: 201 });
  }
  @Get('/about') @Header('cache-control', 'no-store') @HttpCode(202) about() {
    return about();
  }
  @Get('/rendered') @Render('post.html') rendered() {
    return about();
  }
  @Get('/changed') changed() {
    const page = about();
    page.status = 418;
    page.headers['x-late'] = '1';
    return page;
  }
  @Get('/shared') shared() {
    return shared;
  }
  @Get('/feed') @ContentType('application/xml') feed() {
    return view('about.html', {}, { headers: { 'content-type': 'application/xml' } });
  }
  @Get('/refused') @Use(refuse) refused() {}
  @Get('/login') @Use(toLogin) login() {}
  @Get('/missing') missing() {
    return view('nope.html');
  }
  @Get('/mapped') mapped() {
    throw new RangeError('mapped');
  }
  @Get('/problem') problem() {
    throw new NotFoundError('problem');
  }
  @Get('/data') data() {
    return view('about.html', { ['request' as string]: 1 } as object);
  }
}

const logged: unknown[] = [];

const appWith = (views: ViewEngine | undefined) =>
  defineApp({
    controllers: [Pages],
    use: [stamp],
    ...(views && { views }),
    onError: (error) => (error instanceof RangeError ? view('error.html', { error }, { status: 409 }) : undefined),
    problem: (problem, error) =>
      problem.detail === 'problem' ? view('error.html', { error: error as Error }, { status: 404 }) : problem,
    development: false,
    log: (error) => logged.push(error),
  });

let engines: ViewEngine[];
beforeAll(async () => {
  const root = enterProject(VIEWS);
  engines = [nunjucks(), await precompile(root)];
  leaveProject();
});
afterAll(removeViewProjects);

const rows: [rule: string, target: string, status: number, text: string, headers?: object][] = [
  ['a page with status, headers and cookies', '/post', 410, '<h1>&lt;b&gt;</h1>/post', { 'x-a': 'b' }],
  ['a page of a defined view, later', '/later', 201, '<h1>later</h1>/later', {}],
  [
    'a page without data; @HttpCode does not apply, @Header does',
    '/about',
    200,
    'about',
    { 'cache-control': 'no-store' },
  ],
  ['another page than that of @Render', '/rendered', 200, 'about', {}],
  ['a page that the handler has changed', '/changed', 418, 'about', { 'x-late': '1' }],
  ['the same page again', '/shared', 200, 'about', { 'x-shared': 'yes' }],
  ['a page of another type', '/feed', 200, 'about', { 'content-type': 'application/xml' }],
  ['a page of middleware', '/refused', 403, 'about', {}],
  ['a page of onError', '/mapped', 409, 'mapped', {}],
  ['a page of problem', '/problem', 404, 'problem', {}],
];

describe.each(doorNames)('%s gives', (name) => {
  describe.each([0, 1])('with engine %i', (index) => {
    let door: Door;
    beforeAll(async () => {
      door = await openDoor(appWith(engines[index]), name);
    });
    afterAll(() => door.close());

    test.each(rows)('%s', async (_rule, target, status, text, headers) => {
      for (const time of ['first', 'second']) {
        const reply = await door.request(target);
        expect({ time, status: reply.status, text: reply.text() }).toEqual({ time, status, text });
        expect(reply.headers).toMatchObject({
          'content-type': 'text/html; charset=utf-8',
          'x-length': String(text.length),
          ...headers,
        });
      }
    });

    test('cookies of both kinds', async () => {
      expect((await door.request('/post')).cookies).toEqual(['c=d', 'seen=1; Path=/; SameSite=Lax']);
    });

    test('a redirect of middleware', async () => {
      const reply = await door.request('/login');
      expect([reply.status, reply.headers['location']]).toEqual([303, '/about']);
    });

    test('HEAD: the headers of the page, and no body', async () => {
      const reply = await door.request('/later', { method: 'HEAD' });
      expect([reply.status, reply.text(), reply.headers['content-type']]).toEqual([
        201,
        '',
        'text/html; charset=utf-8',
      ]);
    });
  });
});

const errors: [rule: string, target: string, hasViews: boolean, message: string][] = [
  ['a view that does not exist', '/missing', true, 'nope.html'],
  ['an app without views', '/missing', false, "view('nope.html'): the app has no views. Pass an engine"],
  ['a name that every view has', '/data', true, 'The data of the view about.html has "request"'],
];
test.each(errors)('%s is a 500 that says so in the log', async (_rule, target, hasViews, message) => {
  logged.length = 0;
  const app = hasViews
    ? appWith(engines[0])
    : defineApp({ controllers: [Missing], development: false, log: (error) => logged.push(error) });
  expect((await inject(app, target)).status).toBe(500);
  expect(String(logged[0])).toContain(message);
});

@Controller()
class Missing {
  @Get('/missing') missing() {
    return view('nope.html');
  }
}

test('a test of a controller reads the view and its data', () => {
  const page = new Pages().missing();
  expect(page).toBeInstanceOf(HttpReply);
  expect(page).toMatchObject({ status: 200, view: 'nope.html', data: {} });
});

test('a defined view that does not exist, or does not compile, is a startup mistake', () => {
  enterProject({ 'post.html': '{{ 1 + }}' });
  const views = nunjucks();
  const start = () => createHandler(defineApp({ controllers: [Missing], views }));
  expect(start).toThrow("defineView('post.html'): post.html cannot be compiled");
  expect(start).toThrow('defineView(\'about.html\'): there is no view "about.html" in src/views');
  leaveProject();
});

test('types: what must not compile does not', () => {
  const never = (): void => {
    // @ts-expect-error the view needs a post
    showPost();
    // @ts-expect-error a post has a title
    showPost({ post: {} });
    // @ts-expect-error request is built in
    view('about.html', { request: 1 });
    // @ts-expect-error url_for is built in
    defineView<{ url_for: string }>('about.html');
    // @ts-expect-error a status is a number
    about({}, { status: '200' });
    // @ts-expect-error request is built in
    nunjucks({ context: () => ({ request: 1 }) });
    nunjucks({ context: async () => ({ menu: ['a'], user: { name: 'Ada' } }) });
    // @ts-expect-error data is an object
    view('about.html', 'text');
  };
  expect(never).toBeInstanceOf(Function);
  // An interface, which has no index signature, is data as well.
  const post: Post = { title: 'x' };
  expect(view('post.html', post).data).toBe(post);
});
