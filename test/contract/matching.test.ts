import { All, Controller, Delete, defineApp, Get, Head, Options, Param, Post, Put } from 'twodoors';
import { type Row, runRows } from './run-rows.js';

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
  { rule: 'a literal beats a parameter', target: '/m/about', answer: { route: 'about' } },
  { rule: 'a mixed segment beats a parameter', target: '/m/7.json', answer: { route: 'json', id: '7' } },
  {
    rule: 'of two mixed segments, that with more literal characters',
    target: '/m/7.min.json',
    answer: { route: 'min.json', id: '7' },
  },
  { rule: 'a parameter beats a rest', target: '/m/x', answer: { route: 'param', id: 'x' } },
  { rule: 'the leftmost difference decides', target: '/m/about/x', answer: { route: 'two', a: 'about', b: 'x' } },
  { rule: 'it goes on down a literal', target: '/m/about/x/deep', answer: { route: 'deep', b: 'x' } },
  { rule: 'it backtracks', target: '/m/about/x/other', answer: { route: 'rest', rest: 'about/x/other' } },
  { rule: 'a rest takes several segments', target: '/m/a/b/c/d', answer: { route: 'rest', rest: 'a/b/c/d' } },
  { rule: 'a rest as a list is decoded', target: '/m/list/a%20b/c', answer: { route: 'list', rest: ['a b', 'c'] } },
  {
    rule: 'a rest as a list keeps a slash inside of its segment',
    target: '/m/list/a%2Fb/c',
    answer: { route: 'list', rest: ['a/b', 'c'] },
    lostIn: ['http'],
  },
  {
    rule: 'a rest as a string keeps %2F undecoded',
    target: '/m/a%2Fb/c%20d/e',
    answer: { route: 'rest', rest: 'a%2Fb/c d/e' },
    lostIn: ['http'],
  },
  { rule: 'a rest in the middle', target: '/m/wild/a/b/edit', answer: { route: 'edit', path: 'a/b' } },
  { rule: 'a rest at the end', target: '/m/wild/a/b', answer: { route: 'wild', path: 'a/b' } },
  {
    rule: 'behind a rest the leftmost difference decides, not how much the rest takes',
    target: '/m/tail/1/x/2',
    answer: { route: 'tail x', rest: '1', b: '2' },
  },
  {
    rule: 'of one path the rest takes as much as it can',
    target: '/m/tail/x/x/x/2',
    answer: { route: 'tail x', rest: 'x/x', b: '2' },
  },
  { rule: 'a rest before a parameter', target: '/m/tail/1/2/3', answer: { route: 'tail', rest: '1/2', b: '3' } },
  { rule: 'a rest needs a segment', target: '/m/wild', answer: { route: 'param', id: 'wild' } },
  { rule: 'a slash is not yet a segment', target: '/m/wild/', answer: { route: 'param', id: 'wild' } },
  {
    rule: 'parameters and text in one segment',
    target: '/m/a.tar.gz/raw',
    answer: { route: 'pieces', name: 'a.tar', ext: 'gz' },
  },
  {
    rule: 'a parameter may be the text before it',
    target: '/m/a../raw',
    answer: { route: 'pieces', name: 'a', ext: '.' },
  },
  { rule: 'an optional group left out', target: '/m/opt', answer: { route: 'optional' } },
  { rule: 'an optional group', target: '/m/opt/2026', answer: { route: 'optional', year: '2026' } },
  {
    rule: 'an optional group in another',
    target: '/m/opt/2026/11',
    answer: { route: 'optional', year: '2026', month: '11' },
  },
  { rule: 'literals compare after decoding', target: '/m/%61bout', answer: { route: 'about' } },
  { rule: 'a literal may be declared encoded', target: '/m/caf%C3%A9/x', answer: { route: 'café' } },
  { rule: 'ASCII case does not matter', target: '/M/mixed/CASE', answer: { route: 'mixed' } },
  { rule: 'other case does', target: '/m/strasse/%C3%A9', answer: { route: 'two', a: 'strasse', b: 'é' } },
  { rule: 'and is found as declared', target: '/m/strasse/%C3%89', answer: { route: 'É' } },
  { rule: 'a parameter keeps its case', target: '/m/ABC', answer: { route: 'param', id: 'ABC' } },
  {
    rule: '%2F stays inside of its segment',
    target: '/m/a%2Fb',
    answer: { route: 'param', id: 'a/b' },
    lostIn: ['http'],
  },
  { rule: 'a parameter is decoded', target: '/m/%C3%A4%20b', answer: { route: 'param', id: 'ä b' } },
  { rule: 'and once only', target: '/m/%2541', answer: { route: 'param', id: '%41' } },
  { rule: 'a plus in a path is a plus', target: '/m/a+b', answer: { route: 'param', id: 'a+b' } },
  {
    rule: 'an encoded question mark',
    target: '/m/a%3Fb',
    answer: { route: 'param', id: 'a?b' },
    lostIn: ['http'],
  },
  { rule: 'an encoded hash', target: '/m/a%23b', answer: { route: 'param', id: 'a#b' } },
  { rule: 'one trailing slash is ignored', target: '/m/about/', answer: { route: 'about' } },
  { rule: 'two are not', target: '/todos//', status: 404 },
  { rule: '// is not collapsed', target: '//todos', status: 404 },
  { rule: 'a parameter is never empty', target: '/m//raw', answer: { route: 'rest', rest: '/raw' } },
  { rule: 'dot segments are not resolved', target: '/m/x/../about', answer: { route: 'rest', rest: 'x/../about' } },
  { rule: 'a malformed escape', target: '/m/%zz', status: 400, lostIn: ['http'] },
  { rule: 'a cut escape', target: '/m/%4', status: 400, lostIn: ['http'] },
  { rule: 'no UTF-8', target: '/m/%C3%28', status: 400, lostIn: ['http'] },
  { rule: 'a NUL', target: '/m/a%00b', status: 400 },
  { rule: 'malformed, on a path that nobody knows', target: '/nowhere/%ff', status: 400, lostIn: ['http'] },
  { rule: 'prefix and / give the prefix', target: '/todos', answer: 'index' },
  { rule: 'prefix and path join with one slash', target: '/todos/slashless', answer: 'slashless' },
  { rule: 'one of several paths', target: '/todos/one', answer: 'several' },
  { rule: 'another of several paths', target: '/todos/other', answer: 'several' },
  { rule: 'the root', target: '/', answer: 'root' },
  { rule: 'the root with a query', target: '/?a=1', answer: 'root' },
  { rule: 'nothing there', target: '/nowhere', status: 404, includes: { status: 404, title: 'Not Found' } },
];

