import { All, type App, Controller, Delete, defineApp, Get, Head, Options, Param, Post, Put } from 'twodoors';
import { openDispatcher } from '../../src/runtime/dispatch/dispatcher.js';
import { parsedMatcher, sayMatch } from '../parsed-matcher.js';
import { type Row, type RowsOptions, runRows } from './run-rows.js';

/** Runs rows through the doors, and over a tree that was JSON in between. */
function runMatching(app: App, rows: readonly Row[], options?: RowsOptions): void {
  runRows(app, rows, options);

  test.each(rows)('over a tree that was JSON: $rule', ({ method = 'GET', target }) => {
    const [path = ''] = target.split('?');
    const parsed = parsedMatcher(app).match(method, path);
    expect(sayMatch(parsed)).toEqual(sayMatch(openDispatcher(app).table.match(method, path)));
  });
}

// Declared in the worst order on purpose: it must not matter.
@Controller('/m')
class MatchController {
  @Get('/*rest') rest(@Param('rest') rest: string) {
    return { route: 'rest', rest };
  }
  @Get('/list/*rest') list(@Param('rest', [String]) rest: string[]) {
    return { route: 'list', rest };
  }
  @Get('/:id') param(@Param('id') id: string) {
    return { route: 'param', id };
  }
  @Get('/:id.json') json(@Param('id') id: string) {
    return { route: 'json', id };
  }
  @Get('/:id.min.json') minJson(@Param('id') id: string) {
    return { route: 'min.json', id };
  }
  @Get('/about') about() {
    return { route: 'about' };
  }
  @Get('/:a/:b') two(@Param('a') a: string, @Param('b') b: string) {
    return { route: 'two', a, b };
  }
  @Get('/about/:b/deep') deep(@Param('b') b: string) {
    return { route: 'deep', b };
  }
  @Get('/:name.:ext/raw') pieces(@Param() all: Record<string, string>) {
    return { route: 'pieces', ...all };
  }
  @Get('/opt{/:year{/:month}}') optional(@Param('year?') year?: string, @Param('month?') month?: string) {
    return { route: 'optional', year, month };
  }
  @Get('/wild/*path/edit') edit(@Param('path') path: string) {
    return { route: 'edit', path };
  }
  @Get('/wild/*path') wild(@Param('path') path: string) {
    return { route: 'wild', path };
  }
  @Get('/tail/*rest/:b') tail(@Param('rest') rest: string, @Param('b') b: string) {
    return { route: 'tail', rest, b };
  }
  @Get('/tail/*rest/x/:b') tailX(@Param('rest') rest: string, @Param('b') b: string) {
    return { route: 'tail x', rest, b };
  }
  @Get('/caf%C3%A9/x') encoded() {
    return { route: 'café' };
  }
  @Get('/Mixed/Case') mixed() {
    return { route: 'mixed' };
  }
  @Get('/strasse/É') accent() {
    return { route: 'É' };
  }
}

@Controller('/todos')
class JoinController {
  @Get('/') index() {
    return 'index';
  }
  @Get('slashless') slashless() {
    return 'slashless';
  }
  @Get(['/one', '/other']) several() {
    return 'several';
  }
}

@Controller()
class RootController {
  @Get('/') root() {
    return 'root';
  }
}

const app = defineApp({ controllers: [MatchController, JoinController, RootController] });

