import { jest } from '@jest/globals';
import { type App, defineApp } from 'twodoors';
import { inject } from 'twodoors/testing';
import { nunjucks, type ViewEngine } from 'twodoors/views';
import { enterProject, leaveProject, precompile, removeViewProjects } from '../view-projects.js';
import { formApp, VIEWS } from './form-app.js';

// What the macros of twodoors/forms.html draw, from files and from a bundle.

const PAGES = {
  ...VIEWS,
  'kinds.html': `{% import "twodoors/forms.html" as forms %}
{{ forms.textarea(form, 'bio', 'Bio', value='<b>') }}
{{ forms.select(form, 'country', 'Country', [['at', 'Austria'], ['de', 'Germany']], value='de') }}
{{ forms.select(form, 'tags', 'Tags', ['a', 'b'], value=['b'], multiple=true) }}
{{ forms.radios(form, 'plan', 'Plan', [[1, 'One'], [2, 'Two']], value=2) }}
{{ forms.file(form, 'photo', 'Photo', multiple=true, attrs={ accept: 'image/*', capture: false, 'data-x': none }) }}
{{ forms.field(form.named('other'), 'a[b]', '"A"', type='email', value='"x"', attrs={ autofocus: true }) }}`,
};
const root = enterProject(PAGES);
const engines: Record<string, ViewEngine> = { files: nunjucks(), bundle: await precompile(root) };
afterAll(() => {
  leaveProject();
  removeViewProjects();
});

/** The tags of a page, without what is around them. */
const tagsOf = (html: string) => html.match(/<[a-z][^>]*>/g) ?? [];

const post = (app: App, target: string, form: Record<string, string>) =>
  inject(app, target, { method: 'POST', form, headers: { accept: 'text/html' } });

describe.each(Object.entries(engines))('from %s', (_kind, views) => {
  const render = (view: string) => views.render(view, {}, {} as never) as string;

  test('the view is there, and can be checked', () => {
    for (const view of ['fields.html', 'kinds.html']) expect(views.findMistake(view)).toBeUndefined();
  });

  test('fields before anything was typed', () => {
    const html = render('fields.html');
    expect(html).not.toContain('aria-invalid');
    expect(html).not.toContain('role="alert"');
    expect(tagsOf(html)).toEqual(
      expect.arrayContaining([
        '<label for="username">',
        '<input type="text" id="username" name="username" value="" required aria-describedby="username-help" autocomplete="username">',
        '<small class="field-help" id="username-help">',
        '<input type="password" id="password" name="password">',
        '<input type="number" id="age" name="age" value="18">',
        '<input type="checkbox" id="news" name="news" value="true" checked>',
        '<input type="text" id="address-city" name="address[city]" value="">',
        '<input type="text" id="items-0-qty" name="items.0.qty" value="">',
      ]),
    );
  });

  test('the hidden value of a checkbox follows the box, so that the box counts', () => {
    expect(render('fields.html')).toMatch(/type="checkbox".*type="hidden" name="news" value="false"/s);
  });

  test('all kinds, their values escaped', () => {
    const html = render('kinds.html');
    expect(html).toMatch(/<textarea id="bio" name="bio">\n&lt;b&gt;<\/textarea>/);
    expect(tagsOf(html)).toEqual(
      expect.arrayContaining([
        '<option value="at">',
        '<option value="de" selected>',
        '<select id="tags" name="tags" multiple>',
        '<option value="a">',
        '<option value="b" selected>',
        '<input type="radio" name="plan" value="1">',
        '<input type="radio" name="plan" value="2" checked>',
        '<input type="file" id="photo" name="photo" multiple accept="image/*">',
        '<input type="email" id="other-a-b" name="a[b]" value="&quot;x&quot;" autofocus>',
        '<label for="other-a-b">',
      ]),
    );
  });

  describe('with mistakes', () => {
    const sent = { username: '<', password: 'secret', age: '7', tags: 'b', 'address.city': 'W', 'items[0].qty': 'x' };
    let html: string;
    beforeAll(async () => {
      const response = await post(formApp(views), '/register/fields', sent);
      expect(response.status).toBe(422);
      html = response.text();
    });

    test('fields have what was typed, and say what is wrong', () => {
      expect(tagsOf(html)).toEqual(
        expect.arrayContaining([
          '<input type="text" id="username" name="username" value="&lt;" required aria-invalid="true" aria-describedby="username-error username-help" autocomplete="username">',
          '<span class="field-error" id="username-error">',
          '<input type="number" id="age" name="age" value="7" aria-invalid="true" aria-describedby="age-error">',
          '<input type="password" id="password" name="password" aria-invalid="true" aria-describedby="password-error">',
          '<input type="checkbox" id="news" name="news" value="true">',
          '<input type="checkbox" name="tags" value="a">',
          '<input type="checkbox" name="tags" value="b" checked>',
          '<input type="text" id="address-city" name="address[city]" value="W" aria-invalid="true" aria-describedby="address-city-error">',
          '<input type="text" id="items-0-qty" name="items.0.qty" value="x" aria-invalid="true" aria-describedby="items-0-qty-error">',
        ]),
      );
      expect(html).toContain('Three to twenty characters</span>');
      expect(html).not.toContain('secret');
    });

    test('each id is there once', () => {
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(ids.length).toBeGreaterThan(8);
      expect(new Set(ids).size).toBe(ids.length);
    });

    test('what no field shows is listed above them', () => {
      const summary = /<div class="form-summary" role="alert">.*?<\/div>/s.exec(html)![0];
      expect(summary).toContain('<li>items[0].name: ');
      expect(summary.match(/<li>/g)).toHaveLength(1);
      expect(html.indexOf('form-summary')).toBeLessThan(html.indexOf('<label'));
    });
  });

  test('a mistake of the whole form is in the list, without a name', async () => {
    const { options } = formApp(views);
    const app = defineApp({ ...options });
    const html = (
      await post(app, '/register/fields', { username: 'Ada', password: '12345678', age: '20', card: 'x', email: 'x' })
    ).text();
    expect(html).toContain('<li>email: email must be an email</li>');
  });
});

describe('what a page does not show', () => {
  const typed = { username: 'Ada', text: 'x' };
  const logged = async (target: string, development: boolean, form: Record<string, string> = typed) => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => {});
    try {
      const app = defineApp({ ...formApp(engines['files']!).options, development });
      expect((await post(app, target, form)).status).toBe(422);
      return log.mock.calls.map(([text]) => String(text));
    } finally {
      log.mockRestore();
    }
  };

  test('is logged in development', async () => {
    expect(await logged('/register/spellings', true)).toEqual([
      expect.stringMatching(
        /^twodoors: the view spellings\.html shows no field for these mistakes\. Show them with form\.error\(name\), or all of them with forms\.summary\(form\):\n {2}password: .*\n {2}age: /,
      ),
    ]);
  });

  test('also where it is listed, but for what is wrong with the form as a whole', async () => {
    expect(await logged('/register/listed', true, { text: 'a' })).toEqual([
      expect.stringMatching(/shows no field for these mistakes.*\n {2}text: Wrong$/),
    ]);
  });

  test('and only there, where it is not listed, and no view reads all of them', async () => {
    expect(await logged('/register/spellings', false)).toEqual([]);
    expect(await logged('/register/fields', true)).toEqual([]);
    expect(await logged('/register/listed', true)).toEqual([]);
    expect(await logged('/register/bare', true)).toEqual([]);
  });
});
