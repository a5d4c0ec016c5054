/** What every view can read of its request, with views in files and in a bundle. */

import { Controller, defineApp, Get, type HttpRequest, markup, Query, Render, Req } from 'twodoors';
import { flash, sessions } from 'twodoors/sessions';
import { type Door, doorNames, inject, openDoor } from 'twodoors/testing';
import { type NunjucksOptions, nunjucks, type ViewEngine } from 'twodoors/views';
import { viewValues } from '../../src/runtime/web/view-values.js';
import { enterProject, leaveProject, precompile, removeViewProjects } from '../view-projects.js';

const VIEWS = {
  'request.html': '{{ request.method }} {{ request.path }} {{ request.query.q }} {{ request.headers["x-a"] }}',
  'layout.html': '<title>{{ site }}</title>{% block body %}{% endblock %}',
  'context.html': '{% extends "layout.html" %}{% block body %}{{ who }}{% include "part.html" %}{% endblock %}',
  'part.html': '[{{ who }} {{ request.query.q }}]',
  'flashes.html':
    '{% for m in get_flashed_messages() %}{{ m }};{% endfor %}' +
    '{% for c, m in get_flashed_messages(with_categories=true) %}{{ c }}={{ m }};{% endfor %}' +
    '{% for c, m in get_flashed_messages(true, ["bad"]) %}{{ c }}={{ m }};{% endfor %}' +
    '{% for m in get_flashed_messages(category_filter=["good"]) %}{{ m }}{% endfor %}',
  'macros.html':
    '{% macro hidden() %}{{ request.path }} {{ get_flashed_messages() | length }} {{ late_value }}{% endmacro %}',
  'macro.html': '{% import "macros.html" as m %}{{ m.hidden() }}',
  'added.html': '[{{ added_later }}]',
  'none.html': '{{ csp_nonce }}|{{ current_user }}|{% if current_user %}in{% else %}out{% endif %}',
  'late.html': '{{ late_value }} {{ late_value }} {{ calls() }}',
  'fails.html': 'x\n{{ broken_value }}',
  'nested.html': '{{ request.path }} {{ nested("part.html") }} {{ request.path }}',
  'asset.html': 'x\n{{ asset_url("app.css") }}',
  'markup.html':
    '{{ icon("<a>") }} {{ icon(" b") | trim }} {{ "x" | bold }} {{ [icon("c")] | join }} {{ icon("d") | length }}',
  'dates.html':
    '{{ at | date }}|{{ at | date("long") }}|{{ at | date(dateStyle="short", timeStyle="short", timeZone="Asia/Tokyo") }}' +
    '|{{ at | date("medium", locale="de") }}|{{ at | date(weekday="long") }}|{{ day | date(timeZone="Pacific/Honolulu") }}' +
    '|{{ none | date }}|{{ 0 | date }}',
  'bad-date.html': '\n{{ "soon" | date }}',
};

const calls = { count: 0 };

const OPTIONS = (engine: () => ViewEngine): NunjucksOptions => ({
  context: (request) => ({ site: 'Loans', who: `context ${request.query['q']}` }),
  globals: {
    calls: () => calls.count,
    icon: (name: string) => markup(`<i class="${name.replace('<', '')}">&amp;</i>`),
    nested: (view: string) => engine().render(view, { who: 'nested' }),
  },
  filters: { bold: (text: string) => markup(`<b>${text}</b>`) },
});