const matching: Row[] = [
  { rule: 'a literal beats a parameter', target: '/m/about', reply: { route: 'about' } },
  { rule: 'a mixed segment beats a parameter', target: '/m/7.json', reply: { route: 'json', id: '7' } },
  {
    rule: 'of two mixed segments, the one with more literal characters wins',
    target: '/m/7.min.json',
    reply: { route: 'min.json', id: '7' },
  },
  { rule: 'a parameter beats a rest', target: '/m/x', reply: { route: 'param', id: 'x' } },
  {
    rule: 'the leftmost difference decides between two routes',
    target: '/m/about/x',
    reply: { route: 'two', a: 'about', b: 'x' },
  },
  { rule: 'a literal is followed to a deeper route', target: '/m/about/x/deep', reply: { route: 'deep', b: 'x' } },
  {
    rule: 'matching backtracks from a literal that leads nowhere',
    target: '/m/about/x/other',
    reply: { route: 'rest', rest: 'about/x/other' },
  },
  { rule: 'a rest takes several segments', target: '/m/a/b/c/d', reply: { route: 'rest', rest: 'a/b/c/d' } },
  {
    rule: 'a rest as a list decodes each segment',
    target: '/m/list/a%20b/c',
    reply: { route: 'list', rest: ['a b', 'c'] },
  },
  {
    rule: 'a rest as a list keeps %2F inside its segment',
    target: '/m/list/a%2Fb/c',
    reply: { route: 'list', rest: ['a/b', 'c'] },
    lostIn: ['http'],
  },
  {
    rule: 'a rest as a string keeps %2F undecoded',
    target: '/m/a%2Fb/c%20d/e',
    reply: { route: 'rest', rest: 'a%2Fb/c d/e' },
    lostIn: ['http'],
  },
  {
    rule: 'a rest may stand in the middle of a path',
    target: '/m/wild/a/b/edit',
    reply: { route: 'edit', path: 'a/b' },
  },
  { rule: 'a rest may stand at the end of a path', target: '/m/wild/a/b', reply: { route: 'wild', path: 'a/b' } },
  {
    rule: 'after a rest the leftmost difference decides, not how much the rest takes',
    target: '/m/tail/1/x/2',
    reply: { route: 'tail x', rest: '1', b: '2' },
  },
  {
    rule: 'a rest takes as much as its route allows',
    target: '/m/tail/x/x/x/2',
    reply: { route: 'tail x', rest: 'x/x', b: '2' },
  },
  {
    rule: 'a rest may stand before a parameter',
    target: '/m/tail/1/2/3',
    reply: { route: 'tail', rest: '1/2', b: '3' },
  },
  { rule: 'a rest needs at least one segment', target: '/m/wild', reply: { route: 'param', id: 'wild' } },
  { rule: 'a trailing slash is not a segment for a rest', target: '/m/wild/', reply: { route: 'param', id: 'wild' } },
  {
    rule: 'parameters and text may share one segment',
    target: '/m/a.tar.gz/raw',
    reply: { route: 'pieces', name: 'a.tar', ext: 'gz' },
  },
  {
    rule: 'a parameter may contain the text that separates it',
    target: '/m/a../raw',
    reply: { route: 'pieces', name: 'a', ext: '.' },
  },
  { rule: 'an optional group may be left out', target: '/m/opt', reply: { route: 'optional' } },
  {
    rule: 'an optional group matches when it is there',
    target: '/m/opt/2026',
    reply: { route: 'optional', year: '2026' },
  },
  {
    rule: 'an optional group inside another matches when both are there',
    target: '/m/opt/2026/11',
    reply: { route: 'optional', year: '2026', month: '11' },
  },
  { rule: 'literals compare after decoding', target: '/m/%61bout', reply: { route: 'about' } },
  { rule: 'a literal may be declared encoded', target: '/m/caf%C3%A9/x', reply: { route: 'café' } },
  {
    rule: 'the case of ASCII letters in a literal does not matter',
    target: '/M/mixed/CASE',
    reply: { route: 'mixed' },
  },
  {
    rule: 'the case of other letters in a literal matters',
    target: '/m/strasse/%C3%A9',
    reply: { route: 'two', a: 'strasse', b: 'é' },
  },
  { rule: 'a literal beyond ASCII matches as declared', target: '/m/strasse/%C3%89', reply: { route: 'É' } },
  { rule: 'a parameter keeps its case', target: '/m/ABC', reply: { route: 'param', id: 'ABC' } },
  {
    rule: '%2F stays inside its segment',
    target: '/m/a%2Fb',
    reply: { route: 'param', id: 'a/b' },
    lostIn: ['http'],
  },
  { rule: 'a parameter is decoded', target: '/m/%C3%A4%20b', reply: { route: 'param', id: 'ä b' } },
  { rule: 'a parameter is decoded once, not twice', target: '/m/%2541', reply: { route: 'param', id: '%41' } },
  { rule: 'a plus in a path is a plus', target: '/m/a+b', reply: { route: 'param', id: 'a+b' } },
  {
    rule: 'an encoded question mark belongs to the path',
    target: '/m/a%3Fb',
    reply: { route: 'param', id: 'a?b' },
    lostIn: ['http'],
  },
  { rule: 'an encoded hash belongs to the path', target: '/m/a%23b', reply: { route: 'param', id: 'a#b' } },
  { rule: 'one trailing slash is ignored', target: '/m/about/', reply: { route: 'about' } },
  { rule: 'two trailing slashes are not ignored', target: '/todos//', status: 404 },
  { rule: 'a double slash is not collapsed', target: '//todos', status: 404 },
  { rule: 'a parameter is never empty', target: '/m//raw', reply: { route: 'rest', rest: '/raw' } },
  { rule: 'dot segments are not resolved', target: '/m/x/../about', reply: { route: 'rest', rest: 'x/../about' } },
  { rule: 'a malformed escape in a path is a 400', target: '/m/%zz', status: 400, lostIn: ['http'] },
  { rule: 'a cut-off escape in a path is a 400', target: '/m/%4', status: 400, lostIn: ['http'] },
  { rule: 'a path that is not UTF-8 once decoded is a 400', target: '/m/%C3%28', status: 400, lostIn: ['http'] },
  { rule: 'a NUL in a path is a 400', target: '/m/a%00b', status: 400 },
  { rule: 'a malformed path is a 400 even if no route is near', target: '/nowhere/%ff', status: 400, lostIn: ['http'] },
  { rule: 'a prefix and / match the prefix alone', target: '/todos', reply: 'index' },
  { rule: 'a prefix and a path join with one slash', target: '/todos/slashless', reply: 'slashless' },
  { rule: 'the first of several paths matches', target: '/todos/one', reply: 'several' },
  { rule: 'each of several paths matches', target: '/todos/other', reply: 'several' },
  { rule: 'the root path matches', target: '/', reply: 'root' },
  { rule: 'a query does not change which route matches', target: '/?a=1', reply: 'root' },
  {
    rule: 'a path without a route is a 404',
    target: '/nowhere',
    status: 404,
    includes: { status: 404, title: 'Not Found' },
  },
];

