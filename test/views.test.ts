import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, defineApp, Get, Render } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { type NunjucksOptions, nunjucks } from 'twodoors/views';
import { enterProject, leaveProject, precompile, removeViewProjects, writeView } from './view-projects.js';

const VIEWS = {
  'layout.html': '<title>{% block title %}none{% endblock %}</title>{% block content %}{% endblock %}',
  'page.html':
    '{% extends "layout.html" %}{% block title %}{{ title }}{% endblock %}{% block content %}{{ super() }}<p>{{ text }}</p>{% endblock %}',
  'list.html': '{% for item in items %}{% include "parts/item.html" %}{% else %}nothing{% endfor %}',
  'parts/item.html': '<li>{{ loop.index }} {{ item }}</li>',
  'parts/near.html': '{% include "./item.html" %}',
  'macro.html': '{% from "parts/fields.html" import field %}{{ field("a\'b", value) }}',
  'parts/fields.html': '{% macro field(name, value) %}<input name="{{ name }}" value="{{ value }}">{% endmacro %}',
  'jinja.html':
    '{{ list[1:3] | join(",") }}|{{ list[::-1] | join(",") }}|{{ True }}|{% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}|{{ cart.items | length }}|{{ missing }}|{{ map.get("no", "else") }}',
  'script.html': '<script>const all = {{ all | tojson }};</script>',
  'safe.html': '{{ markup | safe }}{{ markup }}',
  'own.html': '{{ text | shout }}{{ version }}{{ twice(2) }}',
  'chosen.html': '{% include part %}',
  'unicode.html': 'žluťoučký {{ text }} 🚪🚪 \\ ` $x {# gone #}',
};

const OPTIONS: NunjucksOptions = {
  filters: { shout: (text: string) => `${text.toUpperCase()}!` },
  globals: { version: '1.2', twice: (n: number) => n * 2 },
};

const mode = process.env['NODE_ENV'];

afterEach(() => {
  leaveProject();
  process.env['NODE_ENV'] = mode;
});
afterAll(removeViewProjects);

describe('both forms of the engine', () => {
  const rows: [rule: string, view: string, values: object, text: string][] = [
    ['escape values', 'page.html', { title: '<&>', text: '"\'' }, '<title>&lt;&amp;&gt;</title><p>&quot;&#39;</p>'],
    ['inherit, and call super()', 'page.html', {}, '<title></title><p></p>'],
    ['include, with the loop’s variables', 'list.html', { items: ['<', 2] }, '<li>1 &lt;</li><li>2 2</li>'],
    ['run the else of a loop', 'list.html', { items: [] }, 'nothing'],
    ['include by a relative name', 'parts/near.html', { item: 'x', loop: { index: 7 } }, '<li>7 x</li>'],
    [
      'import macros, whose arguments are escaped',
      'macro.html',
      { value: '"' },
      '<input name="a&#39;b" value="&quot;">',
    ],
    [
      'support Jinja’s syntax, and prefer a property to a method of its name',
      'jinja.html',
      { list: [1, 2, 3, 4], map: { a: 1, b: 2 }, cart: { items: ['x'] } },
      '2,3|4,3,2,1|true|a=1;b=2;|1||else',
    ],
    [
      'put JSON into a script, which no value can end',
      'script.html',
      { all: { a: '</script><!--', b: "&'", c: '\u2028\u2029' } },
      '<script>const all = {"a":"\\u003c/script\\u003e\\u003c!--","b":"\\u0026\\u0027","c":"\\u2028\\u2029"};</script>',
    ],
    ['put undefined into a script as null', 'script.html', {}, '<script>const all = null;</script>'],
    [
      'put a Map, a Set and a bigint into a script as replies have them',
      'script.html',
      { all: { map: new Map([['<', new Set([1])]]), n: 12345678901234567890n } },
      '<script>const all = {"map":{"\\u003c":[1]},"n":"12345678901234567890"};</script>',
    ],
    ['do not escape what is marked as safe', 'safe.html', { markup: '<b>' }, '<b>&lt;b&gt;'],
    ['take filters and globals', 'own.html', { text: 'hi' }, 'HI!1.24'],
    ['prefer values to globals', 'own.html', { text: 'hi', version: 'own ' }, 'HI!own 4'],
    ['include by a name in a variable', 'chosen.html', { part: 'list.html', items: [1] }, '<li>1 1</li>'],
    ['keep every character', 'unicode.html', { text: 'é' }, 'žluťoučký é 🚪🚪 \\ ` $x '],
  ];

  it.each(rows)('%s', async (_rule, view, values, text) => {
    const root = enterProject(VIEWS);
    const files = nunjucks(OPTIONS);
    const bundled = await precompile(root, OPTIONS);
    expect(files.findMistake(view)).toBeUndefined();
    expect(bundled.findMistake(view)).toBeUndefined();
    expect(files.render(view, values)).toBe(text);
    expect(bundled.render(view, values)).toBe(text);
  });

  it('reject a name outside of the folder, or of an object’s property', async () => {
    const root = enterProject(VIEWS);
    writeFileSync(join(root, 'src/secret.html'), 'secret');
    mkdirSync(join(root, 'src/views-too'));
    writeFileSync(join(root, 'src/views-too/secret.html'), 'secret');
    const names = [
      '../secret.html',
      '../views-too/secret.html',
      'parts/../../secret.html',
      join(root, 'src/secret.html'),
      'parts',
      'constructor',
      '__proto__',
      'toString',
    ];
    for (const engine of [nunjucks(OPTIONS), await precompile(root, OPTIONS)]) {
      for (const part of names) expect(() => engine.render('chosen.html', { part })).toThrow('template not found');
      for (const view of [...names, './page.html'])
        expect(engine.findMistake(view)).toMatch(/no view|is not the name of a view/);
    }
  });

  const failures: [rule: string, view: string, message: string][] = [
    ['of a function', 'a.html', 'src/views/a.html, line 2: Error: broken'],
    ['on the first line', 'first.html', 'src/views/first.html, line 1: Error: broken'],
    ['of a value that is not a function', 'value.html', 'src/views/value.html, line 3: Error: Unable to call `a["b"]`'],
    ['of an included view', 'page.html', 'src/views/parts/part.html, line 3: Error: broken'],
    ['of a block', 'child.html', 'src/views/child.html, line 3: Error: broken'],
    ['of a filter, whose line nunjucks does not know', 'filter.html', 'src/views/filter.html: Error: bad filter'],
    [
      'of a macro, whose file nunjucks does not know',
      'macro.html',
      'src/views/macro.html, line 3, or that line of a file whose macro it imports: Error: Unable to call `f`',
    ],
    [
      'of JSON that would lose a value',
      'json.html',
      'src/views/json.html: TypeError: The value of tojson has a promise at "a.b", which JSON cannot carry. Await it.',
    ],
    ['of a view that does not exist', 'chosen.html', 'src/views/chosen.html: Error: template not found: none.html'],
  ];
  it.each(failures)('name the view and the line of an error: %s', async (_rule, view, message) => {
    const root = enterProject({
      'a.html': 'x\n{{ f() }}',
      'first.html': '{{ f() }}',
      'value.html': '\n\n{{ a.b() }}',
      'page.html': 'x\n{% include "parts/part.html" %}',
      'parts/part.html': 'a\nb\n{{ f() }}',
      'layout.html': '<p>{% block body %}{% endblock %}</p>',
      'child.html': '{% extends "layout.html" %}\n{% block body %}\n{{ f() }}{% endblock %}',
      'filter.html': 'x\n{{ 1 | bad }}',
      'macros.html': '{% macro m() %}\n\n{{ f() }}{% endmacro %}',
      'macro.html': '{% from "macros.html" import m %}\n{{ m() }}',
      'chosen.html': 'x\n{% include part %}',
      'json.html': '{{ { a: { b: later } } | tojson }}',
    });
    const f = () => {
      throw new Error('broken');
    };
    const options: NunjucksOptions = {
      filters: {
        bad: () => {
          throw new Error('bad filter');
        },
      },
    };
    for (const engine of [nunjucks(options), await precompile(root, options)]) {
      const failure = () => engine.render(view, { f, part: 'none.html', later: Promise.resolve() });
      expect(failure).toThrow(message);
      expect(failure).toThrow(expect.objectContaining({ cause: expect.any(Error) }));
    }
  });
});

