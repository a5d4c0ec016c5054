import type { TestRequestInit } from 'twodoors/testing';
import { nunjucks } from 'twodoors/views';
import { type Row, runRows } from '../contract/run-rows.js';
import { enterProject, leaveProject, precompile, removeViewProjects } from '../view-projects.js';
import { formApp, VIEWS } from './form-app.js';

// Forms that show their mistakes, through every door, with views in files and with those of a bundle.

const root = enterProject(VIEWS);
const apps = { 'views in files': formApp(nunjucks()), 'views in a bundle': formApp(await precompile(root)) };
afterAll(() => {
  leaveProject();
  removeViewProjects();
});

const HTML = { accept: 'text/html' };
const valid = { username: 'Ada', password: 'correct horse', age: '36' };

const post = (target: string, form: Record<string, string>, init: TestRequestInit = {}): Omit<Row, 'rule'> => ({
  target,
  method: 'POST',
  form,
  headers: HTML,
  ...init,
});

/** The page of `state.html`. */
const page = (state: object) => ({
  status: 422,
  reply: { name: 'register', submitted: true, comment: '', commented: false, ...state },
  replyHeaders: { 'content-type': 'text/html; charset=utf-8' },
});

const untitled = (name: string, state: object) => page({ name, ...state });
const accepting = (accept: string) => ({ headers: { accept } });

