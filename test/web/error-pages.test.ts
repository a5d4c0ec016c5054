/** The pages that browsers get for errors: the app's own, the built-in one, and what they show in development. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import {
  ConflictError,
  Controller,
  defineApp,
  Get,
  NotFoundError,
  Param,
  Render,
  ServiceUnavailableError,
} from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { type Door, doorNames, inject, openDoor } from 'twodoors/testing';
import { nunjucks, type ViewEngine } from 'twodoors/views';
import { readExcerpt } from '../../src/runtime/dispatch/error-pages/source-excerpt.js';
import { enterProject, leaveProject, precompile, removeViewProjects } from '../view-projects.js';

const LAYOUT = '<body class="{{ look }}">{% block main %}{% endblock %}</body>';
const VIEWS = {
  'layout.html': LAYOUT,
  'errors/404.html':
    '{% extends "layout.html" %}{% block main %}gone: {{ request.path }} {{ problem.detail }}{% endblock %}',
  'errors/500.html':
    '{% extends "layout.html" %}{% block main %}broken {{ problem.requestId | length > 0 }}{% endblock %}',
  'errors/error.html': '<p>{{ problem.status }} {{ problem.title }}: {{ problem.detail }}</p>',
  'errors/503.html': '{{ broken() }}',
  'errors/part.html': '{{ nothing_of_this | nofilter }}',
  'page.html': 'a\nb\n{{ broken("<3>") }}\nd',
};
const options = {
  context: () => ({ look: 'own' }),
  filters: { nofilter: String },
  globals: {
    broken: () => {
      throw new Error('in a view');
    },
  },
};

@Controller('/e')
class Errors {
  @Get('/bug') bug() {
    throw new Error('secret <b>', { cause: new TypeError('its cause') }); // the failing line
  }
  @Get('/null') nothing() {
    throw null;
  }
  @Get('/conflict') conflict() {
    throw new ConflictError('Taken by <Ada>');
  }
  @Get('/missing/:id') missing(@Param('id') id: number) {
    throw new NotFoundError(`No ${id}`);
  }
  @Get('/busy') busy() {
    throw new ServiceUnavailableError();
  }
  @Get('/foreign') foreign() {
    throw Object.assign(new Error('key sk-1'), { status: 401 });
  }
  @Get('/view') @Render('page.html') view() {}
}

const BROWSER = { headers: { accept: 'text/html,*/*;q=0.8' } };

const logged: unknown[] = [];
const appWith = (views: ViewEngine | undefined, development = false) =>
  defineApp({ controllers: [Errors], ...(views && { views }), development, log: (error) => logged.push(error) });

let engines: ViewEngine[];
let root: string;
beforeAll(async () => {
  root = enterProject(VIEWS);
  engines = [nunjucks(options), await precompile(root, options)];
});
beforeEach(() => {
  logged.length = 0;
});
afterAll(() => {
  leaveProject();
  removeViewProjects();
});

const pages: [rule: string, target: string, status: number, text: string | RegExp][] = [
  [
    'the page of its status, with the request and the context',
    '/nowhere',
    404,
    '<body class="own">gone: /nowhere </body>',
  ],
  ['the problem, escaped', '/e/missing/3', 404, '<body class="own">gone: /e/missing/3 No 3</body>'],
  ['the page of a bug, which shows nothing of it', '/e/bug', 500, '<body class="own">broken true</body>'],
  ['the page for all other errors', '/e/conflict', 409, '<p>409 Conflict: Taken by &lt;Ada&gt;</p>'],
  [
    'a page for a path that does not convert',
    '/e/missing/x',
    404,
    /^<body class="own">gone: \/e\/missing\/x path\.id: /,
  ],
  [
    'the built-in page where the own one fails',
    '/e/busy',
    503,
    /^<!doctype html><html lang="en">.*<h1>503 Service Unav/,
  ],
];

describe.each(doorNames)('%s: a browser gets', (name) => {
  describe.each([0, 1])('by engine %i', (index) => {
    let door: Door;
    beforeAll(async () => {
      door = await openDoor(appWith(engines[index]), name);
    });
    afterAll(() => door.close());

    test.each(pages)('%s', async (_rule, target, status, text) => {
      const reply = await door.request(target, BROWSER);
      expect(reply.status).toBe(status);
      expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
      if (typeof text === 'string') expect(reply.text()).toBe(text);
      else expect(reply.text()).toMatch(text);
      expect(reply.text()).not.toMatch(/secret|twodoors-development|its cause/);
    });

    test('no page where it does not prefer one', async () => {
      const reply = await door.request('/nowhere', { headers: { accept: 'application/json, text/html' } });
      expect(reply.json()).toEqual({ type: 'about:blank', title: 'Not Found', status: 404 });
    });
  });
});

test('what fails in an error page is logged, with the view and the line', async () => {
  await inject(appWith(engines[0]), '/e/busy', BROWSER);
  expect(logged.map(String)).toContainEqual(
    expect.stringContaining('src/views/errors/503.html, line 1: Error: in a view'),
  );
});