@Controller()
class Pages {
  @Get('/request') @Render('request.html') request() {}
  @Get('/context') @Render('context.html') context() {}
  @Get('/context/own') @Render('context.html') own() {
    return { who: 'handler' };
  }
  @Get('/flashes') @Render('flashes.html') flashes(@Req() request: HttpRequest) {
    flash(request, 'Saved', 'good');
    flash(request, '<No>', 'bad');
  }
  @Get('/macro') @Render('macro.html') macro(@Req() request: HttpRequest) {
    flash(request, 'one');
  }
  @Get('/none') @Render('none.html') none() {}
  @Get('/added') @Render('added.html') added() {}
  @Get('/late') @Render('late.html') late() {}
  @Get('/fails') @Render('fails.html') fails() {}
  @Get('/nested') @Render('nested.html') nested() {}
  @Get('/asset') @Render('asset.html') asset() {}
  @Get('/markup') @Render('markup.html') markup() {}
  @Get('/dates') @Render('dates.html') dates() {
    return { at: new Date('2026-11-27T23:30:00Z'), day: '2026-11-27' };
  }
  @Get('/bad-date') @Render('bad-date.html') badDate() {}
  @Get('/data') @Render('part.html') data(@Query('name') name: string) {
    return { [name]: 1 };
  }
}

const logged: unknown[] = [];

function appWith(views: ViewEngine) {
  return defineApp({
    controllers: [Pages],
    use: [sessions({ secret: 'secret' })],
    views,
    development: false,
    log: (error) => logged.push(error),
  });
}

afterAll(removeViewProjects);

/** Both forms of the engine, each with its app. */
async function openApps(options: (engine: () => ViewEngine) => NunjucksOptions) {
  const root = enterProject(VIEWS);
  const engines: ViewEngine[] = [];
  const { filters } = OPTIONS(() => engines[0]!);
  engines.push(nunjucks({ filters, ...options(() => engines[0]!) }));
  engines.push(await precompile(root, { filters, ...options(() => engines[1]!) }));
  leaveProject();
  return engines;
}

beforeAll(() => {
  viewValues.set('late_value', async (request) => {
    calls.count++;
    return `<late ${await Promise.resolve(request.method)}>`;
  });
  viewValues.set('broken_value', async () => {
    throw new Error('no such user');
  });
});
afterAll(() => {
  viewValues.delete('late_value');
  viewValues.delete('broken_value');
});

const rows: [rule: string, target: string, text: string][] = [
  ['the request', '/request?q=%3Ci%3E', 'GET /request &lt;i&gt; y'],
  [
    'the app’s context, in layouts, blocks and included views',
    '/context?q=1',
    '<title>Loans</title>context 1[context 1 1]',
  ],
  ['data before context', '/context/own?q=1', '<title>Loans</title>handler[handler 1]'],
  [
    'flashed messages, with their categories or of some',
    '/flashes',
    'Saved;&lt;No&gt;;good=Saved;bad=&lt;No&gt;;bad=&lt;No&gt;;Saved',
  ],
  ['the same inside of imported macros', '/macro', '/macro 1 &lt;late GET&gt;'],
  ['nothing where no feature gives a nonce or a user', '/none', '||out'],
  ['a value that takes time, made once', '/late', '&lt;late GET&gt; &lt;late GET&gt; 1'],
  ['each page its own request, where one renders another', '/nested', '/nested [nested ] /nested'],
  [
    'HTML of markup() unescaped, and no other',
    '/markup',
    '<i class="a>">&amp;</i> <i class=" b">&amp;</i> <b>x</b> &lt;i class=&quot;c&quot;&gt;&amp;amp;&lt;/i&gt; 22',
  ],
  [
    'dates in UTC and English, unless the view says otherwise',
    '/dates',
    'Nov 27, 2026|November 27, 2026|11/28/26, 8:30 AM|27.11.2026|Friday|Nov 27, 2026||Jan 1, 1970',
  ],
];

