/** Pages, URLs of routes and error pages of a built app: the same at the Koa door and from a bundle with a plan. */

import { jest } from '@jest/globals';
import { type TestRequestInit, type TestResponse, toRawRequest } from 'twodoors/testing';
import { askDoors, type DoorReplies, runCommand } from './doc-doors.js';
import { BOOTSTRAPS, type BuiltBundle, bundle, makeProject, removeProjects } from './projects.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterAll(removeProjects);

const controller = (name: string, decorator: string) => `
import { Controller, defineView, Get, HttpError, type HttpRequest, Param, redirect, redirectTo, Render, reply, Req, sse, urlFor, view } from 'twodoors';
const about = defineView<{ who: string }>('about.html');
@Controller(${decorator})
export class ${name} {
  @Get() @Render('index.html') index() { return { at: new Date('2026-11-27T23:30:00Z') }; }
  @Get('/self/:id') self(@Req() request: HttpRequest, @Param('id') id: number) { return urlFor(request, ${name}, 'self', { id, from: '${name}' }); }
  @Get('/view') async view() { return view('about.html', { who: '<b>' }, { status: 202 }); }
  @Get('/about') about() { return about({ who: 'defined' }); }
  @Get('/to') to() { return redirectTo(${name}, 'self', { id: 7 }); }
  @Get('/away') away() { return redirect('//evil.example'); }
  @Get('/bug') bug() { throw new Error('secret'); }
  @Get('/json') @Render('json.html') json() { return { all: { map: new Map([['a', 1n]]), set: new Set(['<']) } }; }
  @Get('/taken') taken() { throw new HttpError(409, 'Taken'); }
  @Get('/stream') async *stream() { throw new HttpError(410, 'Gone'); }
  @Get('/events') events() { return sse((async function* () { yield { data: new Map([['a', 1n]]) }; })()); }
  @Get('/latin1') latin1() { return reply('ä', { headers: { 'content-type': 'text/plain; charset=latin1' } }); }
}`;

// Two classes of one name, which a bundler has to rename.
const APP = {
  ...BOOTSTRAPS,
  'src/posts.ts': controller('Posts', "'/posts'"),
  'src/admin/posts.ts': controller('Posts', "'/admin', { name: 'Admin' }"),
  'src/app.ts': `
import { defineApp, markup } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { Posts } from './posts.js';
import { Posts as Admin } from './admin/posts.js';
export const app = defineApp({
  controllers: [Posts, Admin],
  log: () => {},
  problem: (problem) => (problem.status === 409 ? { ...problem, by: new Map([['a', 1n]]) } : problem),
  views: nunjucks({
    context: async (request) => ({ site: 'site ' + request.path }),
    globals: { icon: (name: string) => markup('<i>' + name + '</i>') },
  }),
});`,
  'src/views/layout.html': '{{ site }}|{% block main %}{% endblock %}',
  'src/views/index.html':
    "{% extends 'layout.html' %}{% block main %}{{ url_for('Posts.self', id=3) }} {{ url_for('Admin.self', id=3, q='a b') }} {{ icon('x') }} {{ at | date('long') }}{% endblock %}",
  'src/views/about.html': '{{ who }} {{ request.path }} {{ get_flashed_messages() | length }}',
  'src/views/json.html': '{{ all | tojson }}',
  'src/views/errors/404.html': "{% extends 'layout.html' %}{% block main %}{{ problem.status }}{% endblock %}",
  'src/views/errors/500.html': '{{ url_for(nothing) }}',
};

const html = { headers: { accept: 'text/html' } };
const rows: [rule: string, target: string, init: TestRequestInit, status: number, text: RegExp][] = [
  [
    'a page with URLs, context, HTML and dates',
    '/posts',
    {},
    200,
    /^site \/posts\|\/posts\/self\/3 \/admin\/self\/3\?q=a\+b <i>x<\/i> November 27, 2026$/,
  ],
  ['a page of another controller', '/admin', {}, 200, /^site \/admin\|\/posts\/self\/3/],
  ['the URL of a class', '/posts/self/5', {}, 200, /^\/posts\/self\/5\?from=Posts$/],
  ['the URL of the other class of the same name', '/admin/self/5', {}, 200, /^\/admin\/self\/5\?from=Posts$/],
  ['a view as a result', '/admin/view', {}, 202, /^&lt;b&gt; \/admin\/view 0$/],
  ['a defined view', '/posts/about', {}, 200, /^defined \/posts\/about 0$/],
  ['a redirect to a route', '/admin/to', {}, 303, /^$/],
  ['JSON in a view as replies have it', '/posts/json', {}, 200, /^\{"map":\{"a":"1"\},"set":\["\\u003c"\]\}$/],
  ['and in the data of an event', '/posts/events', {}, 200, /^:\n\ndata: \{"a":"1"\}\n\n$/],
  ['and in what problem returns', '/posts/taken', {}, 409, /"by":\{"a":"1"\}\}$/],
  ['HEAD of a stream that fails', '/posts/stream', { method: 'HEAD' }, 410, /^$/],
  ['text as UTF-8', '/posts/latin1', {}, 200, /^ä$/],
  ['a redirect to a foreign page', '/posts/away', {}, 500, /"status":500/],
  ['the app’s own page for a 404', '/nowhere', html, 404, /^site \/nowhere\|404$/],
  ['the built-in page where its own page fails', '/posts/bug', html, 500, /<h1>500 Internal Server Error<\/h1>/],
];

describe('a built app gives', () => {
  let replies: DoorReplies;
  let built: BuiltBundle;
  beforeAll(async () => {
    const root = makeProject(APP);
    [replies] = (await askDoors([{ root, requests: rows.map(([, target, init]) => toRawRequest(target, init)) }])) as [
      DoorReplies,
    ];
    built = await bundle(root, 'lambda');
  });

  test.each(rows.map(([rule, , , status, text], i) => [rule, i, status, text] as const))(
    '%s',
    (_rule, i, status, text) => {
      if ('error' in replies) throw new Error(String(replies.error));
      const doors = Object.entries(replies as Record<string, readonly TestResponse[]>);
      expect(doors.map(([name]) => name)).toEqual(
        ['koa', 'rest', 'http', 'url', 'alb', 'alb-multi'].slice(0, doors.length),
      );
      expect(doors.length).toBeGreaterThan(5);
      for (const [name, responses] of doors) {
        const reply = responses[i]!;
        expect({ name, status: reply.status, text: reply.text() }).toEqual({
          name,
          status,
          text: expect.stringMatching(text),
        });
      }
    },
  );

  test('and its entry has neither what makes URLs nor what shows errors', () => {
    const { sources } = JSON.parse(String(built.files.get('index.js.map'))) as { sources: string[] };
    const late = sources.filter((name) =>
      /url-for-view\.|error-pages\/|leven|development-panel|front-path\./.test(name),
    );
    expect(late.filter((name) => !/lazy\./.test(name))).toEqual([]);
  });
});

test('a build fails with every name in a view that leads to no route', async () => {
  const views = {
    'src/views/layout.html': "\n{{ url_for('Posts.gone') }}",
    'src/views/errors/500.html': "{{ url_for('Posts.self') }}",
  };
  const said = (await runCommand(makeProject({ ...APP, ...views }), ['build'])).join('\n');
  expect(said).toContain(
    'Posts.index, @Render: layout.html, line 2: url_for: Posts has no route "gone". It has index, self,',
  );
  expect(said).toContain(
    'defineApp, views: errors/500.html, line 1: url_for: Posts.self needs "id" for its path /posts/self/:id',
  );
});