test('an engine that cannot list its views has no error pages', async () => {
  const views: ViewEngine = { findMistake: () => undefined, render: () => 'never' };
  expect((await inject(appWith(views), '/nowhere', BROWSER)).text()).toContain('<h1>404 Not Found</h1>');
});

test('an error page that does not compile, or names no route, is a startup mistake; other files are not looked at', () => {
  enterProject({ 'page.html': '', 'errors/404.html': '{{ 1 + }}', 'errors/500.html': "{{ url_for('No.where') }}" });
  const start = () => createHandler(appWith(nunjucks()));
  expect(start).toThrow('defineApp, views: errors/404.html cannot be compiled');
  expect(start).toThrow('defineApp, views: errors/500.html, line 1: url_for: the app has no controller "No"');
  process.chdir(root);
});

describe.each(doorNames)('%s: in development, the page of', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(appWith(engines[0], true), name);
  });
  afterAll(() => door.close());
  const ask = async (target: string, headers: object = {}) =>
    (await door.request(target, { headers: { ...BROWSER.headers, ...headers } })).text();

  test('a bug ends with its message, source, cause and request', async () => {
    const page = await ask('/e/bug?q=1', { cookie: 'session=hidden-value', 'x-a': '<i>' });
    expect(page).toMatch(/^<body class="own">broken true<section id="twodoors-development">.*<\/section><\/body>$/s);
    expect(page).toContain('<h2>Error: secret &lt;b&gt;</h2>');
    expect(page).toMatch(
      /<mark> *\d+ {6}throw new Error\(&#39;secret &lt;b&gt;&#39;, .* \/\/ the failing line<\/mark>/,
    );
    expect(page).toContain('<h2>Caused by TypeError: its cause</h2>');
    expect(page).toContain('<h2>GET /e/bug?q=1</h2>');
    expect(page).toContain('<td>handler</td><td>Errors.bug</td>');
    expect(page).toContain('<td>x-a</td><td>&lt;i&gt;</td>');
    expect(page).toContain('<td>cookie</td><td>(hidden)</td>');
    expect(page).not.toContain('hidden-value');
  });

  test('an unknown path ends with the nearest routes', async () => {
    const page = await ask('/e/mising/7');
    expect(page).toContain(
      '<h2>No route has the path /e/mising/7. The nearest are:</h2><table><tr><td>GET</td><td>/e/missing/:id</td><td>Errors.missing</td></tr>',
    );
    expect(await ask('/<script>'.replaceAll('<', '%3C'))).not.toContain('<script>');
  });

  test('a 404 that a handler throws, or any error that the client sees, has nothing more', async () => {
    expect(await ask('/e/missing/3')).toBe('<body class="own">gone: /e/missing/3 No 3</body>');
    expect(await ask('/e/conflict')).not.toContain('twodoors-development');
  });

  test('an error of another library shows why', async () => {
    expect(await ask('/e/foreign')).toContain('<h2>Error: key sk-1</h2>');
  });

  test('anything else that was thrown says so', async () => {
    expect(await ask('/e/null')).toContain('<h2>thrown: null</h2>');
  });

  test('a view shows the line of the view', async () => {
    const page = await ask('/e/view');
    expect(page).toContain('<h2>Error: src/views/page.html, line 3: Error: in a view</h2>');
    expect(page).toContain(
      'src/views/page.html:3</code><pre>    1  a\n    2  b\n<mark>    3  {{ broken(&quot;&lt;3&gt;&quot;) }}</mark>    4  d\n</pre>',
    );
  });

  test('another client shows nothing', async () => {
    expect((await door.request('/e/bug')).text()).not.toContain('secret');
  });
});

describe('the source of a place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-maps-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is that of the TypeScript file, by the map of a compiled one', () => {
    const source =
      '\n\nexport interface Gone {\n  a: string;\n}\n\nexport function fail(): never {\n  throw new Error("x");\n}\n';
    const { code, map } = transformSync(source, {
      filename: 'fail.ts',
      sourceMaps: true,
      jsc: { parser: { syntax: 'typescript' } },
    });
    writeFileSync(join(folder, 'fail.js'), code);
    writeFileSync(join(folder, 'fail.js.map'), map!);
    const line = code.split('\n').findIndex((text) => text.includes('throw')) + 1;
    expect(line).toBeLessThan(8);
    const excerpt = readExcerpt(join(folder, 'fail.js'), line, 5)!;
    expect({ line: excerpt.line, file: excerpt.file }).toEqual({ line: 8, file: join(folder, 'fail.ts') });
    expect(excerpt.lines.find(({ number }) => number === 8)!.text).toBe('  throw new Error("x");');
  });

  test.each(['/nowhere/x.js', 'file:///nowhere/x.ts', 'data:text/javascript,x', 'evalmachine.<anonymous>'])(
    'is unknown for %s',
    (file) => {
      expect(readExcerpt(file, 1)).toBeUndefined();
    },
  );
});