describe('matching', () => runMatching(app, matching));

@Controller('/s')
class StrictController {
  @Get('/a') a() {
    return 'a';
  }
  @Get('/b/') b() {
    return 'b';
  }
  @Get('/Case') upper() {
    return 'Case';
  }
  @Get('/case') lower() {
    return 'case';
  }
  @Get('/r/*rest') rest(@Param('rest') rest: string) {
    return rest;
  }
}

describe('strict and caseSensitive', () =>
  runMatching(defineApp({ controllers: [StrictController], strict: true, caseSensitive: true }), [
    { rule: 'a path matches as declared', target: '/s/a', reply: 'a' },
    { rule: 'a trailing slash makes another path', target: '/s/a/', status: 404 },
    { rule: 'a path declared with a trailing slash matches with it', target: '/s/b/', reply: 'b' },
    { rule: 'a path declared with a trailing slash does not match without it', target: '/s/b', status: 404 },
    { rule: 'the case of a literal matters', target: '/s/Case', reply: 'Case' },
    { rule: 'two literals that differ in case are two routes', target: '/s/case', reply: 'case' },
    { rule: 'the case of a prefix matters', target: '/S/case', status: 404 },
    { rule: 'a rest keeps the trailing slash', target: '/s/r/x/', reply: 'x/' },
    { rule: 'a trailing slash alone is not enough for a rest', target: '/s/r/', status: 404 },
  ]));

@Controller('/v')
class MethodController {
  @Get('/get') get() {
    return 'got';
  }
  @Get('/own') getOwn() {
    return 'body';
  }
  @Head('/own') headOwn() {
    return 'never sent';
  }
  @Post('/get') post() {
    return 'posted';
  }
  @All('/all') all() {
    return 'all';
  }
  @Put('/all') put() {
    return 'put';
  }
  @Options('/options') options() {
    return 'mine';
  }
  @Delete('/:id') remove(@Param('id') id: string) {
    return { removed: id };
  }
  @Get('/stream') async *stream() {
    yield 'never';
    throw new Error('a HEAD must not drain the stream');
  }
}

