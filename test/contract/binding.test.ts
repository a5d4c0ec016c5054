import { IsArray, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import {
  Body,
  Controller,
  Cookie,
  createParamDecorator,
  defineApp,
  Get,
  Headers,
  type HttpRequest,
  Param,
  Post,
  Query,
  Req,
} from 'twodoors';
import { type Row, runRows } from './run-rows.js';

class CreateTodo {
  @IsString() @Length(1, 10) title!: string;
  @IsInt() @Min(1) @Max(5) priority: number = 3;
  @IsOptional() @IsArray() @IsString({ each: true }) tags?: string[];
}

class PageQuery {
  @IsInt() @Min(1) page: number = 1;
  @IsOptional() @IsString() sort?: string;
}

const Agent = createParamDecorator((request, fallback: string) => request.header('user-agent') ?? fallback);
const Later = createParamDecorator(async (request) => ({ path: request.path }));

@Controller('/b')
class BindController {
  @Get('/number') number(@Query('n') n: number) {
    return { n };
  }
  @Get('/boolean') boolean(@Query('b') b: boolean) {
    return { b };
  }
  @Get('/date') date(@Query('d') d: Date) {
    return { d };
  }
  @Get('/string') string(@Query('s') s: string) {
    return { s };
  }
  @Get('/list') list(@Query('t', [String]) t: string[]) {
    return { t };
  }
  @Get('/numbers') numbers(@Query('n', [Number]) n: number[]) {
    return { n };
  }
  @Get('/optional') optional(@Query('q?') q?: string, @Query('r', { optional: true }) r?: number) {
    return { q: q ?? 'none', r: r ?? 'none' };
  }
  @Get('/default') byDefault(@Query('page') page: number = 7, @Query('late', { required: true }) late: string = '') {
    return { page, late };
  }
  @Get('/param/:id') param(@Param('id') id: number) {
    return { id };
  }
  @Get('/whole/:x/:y') whole(@Param() params: Record<string, string>, @Query() query: Record<string, unknown>) {
    return { params, query };
  }
  @Get('/dto') dto(@Query() query: PageQuery) {
    return { query, isInstance: query instanceof PageQuery };
  }
  @Get('/header') header(@Headers('X-Trace') trace: string, @Headers('x-list', [String]) list: string[] = []) {
    return { trace, list };
  }
  @Get('/headers') headers(@Headers() all: Record<string, string>) {
    return Object.entries(all).filter(([name]) => name.startsWith('x-'));
  }
  @Get('/cookie') cookie(@Cookie('session') session: string, @Cookie('n?') n?: number) {
    return { session, n };
  }
  @Get('/cookies') cookies(@Cookie() all: Record<string, string>) {
    return all;
  }
  @Get('/request') request(@Req() request: HttpRequest, @Agent('nobody') agent: string, @Later() later: object) {
    return { method: request.method, path: request.path, route: request.route?.path, agent, later };
  }
  @Post('/dto') create(@Body() input: CreateTodo) {
    return { input, isInstance: input instanceof CreateTodo };
  }
  @Post('/text') text(@Body() text: string) {
    return { text };
  }
  @Post('/bytes') bytes(@Body() bytes: Uint8Array) {
    return { bytes: [...bytes] };
  }
  @Post('/any') any(@Body(Object) body: Record<string, unknown>) {
    return { body, polluted: 'admin' in {} || 'admin' in (body ?? {}) };
  }
  @Post('/field') field(@Body('name') name: string, @Body('n?') n?: number) {
    return { name, n };
  }
  @Post('/many/:id') many(@Param('id') id: number, @Query('q') q: boolean, @Body() input: CreateTodo) {
    return { id, q, input };
  }
  @Post('/unbound') unbound() {
    return 'not read';
  }
  @Post('/read') async read(@Req() request: HttpRequest) {
    return { json: await request.json(), raw: Buffer.from(await request.rawBody()).toString() };
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };
const json = (value: unknown) => ({ json: value });

function refused(part: string, path: string, message?: string) {
  return {
    status: 400,
    includes: {
      status: 400,
      detail: expect.stringContaining(path === '' ? part : path.startsWith('[') ? part + path : `${part}.${path}`),
      errors: [{ in: part, path, ...(message === undefined ? {} : { message }) }],
    },
  };
}

const rows: Row[] = [
  { rule: 'a number', target: '/b/number?n=-1.5e3', answer: { n: -1500 } },
  ...['0x10', '%201', '1e999', '', '+1', '1.', '.5', '01', 'NaN', 'Infinity', '1_000', '1%00'].map(
    (n): Row => ({ rule: 'no number', target: `/b/number?n=${n}`, ...refused('query', 'n') }),
  ),
  { rule: 'the first of repeated values', target: '/b/number?n=1&n=2', answer: { n: 1 }, lostIn: ['alb'] },
  { rule: 'a missing required value', target: '/b/number', ...refused('query', 'n', 'n is required') },
  ...[
    ['true', true],
    ['1', true],
    ['', true],
    ['false', false],
    ['0', false],
  ].map(([text, b]): Row => ({ rule: 'a boolean', target: `/b/boolean?b=${text}`, answer: { b } })),
  { rule: 'a bare flag is true', target: '/b/boolean?b', answer: { b: true } },
  { rule: 'no boolean', target: '/b/boolean?b=yes', ...refused('query', 'b') },
  { rule: 'nor in capitals', target: '/b/boolean?b=TRUE', ...refused('query', 'b') },
  { rule: 'a date', target: '/b/date?d=2024-02-29', answer: { d: '2024-02-29T00:00:00.000Z' } },
  {
    rule: 'a date-time with an offset',
    target: '/b/date?d=2024-01-01T00:00:00.5%2B02:00',
    answer: { d: '2023-12-31T22:00:00.500Z' },
  },
  ...[
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-01-01T00:00:00',
    '2024',
    '1704067200',
    'today',
    '2024-01-01T24:00:00Z',
  ].map((d): Row => ({ rule: 'no date', target: `/b/date?d=${d}`, ...refused('query', 'd') })),
  { rule: 'a plus is a space', target: '/b/string?s=a+b', answer: { s: 'a b' } },
  { rule: 'an encoded plus is a plus', target: '/b/string?s=a%2Bb', answer: { s: 'a+b' } },
  { rule: 'decoded once', target: '/b/string?s=%2541', answer: { s: '%41' } },
  { rule: 'a bad escape stays as it is', target: '/b/string?s=%zz%4', answer: { s: '%zz%4' } },
  { rule: 'no UTF-8 is U+FFFD', target: '/b/string?s=%ff', answer: { s: '\ufffd' } },
  { rule: 'an empty string is a value', target: '/b/string?s=', answer: { s: '' } },
  { rule: 'an equals sign in a value', target: '/b/string?s=a=b', answer: { s: 'a=b' } },
  { rule: 'an encoded name', target: '/b/string?%73=x', answer: { s: 'x' } },
  { rule: 'a question mark in a query', target: '/b/string?s=a?b', answer: { s: 'a?b' } },
  { rule: 'brackets make no object', target: '/b/string?s[a]=1', ...refused('query', 's') },
  { rule: 'a list', target: '/b/list?t=a&t=b', answer: { t: ['a', 'b'] }, lostIn: ['alb'] },
  { rule: 'a list of one', target: '/b/list?t=a', answer: { t: ['a'] } },
  { rule: 'a list is not split at commas', target: '/b/list?t=a,b', answer: { t: ['a,b'] } },
  { rule: 'each of a list has its place', target: '/b/numbers?n=1&n=x', ...refused('query', 'n[1]'), lostIn: ['alb'] },
  { rule: 'optional and absent', target: '/b/optional', answer: { q: 'none', r: 'none' } },
  { rule: 'optional and there', target: '/b/optional?q=&r=1', answer: { q: '', r: 1 } },
  { rule: 'optional and wrong', target: '/b/optional?r=x', ...refused('query', 'r') },
  { rule: 'a default', target: '/b/default?late=x', answer: { page: 7, late: 'x' } },
  { rule: 'what follows a default may be required', target: '/b/default', ...refused('query', 'late') },
  { rule: 'a parameter of the path', target: '/b/param/12', answer: { id: 12 } },
  { rule: 'which does not convert', target: '/b/param/x', ...refused('path', 'id') },
  {
    rule: 'the whole, names in code-unit order',
    target: '/b/whole/1/b%20c?z=1&a=2&Z=3&a=4',
    answer: '{"params":{"x":"1","y":"b c"},"query":{"Z":"3","a":["2","4"],"z":"1"}}',
    lostIn: ['alb'],
  },
  {
    rule: '__proto__ is a name like any other',
    target: '/b/whole/1/2?__proto__=x&constructor=y',
    answer: '{"params":{"x":"1","y":"2"},"query":{"__proto__":"x","constructor":"y"}}',
  },
  {
    rule: 'a DTO of the query',
    target: '/b/dto?page=2&sort=a',
    answer: { query: { page: 2, sort: 'a' }, isInstance: true },
  },
  { rule: 'its defaults', target: '/b/dto', includes: { query: { page: 1 }, isInstance: true } },
  { rule: 'its validators', target: '/b/dto?page=0', ...refused('query', 'page', 'page must not be less than 1') },
  { rule: 'its unknown names', target: '/b/dto?x=1', ...refused('query', 'x', 'property x should not exist') },
  {
    rule: 'a header in any case',
    target: '/b/header',
    headers: { 'x-TRACE': 'abc' },
    answer: { trace: 'abc', list: [] },
  },
  {
    rule: 'a repeated header is joined with a comma and no space',
    target: '/b/header',
    headers: [
      ['X-Trace', 'a'],
      ['x-trace', 'b, c'],
    ],
    answer: { trace: 'a,b, c', list: [] },
    lostIn: ['alb'],
  },
  {
    rule: 'a list header',
    target: '/b/header',
    headers: { 'x-trace': 't', 'x-list': 'a, "b,c" ,,d' },
    answer: { trace: 't', list: ['a', '"b,c"', 'd'] },
  },
  { rule: 'a missing header', target: '/b/header', ...refused('header', 'x-trace', 'x-trace is required') },
  {
    rule: 'all headers in code-unit order',
    target: '/b/headers',
    headers: { 'X-B': '2', 'x-a': '1' },
    answer: [
      ['x-a', '1'],
      ['x-b', '2'],
    ],
  },
  {
    rule: 'a cookie, decoded; of two the first',
    target: '/b/cookie',
    headers: { cookie: 'session=a%20b; session=c; n=5' },
    answer: { session: 'a b', n: 5 },
  },
  {
    rule: 'a malformed escape in a cookie stays',
    target: '/b/cookie',
    headers: { cookie: 'session=%zz' },
    answer: { session: '%zz' },
  },
  { rule: 'a missing cookie', target: '/b/cookie', ...refused('cookie', 'session', 'session is required') },
  {
    rule: 'all cookies',
    target: '/b/cookies',
    headers: { cookie: 'a=1; b="2"; __proto__=x' },
    answer: '{"a":"1","b":"\\"2\\"","__proto__":"x"}',
  },
  {
    rule: 'the request, and parameters of your own',
    target: '/b/request?x=1',
    headers: { 'user-agent': 'test' },
    answer: { method: 'GET', path: '/b/request', route: '/b/request', agent: 'test', later: { path: '/b/request' } },
  },
  {
    rule: 'a DTO',
    target: '/b/dto',
    ...json({ title: 'x', priority: 1 }),
    answer: { input: { title: 'x', priority: 1 }, isInstance: true },
  },
  { rule: 'its defaults stay', target: '/b/dto', ...json({ title: 'x' }), includes: { input: { priority: 3 } } },
  {
    rule: 'no content-type is JSON',
    target: '/b/dto',
    method: 'POST',
    body: '{"title":"x"}',
    includes: { input: { title: 'x' } },
  },
  {
    rule: '+json is JSON',
    target: '/b/dto',
    body: '{"title":"x"}',
    headers: { 'content-type': 'application/vnd.todo+json; v=1' },
    includes: { input: { title: 'x' } },
  },
  {
    rule: 'a form',
    target: '/b/dto',
    form: { title: 'a b', priority: '2' },
    includes: { input: { title: 'a b', priority: 2 } },
  },
  {
    rule: 'all mistakes at once, each with its place',
    target: '/b/dto',
    ...json({ title: '', priority: 9, tags: ['a', 1], x: 1 }),
    status: 400,
    includes: {
      detail: expect.stringMatching(/body\.x: .*body\.title: .*body\.priority: .*body\.tags: /),
      errors: [
        { in: 'body', path: 'x', constraints: { whitelistValidation: 'property x should not exist' } },
        { in: 'body', path: 'title' },
        { in: 'body', path: 'priority', constraints: { max: 'priority must not be greater than 5' } },
        { in: 'body', path: 'tags', message: 'each value in tags must be a string' },
      ],
    },
  },
  {
    rule: 'JSON does not coerce',
    target: '/b/dto',
    ...json({ title: 'x', priority: '1' }),
    ...refused('body', 'priority'),
  },
  { rule: 'an array is no way around', target: '/b/dto', ...json([{ title: 'x' }]), ...refused('body', '') },
  { rule: 'nor is null', target: '/b/dto', body: 'null', headers: JSON_TYPE, ...refused('body', '') },
  { rule: 'no body', target: '/b/dto', method: 'POST', ...refused('body', '', 'a body is required') },
  {
    rule: '__proto__ is an unknown property of a DTO',
    target: '/b/dto',
    body: '{"title":"x","__proto__":{"priority":5}}',
    headers: JSON_TYPE,
    ...refused('body', '__proto__'),
  },
  {
    rule: '__proto__ never reaches a prototype',
    target: '/b/any',
    body: '{"a":{"__proto__":{"admin":1},"b":1},"__proto__":{"admin":1},"constructor":{"prototype":{"admin":1}}}',
    headers: JSON_TYPE,
    answer: { body: { a: { b: 1 } }, polluted: false },
  },
  { rule: 'text', target: '/b/text', body: 'λ', headers: { 'content-type': 'text/plain' }, answer: { text: 'λ' } },
  { rule: 'text without a type', target: '/b/text', method: 'POST', body: 'λ', answer: { text: 'λ' } },
  {
    rule: 'no text',
    target: '/b/text',
    body: 'x',
    headers: { 'content-type': 'image/png' },
    status: 415,
  },
  {
    rule: 'bytes',
    target: '/b/bytes',
    body: new Uint8Array([0, 255, 128]),
    headers: { 'content-type': 'application/octet-stream' },
    answer: { bytes: [0, 255, 128] },
  },
  {
    rule: 'bytes of a type that is text',
    target: '/b/bytes',
    body: 'ä',
    headers: { 'content-type': 'text/plain' },
    answer: { bytes: [0xc3, 0xa4] },
  },
  {
    rule: 'text that is no UTF-8',
    target: '/b/text',
    body: new Uint8Array([0x61, 0xff]),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 400,
  },
  {
    rule: 'an unknown charset',
    target: '/b/text',
    body: new Uint8Array([0x61]),
    headers: { 'content-type': 'text/plain; charset=ebcdic' },
    status: 415,
  },
  { rule: 'a field', target: '/b/field', ...json({ name: 'x', n: 1, other: 2 }), answer: { name: 'x', n: 1 } },
  { rule: 'a missing field', target: '/b/field', ...json({}), ...refused('body', 'name', 'name is required') },
  { rule: 'a field that does not convert', target: '/b/field', ...json({ name: 1 }), ...refused('body', 'name') },
  {
    rule: 'mistakes of all parts together',
    target: '/b/many/x?q=maybe',
    ...json({ title: 1 }),
    status: 400,
    includes: {
      errors: [
        { in: 'path', path: 'id' },
        { in: 'query', path: 'q' },
        { in: 'body', path: 'title' },
      ],
    },
  },
  {
    rule: 'a 415 beats what else is wrong',
    target: '/b/many/x?q=maybe',
    body: 'x',
    headers: { 'content-type': 'image/png' },
    status: 415,
  },
  {
    rule: 'a body that nothing binds is not parsed, nor refused for its type or size',
    target: '/b/unbound',
    body: 'x'.repeat(2_000_000),
    headers: { 'content-type': 'no/such' },
    answer: 'not read',
  },
  {
    rule: 'a handler may read it itself, once or twice',
    target: '/b/read',
    body: '{"a":1}',
    headers: JSON_TYPE,
    answer: { json: { a: 1 }, raw: '{"a":1}' },
  },
];

describe('binding', () => runRows(defineApp({ controllers: [BindController] }), rows));

@Controller('/u')
class UnknownController {
  @Post('/dto') create(@Body() input: CreateTodo) {
    return input;
  }
}

describe("unknownProperties: 'strip'", () =>
  runRows(defineApp({ controllers: [UnknownController], unknownProperties: 'strip' }), [
    {
      rule: 'unknown properties are dropped',
      target: '/u/dto',
      ...json({ title: 'x', y: 1 }),
      answer: { title: 'x', priority: 3 },
    },
  ]));

describe("unknownProperties: 'keep'", () =>
  runRows(defineApp({ controllers: [UnknownController], unknownProperties: 'keep', bodyLimit: 60 }), [
    {
      rule: 'unknown properties stay, but not __proto__',
      target: '/u/dto',
      body: '{"title":"x","y":1,"__proto__":{"z":1}}',
      headers: JSON_TYPE,
      answer: { title: 'x', priority: 3, y: 1 },
    },
    { rule: 'bodyLimit', target: '/u/dto', ...json({ title: 'x'.repeat(60) }), status: 413 },
  ]));