describe.each([
  ['views in files', 0],
  ['views in a bundle', 1],
])('%s', (_form, index) => {
  let engine: ViewEngine;
  beforeAll(async () => {
    engine = (await openApps(OPTIONS))[index]!;
  });

  describe.each(doorNames)('%s gives', (name) => {
    let door: Door;
    beforeAll(async () => {
      door = await openDoor(appWith(engine), name);
    });
    beforeEach(() => {
      calls.count = 0;
    });
    afterAll(() => door.close());

    test.each(rows)('%s', async (_rule, target, text) => {
      const response = await door.request(target, { headers: { 'x-a': 'y' } });
      expect({ status: response.status, text: response.text() }).toEqual({ status: 200, text });
      expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    });
  });

  const errors: [rule: string, target: string, message: string][] = [
    [
      'data with a built-in’s name',
      '/data?name=request',
      'The data of the view part.html has "request", which every view has',
    ],
    ['data with the name of a feature’s value', '/data?name=late_value', '"late_value", which every view has already'],
    ['a value that cannot be made', '/fails', 'no such user'],
    [
      'asset_url without public files',
      '/asset',
      'src/views/asset.html, line 2: Error: asset_url() needs an app with public',
    ],
    [
      'a date that is not a date',
      '/bad-date',
      'src/views/bad-date.html: RangeError: date: "soon" is not a date. Pass a Date',
    ],
  ];
  test.each(errors)('%s is an error that says so', async (_rule, target, message) => {
    logged.length = 0;
    expect((await inject(appWith(engine), target)).status).toBe(500);
    expect(String(logged[0])).toContain(message);
  });

  test('context with a built-in’s name is an error that says so', async () => {
    const views = (await openApps(() => ({ context: () => ({ url_for: 1 }) as object })))[index]!;
    logged.length = 0;
    expect((await inject(appWith(views), '/request')).status).toBe(500);
    expect(String(logged[0])).toContain('nunjucks({ context }) has "url_for", which every view has already');
  });

  test('context may be asynchronous, and its failure is the page’s', async () => {
    const views = (
      await openApps(() => ({
        context: async (request) => {
          if (request.query['q'] === 'no') throw new Error('no menu');
          return { who: 'later' };
        },
      }))
    )[index]!;
    expect((await inject(appWith(views), '/context?q=1')).text()).toBe('<title></title>later[later 1]');
    logged.length = 0;
    expect((await inject(appWith(views), '/context?q=no')).status).toBe(500);
    expect(logged[0]).toEqual(new Error('no menu'));
  });

  test('context is asked once a page, and not without a request', async () => {
    const asked: string[] = [];
    const views = (
      await openApps(() => ({
        context: (request) => {
          asked.push(request.path);
          return {};
        },
      }))
    )[index]!;
    await inject(appWith(views), '/context');
    expect(views.render('part.html', { who: 'email' })).toBe('[email ]');
    expect(asked).toEqual(['/context']);
  });

  test('functions that need a request say so where there is no request', () => {
    expect(() => engine.render('flashes.html', {})).toThrow(
      'get_flashed_messages() needs a request. Pass it to render(',
    );
    expect(engine.render('none.html', {})).toBe('||out');
  });

  test('dates are written as the app says', async () => {
    const views = (await openApps(() => ({ dates: { locale: 'de', timeZone: 'Asia/Tokyo' } })))[index]!;
    expect((await inject(appWith(views), '/dates')).text()).toContain('28.11.2026|28. November 2026|28.11.26, 08:30');
  });
});

test('a global with a built-in’s name is refused at once', () => {
  enterProject(VIEWS);
  // @ts-expect-error request is built in
  expect(() => nunjucks({ globals: { request: 1 } })).toThrow(
    'nunjucks({ globals }) has "request", which every view has',
  );
  leaveProject();
});

test('a feature that is loaded after the app was defined gives its value', async () => {
  const [views] = await openApps(OPTIONS);
  const app = appWith(views!);
  expect((await inject(app, '/added')).text()).toBe('[]');
  viewValues.set('added_later', ({ path }) => path);
  expect((await inject(app, '/added')).text()).toBe('[/added]');
  expect(() => views!.render('part.html', { added_later: 1 })).toThrow('"added_later", which every view has already');
  viewValues.delete('added_later');
});

test('a slow page and a fast one do not mix their requests', async () => {
  const [views] = await openApps(OPTIONS);
  const app = appWith(views!);
  const slow = inject(app, '/macro');
  const fast = inject(app, '/request?q=1');
  expect((await fast).text()).toContain('GET /request 1');
  expect((await slow).text()).toBe('/macro 1 &lt;late GET&gt;');
});