const methods: Row[] = [
  { rule: 'a GET route replies to GET', target: '/v/get', reply: 'got' },
  {
    rule: 'HEAD replies like GET without a body',
    target: '/v/get',
    method: 'HEAD',
    reply: '',
    replyHeaders: { 'content-type': 'text/plain; charset=utf-8' },
  },
  { rule: 'an explicit HEAD route replies to HEAD', target: '/v/own', method: 'HEAD', reply: '' },
  { rule: 'an @All route replies to HEAD', target: '/v/all', method: 'HEAD', reply: '' },
  {
    rule: 'HEAD never drains a stream',
    target: '/v/stream',
    method: 'HEAD',
    reply: '',
    replyHeaders: { 'content-type': 'application/octet-stream' },
  },
  { rule: 'a POST route replies to POST', target: '/v/get', method: 'POST', reply: 'posted' },
  {
    rule: 'OPTIONS on a known path is a 204 with Allow',
    target: '/v/get',
    method: 'OPTIONS',
    status: 204,
    reply: '',
    replyHeaders: { allow: 'GET, HEAD, POST, DELETE, OPTIONS', 'content-type': undefined },
  },
  { rule: 'OPTIONS on an unknown path is a 404', target: '/nowhere', method: 'OPTIONS', status: 404 },
  { rule: 'an explicit OPTIONS route replies to OPTIONS', target: '/v/options', method: 'OPTIONS', reply: 'mine' },
  {
    rule: 'another method on a known path is a 405 with Allow',
    target: '/v/get',
    method: 'PATCH',
    status: 405,
    replyHeaders: { allow: 'GET, HEAD, POST, DELETE, OPTIONS' },
    includes: { status: 405 },
  },
  {
    rule: 'a less specific path may serve a method that the more specific one lacks',
    target: '/v/get',
    method: 'DELETE',
    reply: { removed: 'get' },
  },
  { rule: 'HEAD on a path without a GET route is a 405', target: '/v/x', method: 'HEAD', status: 405, reply: '' },
  { rule: 'an @All route replies to GET', target: '/v/all', reply: 'all' },
  { rule: 'an @All route replies to PATCH', target: '/v/all', method: 'PATCH', reply: 'all' },
  { rule: 'an @All route replies to OPTIONS', target: '/v/all', method: 'OPTIONS', reply: 'all' },
  { rule: 'a specific method beats @All', target: '/v/all', method: 'PUT', reply: 'put' },
  {
    rule: 'an unknown method on a known path is a 501',
    target: '/v/get',
    method: 'PROPFIND',
    status: 501,
    includes: { status: 501 },
  },
  { rule: 'an unknown method on an unknown path is a 501', target: '/nowhere', method: 'PROPFIND', status: 501 },
  {
    rule: 'an unknown method on a malformed path is a 400',
    target: '/v/%zz',
    method: 'PROPFIND',
    status: 400,
    lostIn: ['http'],
  },
  { rule: 'an unknown method on an @All route is a 501', target: '/v/all', method: 'PROPFIND', status: 501 },
];

describe('methods', () => runMatching(defineApp({ controllers: [MethodController] }), methods, { doors: 'all' }));

@Controller('/o')
class ObjectController {
  @Get('/__proto__') proto() {
    return { route: '__proto__' };
  }
  @Get('/constructor/:id') constructed(@Param('id') id: string) {
    return { route: 'constructor', id };
  }
  @Get('/list/*rest/toString') text(@Param('rest') rest: string) {
    return { route: 'toString', rest };
  }
  @Get('/:id') param(@Param('id') id: string) {
    return { route: 'param', id };
  }
}

describe('names that every object has', () =>
  runMatching(defineApp({ controllers: [ObjectController], caseSensitive: true }), [
    { rule: 'a literal may be called __proto__', target: '/o/__proto__', reply: { route: '__proto__' } },
    {
      rule: 'a literal may be called constructor',
      target: '/o/constructor/7',
      reply: { route: 'constructor', id: '7' },
    },
    {
      rule: 'a literal after a rest may be called toString',
      target: '/o/list/a/b/toString',
      reply: { route: 'toString', rest: 'a/b' },
    },
    { rule: 'a value may be called toString', target: '/o/toString', reply: { route: 'param', id: 'toString' } },
    {
      rule: 'a value may be called constructor',
      target: '/o/constructor',
      reply: { route: 'param', id: 'constructor' },
    },
    { rule: 'what every object has is not a literal', target: '/constructor', status: 404 },
    { rule: 'what no route declares after a rest is not a literal', target: '/o/list/a/valueOf', status: 404 },
    { rule: 'the prototype of all objects is not a literal', target: '/__proto__/constructor', status: 404 },
  ]));