/** A multipart body. */
function parts(fields: Record<string, string>, files: [name: string, filename: string, type: string, bytes: string][]) {
  const texts = Object.entries(fields).map(
    ([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const rest = files.map(
    ([name, filename, type, bytes]) =>
      `--x\r\ncontent-disposition: form-data; name="${name}"; filename="${filename}"\r\ncontent-type: ${type}\r\n\r\n${bytes}\r\n`,
  );
  return {
    method: 'POST',
    body: `${[...texts, ...rest].join('')}--x--\r\n`,
    headers: { ...HTML, 'content-type': 'multipart/form-data; boundary=x' },
  };
}

const AGE = 'age must not be less than 18';

const rows: Row[] = [
  { rule: 'a valid form is handled', ...post('/register', valid), status: 201, reply: { registered: 'Ada' } },
  {
    rule: 'a form that does not bind is shown again, with the data of its page',
    ...post('/register', { ...valid, age: '7' }),
    ...page({ title: 'Register', values: { username: 'Ada', age: '7' }, errors: { age: AGE } }),
  },
  {
    rule: 'the page is bound from this request',
    ...post('/register?title=Again', { ...valid, age: '7' }),
    ...page({ title: 'Again', values: { username: 'Ada', age: '7' }, errors: { age: AGE } }),
  },
  {
    rule: 'values are as typed, also those that do not convert',
    ...post('/register', { ...valid, username: ' A ', age: ' x1 ' }),
    ...page({
      title: 'Register',
      values: { username: ' A ', age: ' x1 ' },
      errors: { age: expect.stringContaining('age must') },
    }),
  },
  {
    rule: 'several mistakes of a field are one message',
    ...post('/register', { ...valid, age: '' }),
    ...page({ title: 'Register', values: { username: 'Ada', age: '' }, errors: { age: expect.any(String) } }),
  },
  {
    rule: 'neither passwords nor secrets are shown, at any depth',
    ...post('/register', {
      ...valid,
      age: '7',
      oldPasswordAgain: 'x',
      card: '4111111111111111',
      'address.city': 'Wien',
      'address.code': 'hidden',
    }),
    ...page({
      title: 'Register',
      values: { username: 'Ada', age: '7', address: { city: 'Wien' } },
      errors: { age: AGE },
    }),
  },
  {
    rule: 'names that the DTO does not declare are not shown',
    ...post('/register', { ...valid, age: '7', other: 'x', __proto__x: 'y', 'constructor.prototype.z': '1' }),
    ...page({ title: 'Register', values: { username: 'Ada', age: '7' }, errors: { age: AGE } }),
  },
  {
    rule: 'lists are lists where the DTO says so, and nested objects nested',
    ...post('/register', {
      ...valid,
      age: '7',
      tags: 'one',
      'items[0].name': 'tea',
      'items[0].qty': 'many',
      'items.1.name': 'pot',
      'items.1.qty': '1',
      'stock[3]': '5',
    }),
    ...page({
      title: 'Register',
      values: {
        username: 'Ada',
        age: '7',
        tags: ['one'],
        items: [
          { name: 'tea', qty: 'many' },
          { name: 'pot', qty: '1' },
        ],
        stock: { 3: '5' },
      },
      errors: { age: AGE, 'items[0].qty': expect.any(String) },
    }),
  },
  {
    rule: 'of a single value that was sent twice the first is shown, as it is bound',
    ...post(
      '/register',
      {},
      { form: undefined, body: 'username=Ada&username=Bob&age=7&tags=a&tags=b&password=12345678' },
    ),
    headers: { ...HTML, 'content-type': 'application/x-www-form-urlencoded' },
    ...page({
      title: 'Register',
      values: { username: 'Ada', age: '7', tags: ['a', 'b'] },
      errors: { age: AGE },
    }),
  },
  {
    rule: 'an empty form has no values, and is a submitted one',
    ...post(
      '/register/bare',
      {},
      { form: undefined, body: '', headers: { ...HTML, 'content-type': 'application/x-www-form-urlencoded' } },
    ),
    status: 422,
    includes: {
      submitted: true,
      values: {},
      errors: { username: expect.stringContaining('Three to twenty characters') },
    },
  },
  {
    rule: 'JSON has values as well, where the client takes HTML',
    ...post('/register', {}, { form: undefined, json: { ...valid, age: 7, tags: ['a'] } }),
    ...page({ title: 'Register', values: { username: 'Ada', age: 7, tags: ['a'] }, errors: { age: AGE } }),
  },

  // The handler's own mistakes
  {
    rule: 'a FormError of the handler is shown at its field',
    ...post('/register', { ...valid, username: 'taken' }),
    ...page({
      title: 'Register',
      values: { username: 'taken', age: '36' },
      errors: { username: 'Already taken' },
    }),
  },
  {
    rule: 'its names may be spelled in any way, and one is the whole form',
    ...post('/register', { ...valid, username: 'whole' }),
    ...page({
      title: 'Register',
      values: { username: 'whole', age: '36' },
      errors: { '': 'Not now', 'items[0].qty': 'Too many', 'address.city': 'Unknown' },
    }),
  },
  {
    rule: 'it may be rejected',
    ...post('/register', { ...valid, username: 'later' }),
    ...page({ title: 'Register', values: { username: 'later', age: '36' }, errors: { username: 'Too late' } }),
  },
  {
    rule: 'a 400 that names places in the body is the same',
    ...post('/register', { ...valid, username: 'issue' }),
    ...page({ title: 'Register', values: { username: 'issue', age: '36' }, errors: { age: 'Too young' } }),
  },
  {
    rule: 'any other error stays what it is',
    ...post('/register', { ...valid, username: 'other' }),
    status: 400,
    reply: expect.stringContaining('Not of the form'),
  },
  {
    rule: 'without @OnInvalid a FormError is a 400 that names the fields',
    ...post('/register/plain', {}, { headers: { accept: 'application/json' } }),
    status: 400,
    includes: {
      detail: 'body.username: Already taken',
      errors: [{ in: 'body', path: 'username', message: 'Already taken' }],
    },
  },

  // Who gets the page
  ...(
    [
      ['text/html', 422],
      ['text/html, application/json', 422],
      ['application/json, text/html', 422],
      ['application/json;q=0.9, text/html', 422],
      ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 422],
      ['text/vnd.turbo-stream.html, text/html, application/xhtml+xml', 422],
      ['*/*', 422],
      ['text/*', 422],
      ['TEXT/HTML', 422],
      ['text/html;q=0.5, application/json;q=0.5', 422],
      ['', 422],
      ['application/json', 400],
      ['application/problem+json', 400],
      ['text/html;q=0.5, application/json', 400],
      ['application/json, */*;q=0.5', 400],
      ['text/html;q=0', 400],
      ['text/html;q=0, */*', 400],
      ['text/plain', 400],
      ['image/png', 400],
      ['text/html;q=0.1, application/problem+json;q=0.2', 400],
    ] as const
  ).map(([accept, status]) => ({
    rule: `Accept: ${accept}`,
    ...post('/register', { ...valid, age: '7' }, accepting(accept)),
    status,
  })),
  { rule: 'no Accept at all', ...post('/register', { ...valid, age: '7' }, { headers: {} }), status: 422 },
  {
    rule: 'other clients get the 400 with every mistake',
    ...post('/register', { ...valid, age: '7' }, accepting('application/json')),
    status: 400,
    includes: { errors: [{ in: 'body', path: 'age', message: AGE, constraints: { min: AGE } }] },
  },

  // What the page's method does
  {
    rule: 'a redirect that the page returns is the answer',
    ...post('/register?fail=redirect', { ...valid, age: '7' }),
    status: 303,
    replyHeaders: { location: '/login' },
  },
  { rule: 'so is a reply', ...post('/register?fail=reply', { ...valid, age: '7' }), status: 410, reply: 'gone' },
  { rule: 'so is a view', ...post('/register?fail=view', { ...valid, age: '7' }), status: 409 },
  {
    rule: 'so is an error that it throws',
    ...post('/register?fail=error', { ...valid, age: '7' }),
    status: 418,
    reply: expect.stringContaining('No page'),
  },
  { rule: 'a text is not data', ...post('/register?fail=text', { ...valid, age: '7' }), status: 500 },
  {
    rule: 'it may take its time',
    ...post('/register?fail=late', { ...valid, age: '7' }),
    status: 422,
    includes: { title: 'late' },
  },
  {
    rule: 'its path parameters are those of the POST',
    ...post('/posts/7/comment', { text: 'x' }),
    status: 422,
    includes: { title: 'Post 7', name: 'comment', commented: true, values: { text: 'x' } },
  },
  { rule: 'one that does not convert is the 404 of the page', ...post('/posts/x/comment', { text: 'x' }), status: 404 },
  { rule: '@OnNull of the page counts', ...post('/posts/1/gone', { text: 'x' }), status: 404 },
  { rule: 'and only for null', ...post('/posts/2/gone', { text: 'x' }), status: 422, includes: { title: 'there' } },
  { rule: '@OnUndefined of the page counts', ...post('/posts/2/undefined', { text: 'x' }), status: 410 },
  {
    rule: 'its interceptors have run, and a class made of another keeps its secrets',
    ...post('/posts/2/enriched', { text: 'x', pin: '1' }),
    ...untitled('onEnriched', {
      title: 'enriched',
      values: { text: 'x' },
      errors: { text: 'text must be longer than or equal to 2 characters' },
    }),
  },
  { rule: 'a page that returns nothing has no data', ...post('/posts/2/nothing', { text: 'x' }), status: 422 },
  {
    rule: 'an inherited page is called on an instance of the request',
    ...post('/inherited', { ...valid, age: '7' }),
    ...page({ title: 'Register', values: { username: 'Ada', age: '7' }, errors: { age: AGE } }),
  },

  // Forms in views
  {
    rule: 'on GET there is an empty form',
    target: '/register',
    headers: HTML,
    reply: ['', false, {}, {}, 'b', '', ''],
  },
  {
    rule: 'fields are found in any spelling',
    ...post('/register/spellings', {
      ...valid,
      'items[0].name': 'tea',
      'items[0].qty': 'many',
      tags: 'too long a tag',
    }),
    status: 422,
    reply: [
      ...Array(3).fill(expect.stringContaining('qty must')),
      '',
      expect.stringContaining('tags'),
      expect.any(String),
      '',
      '',
      'tea',
      'tea',
      '',
      ['too long a tag'],
    ],
  },
  {
    rule: 'another form of the page stays empty',
    ...post('/posts/7/two', { text: 'x' }),
    status: 422,
    reply: [{}, '', { text: 'x' }, 'text must be longer than or equal to 2 characters', 'text', 'comment-items-0-text'],
  },

  // Other ways to bind
  {
    rule: 'what is wrong outside of the body belongs to the form as a whole',
    ...post('/register/query?n=x', { text: 'x' }),
    status: 422,
    includes: { errors: { text: expect.any(String), '': 'query.n: n must be a decimal number' } },
  },
  {
    rule: 'a query that does not bind is no mistake of a form',
    ...post('/register/query', { text: 'xy' }),
    status: 400,
  },
  {
    rule: 'named fields are values as well',
    ...post('/register/named', {}, { form: undefined, body: 'n=x&list=a&password=p&other=1' }),
    headers: { ...HTML, 'content-type': 'application/x-www-form-urlencoded' },
    ...untitled('named', { values: { n: 'x', list: ['a'] }, errors: { n: 'n must be a decimal number' } }),
  },
  {
    rule: 'a schema has no shape: values are as they nest',
    ...post('/register/schema', { n: 'x', password: 'p', 'tags[0]': 'a', 'deep.userPassword': 'x', 'deep.b': 'c' }),
    ...untitled('schema', { values: { n: 'x', tags: ['a'], deep: { b: 'c' } }, errors: { n: 'digits' } }),
  },
  {
    rule: 'a handler that reads the form itself has values too',
    ...post('/register/unbound', { text: 'a', 'x[]': 'b', password: 'p' }),
    ...untitled('unbound', { values: { text: 'a', x: ['b'] }, errors: { text: 'Unbound' } }),
  },
  {
    rule: 'middleware of the method sees the page as a reply, and cookies are on it',
    ...post('/register/used', { text: 'xy' }),
    status: 422,
    replyHeaders: { 'x-status': '422', 'x-error': 'FormError' },
    replyCookies: ['seen=1; Path=/; SameSite=Lax'],
  },
  {
    rule: 'a body of another type is a 415',
    ...post('/register', {}, { form: undefined, body: 'x', headers: { ...HTML, 'content-type': 'text/csv' } }),
    status: 415,
  },

  // Files
  {
    rule: 'a file within its limit is taken',
    target: '/upload',
    ...parts({ title: 'me' }, [['photo', 'a.png', 'image/png', 'x'.repeat(100)]]),
    reply: { title: 'me', bytes: 100 },
  },
  {
    rule: 'a file over its limit is the mistake of its field, and is not shown',
    target: '/upload',
    ...parts({ title: 'me' }, [['photo', 'a.png', 'image/png', 'x'.repeat(101)]]),
    ...untitled('upload', { values: { title: 'me' }, errors: { photo: 'photo must be at most 100 bytes' } }),
  },
  {
    rule: 'also one that is larger than all of a form may be',
    target: '/upload',
    ...parts({ title: 'me' }, [['photo', 'a.png', 'image/png', 'x'.repeat(1_200_000)]]),
    ...untitled('upload', { values: { title: 'me' }, errors: { photo: 'photo must be at most 100 bytes' } }),
    // A balancer carries 1 MB.
    lostIn: ['alb', 'alb-multi'],
  },
  {
    rule: 'the other fields have the limit of a form',
    target: '/upload',
    ...parts({ title: 'x'.repeat(1_100_000) }, [['photo', 'a.png', 'image/png', 'x']]),
    status: 413,
    lostIn: ['alb', 'alb-multi'],
  },
  {
    rule: 'so have those that are JSON',
    target: '/upload',
    headers: { ...HTML, 'content-type': 'multipart/form-data; boundary=x' },
    body: [
      `--x\r\ncontent-disposition: form-data; name="title"\r\ncontent-type: application/json\r\n\r\n"${'x'.repeat(1_100_000)}"`,
      '\r\n--x\r\ncontent-disposition: form-data; name="photo"; filename="a.png"\r\ncontent-type: image/png\r\n\r\nx\r\n--x--\r\n',
    ].join(''),
    status: 413,
    lostIn: ['alb', 'alb-multi'],
  },
  {
    rule: 'without @OnInvalid such a form is a 413',
    target: '/upload/strict',
    ...parts({}, [['photo', 'a.png', 'image/png', 'x'.repeat(1_200_000)]]),
    status: 413,
    lostIn: ['alb', 'alb-multi'],
  },
  {
    rule: 'a file of another type is the mistake of its field',
    target: '/upload',
    ...parts({ title: 'me' }, [['photo', 'a.txt', 'text/plain', 'x']]),
    ...untitled('upload', { values: { title: 'me' }, errors: { photo: 'photo must be of type image/*' } }),
  },
  {
    rule: 'a missing file is the mistake of its field',
    target: '/upload',
    ...parts({ title: 'me' }, []),
    ...untitled('upload', { values: { title: 'me' }, errors: { photo: 'photo is required' } }),
  },
  {
    rule: 'of several files the mistake is that of the one',
    target: '/upload/album',
    ...parts({}, [
      ['photos', 'a.png', 'image/png', 'x'],
      ['photos', 'b.png', 'image/png', 'x'.repeat(11)],
    ]),
    ...untitled('album', { values: {}, errors: { 'photos[1]': 'photos must be at most 10 bytes' } }),
  },

  // Spaces
  {
    rule: 'trim drops the spaces around texts, at every depth, but those of passwords and secrets',
    ...post('/trim', {
      name: ' Ada\n',
      password: ' p ',
      pin: ' 1 ',
      email: '  ',
      tags: ' a ',
      'addresses[0].city': ' Wien ',
      'addresses[0].code': ' c ',
    }),
    reply: { name: 'Ada', password: ' p ', pin: ' 1 ', tags: ['a'], addresses: [{ city: 'Wien', code: ' c ' }] },
  },
  {
    rule: 'in JSON as well',
    ...post(
      '/trim',
      {},
      { form: undefined, json: { name: ' Ada ', password: ' p ', tags: [' a '], addresses: [{ city: ' Wien ' }] } },
    ),
    reply: { name: 'Ada', password: ' p ', tags: ['a'], addresses: [{ city: 'Wien', code: '' }] },
  },
  {
    rule: 'what is nothing but spaces is blank',
    ...post('/trim', { name: '  ', password: 'p' }),
    status: 422,
    includes: { values: { name: '  ' }, errors: { name: expect.stringContaining('name must be longer') } },
  },
  { rule: 'named fields are trimmed', ...post('/trim/field', { n: ' 7 ', t: ' a ' }), reply: { n: 7, t: ['a'] } },
  {
    rule: 'so is a text',
    ...post('/trim/text', {}, { form: undefined, body: ' a\n', headers: { 'content-type': 'text/plain' } }),
    reply: { text: 'a' },
  },
  {
    rule: 'and a body without a type, whatever it is called',
    ...post(
      '/trim/any',
      {},
      {
        form: undefined,
        body: '{"a":" x ","b":[" y ",{"password":" z "}],"n":1,"__proto__":{"c":" q "}}',
        headers: { 'content-type': 'application/json' },
      },
    ),
    reply: { a: 'x', b: ['y', { password: ' z ' }], n: 1 },
  },
  {
    rule: 'without it, texts are as they came',
    ...post('/trim/untrimmed', { name: ' Ada ', password: 'p' }),
    includes: { name: ' Ada ' },
  },
];

describe.each(Object.entries(apps))('%s', (_kind, app) => runRows(app, rows));
