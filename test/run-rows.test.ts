import { doorNames } from 'twodoors/testing';
import { doorsOf, type Row } from './contract/run-rows.js';

const row = (more: Partial<Row> = {}): Row => ({ rule: 'a rule', target: '/a/b', ...more });

test.each<[string, Row]>([
  ['a plain path', row()],
  ['a plain query', row({ target: '/a?n=1&d=2024-02-29', reply: { n: 1 } })],
  ['plain JSON', row({ json: { title: 'x' }, status: 400, includes: { errors: [] } })],
])('%s runs through Koa and one Lambda source', (_what, plain) => {
  expect(doorsOf(plain)).toEqual(['koa', 'rest']);
  expect(doorsOf(plain, { doors: 'all' })).toEqual(doorNames);
});

test.each<[string, Partial<Row>]>([
  ['an escape', { target: '/a%20b' }],
  ['a plus in the query', { target: '/a?q=a+b' }],
  ['a repeated name', { target: '/a?q=1&q=2' }],
  ['an empty value', { target: '/a?q=' }],
  ['a bare name', { target: '/a?q' }],
  ['brackets', { target: '/a?q[b]=1' }],
  ['a second question mark', { target: '/a?q=1?r=2' }],
  ['a trailing slash', { target: '/a/' }],
  ['an empty segment', { target: '//a' }],
  ['a dot segment', { target: '/a/../b' }],
  ['another method', { method: 'HEAD' }],
  ['a body that is not JSON', { body: 'x' }],
  ['a form', { form: { a: '1' } }],
  ['JSON beyond ASCII', { json: { a: 'λ' } }],
  ['a header', { headers: { 'x-a': '1' } }],
  ['a header of the reply', { replyHeaders: { location: '/' } }],
  ['cookies of the reply', { replyCookies: [] }],
  ['an empty reply', { reply: '' }],
  ['a reply beyond ASCII', { reply: 'λ' }],
])('%s takes all doors', (_what, more) => {
  expect(doorsOf(row(more))).toEqual(doorNames);
});

test('a row leaves out the doors whose gateway destroys what it is about, and those alone', () => {
  expect(doorsOf(row({ lostIn: ['http', 'alb'] }))).toEqual(['koa', 'rest', 'url', 'alb-multi']);
});
