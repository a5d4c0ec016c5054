import * as fc from 'fast-check';
import type { Asked } from './visitor.js';

/** One request of one of two visitors; `{run}` in it is the number of the run, `{post}` the newest post's id. */
export interface Step extends Asked {
  readonly visitor: number;
}

const register = (username: string, password = 'pw', visitor = 0): Step => ({
  visitor,
  path: '/auth/register',
  form: { username, password },
});
const login = (username: string, password = 'pw', visitor = 0): Step => ({
  visitor,
  path: '/auth/login',
  form: { username, password },
});
const open = (path: string, visitor = 0, method = 'GET'): Step => ({ visitor, path, method });
const send = (path: string, form: Record<string, string>, visitor = 0): Step => ({ visitor, path, form });
const post = (title: string, body = '', visitor = 0) => send('/create', { title, body }, visitor);

/** Both visitors, signed in. */
const two = [register('ada{run}'), login('ada{run}'), register('ben{run}', 'pw', 1), login('ben{run}', 'pw', 1)];

export const SEQUENCES: Readonly<Record<string, readonly Step[]>> = {
  'a stranger sees the posts, and the forms to sign in': [
    open('/'),
    open('/auth/register'),
    open('/auth/login'),
    open('/hello'),
    open('/nothing'),
    open('/auth/'),
  ],
  'a stranger is sent to the login page': [
    open('/create'),
    post('No', 'no'),
    open('/1/update'),
    send('/1/update', { title: 'No', body: '' }),
    send('/1/delete', {}),
    open('/x/update'),
    open('/auth/logout'),
  ],
  'registering says what is wrong': [
    register('', ''),
    register('', 'pw'),
    register('new{run}', ''),
    register('new{run}'),
    register('new{run}'),
    register(' new{run}'),
    register('<b>"{run}\'&amp;'),
    register('<b>"{run}\'&amp;'),
    register('ŽÀ{run}\u{1f600}'),
    open('/'),
  ],
  'signing in says what is wrong': [
    register('ada{run}'),
    login('nobody{run}'),
    login('', ''),
    login('ada{run}', ''),
    login('ada{run}', 'wrong'),
    login('Ada{run}'),
    login('ada{run}'),
    open('/'),
    open('/auth/login'),
    open('/auth/logout'),
    open('/'),
  ],
  'an author writes, changes and deletes a post': [
    ...two,
    open('/create'),
    post('', 'a body without a title'),
    post('First', 'of all\nand more'),
    open('/'),
    open('/{post}/update'),
    send('/{post}/update', { title: '', body: 'changed' }),
    send('/{post}/update', { title: 'Changed', body: '' }),
    open('/{post}/update'),
    open('/', 1),
    send('/{post}/delete', {}),
    send('/{post}/delete', {}),
    open('/{post}/update'),
    open('/'),
  ],
  'nobody changes the post of another': [
    ...two,
    post('Mine'),
    open('/{post}/update', 1),
    send('/{post}/update', { title: 'Yours', body: '' }, 1),
    send('/{post}/update', { title: '', body: '' }, 1),
    send('/{post}/delete', {}, 1),
    open('/', 1),
    open('/999999/update', 1),
    send('/999999/delete', {}, 1),
  ],
  'text comes back as it was': [
    ...two,
    post('<script>alert(1)</script>', '{{ 7 * 7 }} & "quotes" \'single\''),
    open('/'),
    open('/{post}/update'),
    post(' spaces ', '  around  '),
    post('Zürich \u{1f600} 日本', 'ŽÀ\u0301'),
    post('\u202e', ''),
    open('/'),
    open('/{post}/update'),
    post('Poem', '\nfirst line'),
    open('/{post}/update'),
  ],
  'methods and spellings of paths': [
    ...two,
    post('There'),
    open('/{post}/delete'),
    open('/create', 0, 'PUT'),
    open('/', 0, 'DELETE'),
    open('/', 0, 'HEAD'),
    open('/create', 0, 'HEAD'),
    open('/create/'),
    open('/auth/login/'),
    open('/AUTH/login'),
    open('/Create'),
    open('/-1/update'),
    open('/1.5/update'),
    open('/x/update'),
    open('/0/update'),
    open('/0{post}/update'),
    open('/99999999999999999999/update'),
    open('/{post}/other'),
  ],
  'more posts than a page has': [
    ...two,
    ...Array.from({ length: 12 }, (_, i) => post(`Post ${i}`, 'of many', i % 2)),
    open('/'),
  ],
};

const TEXTS = [
  '',
  'Tea',
  'a\nb',
  '<i>&amp;</i>',
  '\u{1f600} é',
  ' ',
  "'; DROP TABLE posts; --",
  '%00'.slice(1),
  '\n first',
];
const text = fc.constantFrom(...TEXTS);
const name = fc.constantFrom('', 'ada{run}', 'ben{run}', 'Ada{run}', '<b>{run}');
const password = fc.constantFrom('', 'pw', 'other');
const visitor = fc.constantFrom(0, 1);
/** Of a post that is there, was there, or never was. */
const id = fc.constantFrom('{post}', '{post}', '{post-1}', '999999', '0');
const credentials = fc.record({ username: name, password });

/** Steps that visitors take in any order. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ visitor, path: fc.constant('/create'), form: fc.record({ title: text, body: text }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ visitor, path: fc.constantFrom('/auth/register', '/auth/login'), form: credentials }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      visitor,
      path: id.map((each) => `/${each}/update`),
      form: fc.record({ title: text, body: text }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ visitor, path: id.map((each) => `/${each}/delete`), form: fc.constant({}) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      visitor,
      path: fc.oneof(
        fc.constantFrom('/', '/create', '/auth/login', '/auth/logout'),
        id.map((each) => `/${each}/update`),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      visitor,
      method: fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'),
      path: fc.constantFrom('/', '/create', '/auth/register', '/{post}/update', '/nothing', '/create/'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      visitor,
      path: fc.constantFrom('/create', '/{post}/update', '/auth/register', '/auth/login'),
      form: fc.constantFrom({}, { title: 'Alone' }, { body: 'alone' }, { username: 'ada{run}' }),
    }),
  },
);

/** Every run begins with the two visitors signed in, so that most steps do something. */
export const anySequence: fc.Arbitrary<Step[]> = fc
  .array(anyStep, { minLength: 1, maxLength: 12 })
  .map((steps) => [...two, ...steps]);