describe('a startup mistake is', () => {
  const startWith = (view: string, options?: NunjucksOptions) => {
    @Controller()
    class Pages {
      @Get('/') @Render(view) page() {}
    }
    return createHandler(defineApp({ controllers: [Pages], views: nunjucks(options) }));
  };

  it.each([
    [
      'a view that does not exist',
      'indx.html',
      'there is no view "indx.html" in src/views, which has "broken.html", "',
    ],
    ['a view with an error', 'broken.html', 'broken.html cannot be compiled: (broken.html) [Line 2, Column '],
    ['a parent with an error', 'child.html', 'broken.html cannot be compiled'],
    ['an include that does not exist', 'lost.html', 'lost.html, line 2: there is no view "nowhere.html". Correct'],
    ['a filter that does not exist', 'filter.html', 'filter.html, line 1: there is no filter "loud"'],
    ['a name outside of the folder', '../x.html', '"../x.html" is not the name of a view'],
  ])('%s', (_name, view, message) => {
    enterProject({
      'broken.html': 'x\n{{ 1 + }}',
      'child.html': '{% extends "broken.html" %}',
      'lost.html': '\n{% include "nowhere.html" %}{% include "nor-this.html" ignore missing %}',
      'filter.html': '{{ 1 | loud }}',
    });
    expect(() => startWith(view)).toThrow(`Pages.page, @Render: ${message}`);
  });

  it('a folder that does not exist', () => {
    enterProject({});
    expect(() => startWith('a.html', { folder: 'pages' })).toThrow('the folder of views, pages, does not exist in');
  });

  it('a folder that the bundle was not built with', async () => {
    const root = enterProject({ 'a.html': '' });
    const engine = await precompile(root, { folder: 'pages' });
    expect(engine.findMistake('a.html')).toBe(
      "the folder of views, pages, is not in this bundle, which has src/views. Add it: twodoors build --views pages, or precompileViews({ folders: ['pages'] }).",
    );
  });
});

it('accepts any spelling of a folder', async () => {
  const root = enterProject({ 'a.html': 'here' }, 'pages');
  for (const folder of ['pages', './pages', 'pages/']) {
    expect((await precompile(root, { folder }, 'pages')).render('a.html', {})).toBe('here');
    expect(nunjucks({ folder }).render('a.html', {})).toBe('here');
  }
});

it('renders a changed file at the next request in development, and only there', () => {
  const root = enterProject({ 'a.html': '{% include "b.html" %}', 'b.html': 'old' });
  process.env['NODE_ENV'] = 'development';
  const development = nunjucks();
  process.env['NODE_ENV'] = 'production';
  const production = nunjucks();
  expect([development.render('a.html', {}), production.render('a.html', {})]).toEqual(['old', 'old']);
  writeView(root, 'b.html', 'new');
  expect([development.render('a.html', {}), production.render('a.html', {})]).toEqual(['new', 'old']);
});