describe('matching', () => runRows(app, matching));

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
  runRows(defineApp({ controllers: [StrictController], strict: true, caseSensitive: true }), [
    { rule: 'as declared', target: '/s/a', answer: 'a' },
    { rule: 'a trailing slash makes another path', target: '/s/a/', status: 404 },
    { rule: 'declared with a trailing slash', target: '/s/b/', answer: 'b' },
    { rule: 'and asked for without', target: '/s/b', status: 404 },
    { rule: 'case matters', target: '/s/Case', answer: 'Case' },
    { rule: 'for both', target: '/s/case', answer: 'case' },
    { rule: 'and for the prefix', target: '/S/case', status: 404 },
    { rule: 'a rest keeps the trailing slash', target: '/s/r/x/', answer: 'x/' },
    { rule: 'and needs more than that', target: '/s/r/', status: 404 },
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
  { rule: 'GET', target: '/v/get', answer: 'got' },
  {
    rule: 'HEAD answers like GET without a body',
    target: '/v/get',
    method: 'HEAD',
    answer: '',
    answerHeaders: { 'content-type': 'text/plain; charset=utf-8' },
  },
  { rule: 'an explicit HEAD', target: '/v/own', method: 'HEAD', answer: '' },
  { rule: 'HEAD on @All', target: '/v/all', method: 'HEAD', answer: '' },
  {
    rule: 'HEAD never drains a stream',
    target: '/v/stream',
    method: 'HEAD',
    answer: '',
    answerHeaders: { 'content-type': 'application/octet-stream' },
  },
  { rule: 'POST', target: '/v/get', method: 'POST', answer: 'posted' },
  {
    rule: 'OPTIONS on a known path',
    target: '/v/get',
    method: 'OPTIONS',
    status: 204,
    answer: '',
    answerHeaders: { allow: 'GET, HEAD, POST, DELETE, OPTIONS', 'content-type': undefined },
  },
  { rule: 'OPTIONS on an unknown path', target: '/nowhere', method: 'OPTIONS', status: 404 },
  { rule: 'an explicit OPTIONS', target: '/v/options', method: 'OPTIONS', answer: 'mine' },
  {
    rule: 'another method is a 405 with Allow',
    target: '/v/get',
    method: 'PATCH',
    status: 405,
    answerHeaders: { allow: 'GET, HEAD, POST, DELETE, OPTIONS' },
    includes: { status: 405 },
  },
  {
    rule: 'a path that matches less specifically may have the method',
    target: '/v/get',
    method: 'DELETE',
    answer: { removed: 'get' },
  },
  { rule: 'HEAD where there is no GET', target: '/v/x', method: 'HEAD', status: 405, answer: '' },
  { rule: '@All is GET', target: '/v/all', answer: 'all' },
  { rule: '@All is PATCH', target: '/v/all', method: 'PATCH', answer: 'all' },
  { rule: '@All is OPTIONS', target: '/v/all', method: 'OPTIONS', answer: 'all' },
  { rule: 'a specific method beats @All', target: '/v/all', method: 'PUT', answer: 'put' },
  { rule: 'a method that nobody knows', target: '/v/get', method: 'PROPFIND', status: 501, includes: { status: 501 } },
  { rule: 'which beats 404', target: '/nowhere', method: 'PROPFIND', status: 501 },
  { rule: 'but not 400', target: '/v/%zz', method: 'PROPFIND', status: 400, lostIn: ['http'] },
  { rule: 'and @All does not take it', target: '/v/all', method: 'PROPFIND', status: 501 },
];

describe('methods', () => runRows(defineApp({ controllers: [MethodController] }), methods));
