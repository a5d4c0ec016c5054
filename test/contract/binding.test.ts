import { IsArray, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import {
  Body,
  Controller,
  Cookie,
  createParam,
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

const Agent = createParam((request, fallback: string) => request.header('user-agent') ?? fallback);
const Later = createParam(async (request) => ({ path: request.path }));

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
  { rule: 'a number may have a sign, a fraction and an exponent', target: '/b/number?n=-1.5e3', reply: { n: -1500 } },
  ...['0x10', '%201', '1e999', '', '+1', '1.', 'NaN', 'Infinity', '1_000', '1%00'].map(
    (n): Row => ({
      rule: 'a text that is not a decimal number is a 400',
      target: `/b/number?n=${n}`,
      ...refused('query', 'n'),
    }),
  ),
  {
    rule: 'a number takes the first of repeated values',
    target: '/b/number?n=1&n=2',
    reply: { n: 1 },
    lostIn: ['alb'],
  },
  {
    rule: 'a required number that is missing is a 400',
    target: '/b/number',
    ...refused('query', 'n', 'n is required'),
  },
  ...[
    ['true', true],
    ['1', true],
    ['', true],
    ['false', false],
    ['0', false],
  ].map(
    ([text, b]): Row => ({
      rule: 'a boolean converts from each of its spellings',
      target: `/b/boolean?b=${text}`,
      reply: { b },
    }),
  ),
  { rule: 'a bare flag is true', target: '/b/boolean?b', reply: { b: true } },
  { rule: 'a text that is not a boolean is a 400', target: '/b/boolean?b=yes', ...refused('query', 'b') },
  { rule: 'a boolean in capitals is a 400', target: '/b/boolean?b=TRUE', ...refused('query', 'b') },
  {
    rule: 'a date alone is midnight in UTC',
    target: '/b/date?d=2024-02-29',
    reply: { d: '2024-02-29T00:00:00.000Z' },
  },
  {
    rule: 'a date-time converts by its offset',
    target: '/b/date?d=2024-01-01T00:00:00.5%2B02:00',
    reply: { d: '2023-12-31T22:00:00.500Z' },
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
  ].map(
    (d): Row => ({
      rule: 'a text that is not a date, or a time without an offset, is a 400',
      target: `/b/date?d=${d}`,
      ...refused('query', 'd'),
    }),
  ),
  { rule: 'a plus in a query is a space', target: '/b/string?s=a+b', reply: { s: 'a b' } },
  { rule: 'an encoded plus in a query is a plus', target: '/b/string?s=a%2Bb', reply: { s: 'a+b' } },
  { rule: 'a query value is decoded once, not twice', target: '/b/string?s=%2541', reply: { s: '%41' } },
  { rule: 'a bad escape in a query stays as it is', target: '/b/string?s=%zz%4', reply: { s: '%zz%4' } },
  { rule: 'a byte in a query that is not UTF-8 becomes U+FFFD', target: '/b/string?s=%ff', reply: { s: '\ufffd' } },
  { rule: 'an empty string is a value', target: '/b/string?s=', reply: { s: '' } },
  { rule: 'an equals sign in a query value belongs to the value', target: '/b/string?s=a=b', reply: { s: 'a=b' } },
  { rule: 'a query name is decoded', target: '/b/string?%73=x', reply: { s: 'x' } },
  { rule: 'a question mark in a query value belongs to the value', target: '/b/string?s=a?b', reply: { s: 'a?b' } },
  { rule: 'brackets in a query name do not make an object', target: '/b/string?s[a]=1', ...refused('query', 's') },
  { rule: 'a list takes all repeated values', target: '/b/list?t=a&t=b', reply: { t: ['a', 'b'] }, lostIn: ['alb'] },
  { rule: 'a list takes a single value too', target: '/b/list?t=a', reply: { t: ['a'] } },
  { rule: 'a list is not split at commas', target: '/b/list?t=a,b', reply: { t: ['a,b'] } },
  {
    rule: 'a mistake in a list names the position',
    target: '/b/numbers?n=1&n=x',
    ...refused('query', 'n[1]'),
    lostIn: ['alb'],
  },
  { rule: 'an optional value that is missing is undefined', target: '/b/optional', reply: { q: 'none', r: 'none' } },
  { rule: 'an optional value that is sent is converted', target: '/b/optional?q=&r=1', reply: { q: '', r: 1 } },
  { rule: 'an optional value that does not convert is a 400', target: '/b/optional?r=x', ...refused('query', 'r') },
  { rule: 'a missing value takes its default', target: '/b/default?late=x', reply: { page: 7, late: 'x' } },
  {
    rule: 'a required value after a default is a 400 when it is missing',
    target: '/b/default',
    ...refused('query', 'late'),
  },
  { rule: 'a path value converts to its type', target: '/b/param/12', reply: { id: 12 } },
  {
    rule: 'a path value that cannot be converted to its type is a 404 that keeps its errors',
    target: '/b/param/x',
    ...refused('path', 'id'),
    status: 404,
    includes: { status: 404, detail: expect.stringContaining('path.id'), errors: [{ in: 'path', path: 'id' }] },
  },
  {
    rule: 'a whole query is a record with its names in code-unit order',
    target: '/b/whole/1/b%20c?z=1&a=2&Z=3&a=4',
    reply: '{"params":{"x":"1","y":"b c"},"query":{"Z":"3","a":["2","4"],"z":"1"}}',
    lostIn: ['alb'],
  },
  {
    rule: '__proto__ is a query name like any other',
    target: '/b/whole/1/2?__proto__=x&constructor=y',
    reply: '{"params":{"x":"1","y":"2"},"query":{"__proto__":"x","constructor":"y"}}',
  },
  {
    rule: 'a query DTO is an instance with converted properties',
    target: '/b/dto?page=2&sort=a',
    reply: { query: { page: 2, sort: 'a' }, isInstance: true },
  },
  { rule: 'a query DTO takes its defaults', target: '/b/dto', includes: { query: { page: 1 }, isInstance: true } },
  {
    rule: 'a query DTO that fails a validator is a 400',
    target: '/b/dto?page=0',
    ...refused('query', 'page', 'page must not be less than 1'),
  },
  {
    rule: 'an unknown name in a query DTO is ignored',
    target: '/b/dto?x=1&page=2&sort=a',
    reply: { query: { page: 2, sort: 'a' }, isInstance: true },
  },
  {
    rule: 'a header name matches in any case',
    target: '/b/header',
    headers: { 'x-TRACE': 'abc' },
    reply: { trace: 'abc', list: [] },
  },
  {
    rule: 'a repeated header is joined with a comma and no space',
    target: '/b/header',
    headers: [
      ['X-Trace', 'a'],
      ['x-trace', 'b, c'],
    ],
    reply: { trace: 'a,b, c', list: [] },
    lostIn: ['alb'],
  },
  {
    rule: 'a list header is split at commas, without its blanks',
    target: '/b/header',
    headers: { 'x-trace': 't', 'x-list': 'a, "b,c" ,,d' },
    reply: { trace: 't', list: ['a', '"b,c"', 'd'] },
  },
  {
    rule: 'a required header that is missing is a 400',
    target: '/b/header',
    ...refused('header', 'x-trace', 'x-trace is required'),
  },
  {
    rule: 'all headers come in code-unit order',
    target: '/b/headers',
    headers: { 'X-B': '2', 'x-a': '1' },
    reply: [
      ['x-a', '1'],
      ['x-b', '2'],
    ],
  },
  {
    rule: 'a cookie value is decoded, and the first of two counts',
    target: '/b/cookie',
    headers: { cookie: 'session=a%20b; session=c; n=5' },
    reply: { session: 'a b', n: 5 },
  },
  {
    rule: 'a malformed escape in a cookie stays as it is',
    target: '/b/cookie',
    headers: { cookie: 'session=%zz' },
    reply: { session: '%zz' },
  },
  {
    rule: 'a required cookie that is missing is a 400',
    target: '/b/cookie',
    ...refused('cookie', 'session', 'session is required'),
  },
  {
    rule: 'all cookies come as a record, with quotes kept',
    target: '/b/cookies',
    headers: { cookie: 'a=1; b="2"; __proto__=x' },
    reply: '{"a":"1","b":"\\"2\\"","__proto__":"x"}',
  },
  {
    rule: 'a handler gets the request, and values from its own parameter decorators',
    target: '/b/request?x=1',
    headers: { 'user-agent': 'test' },
    reply: { method: 'GET', path: '/b/request', route: '/b/request', agent: 'test', later: { path: '/b/request' } },
  },
  {
    rule: 'a DTO of a JSON body is an instance',
    target: '/b/dto',
    ...json({ title: 'x', priority: 1 }),
    reply: { input: { title: 'x', priority: 1 }, isInstance: true },
  },
  {
    rule: 'a property that JSON leaves out takes its default',
    target: '/b/dto',
    ...json({ title: 'x' }),
    includes: { input: { priority: 3 } },
  },
  {
    rule: 'a body without a content-type is read as JSON for a DTO',
    target: '/b/dto',
    method: 'POST',
    body: '{"title":"x"}',
    includes: { input: { title: 'x' } },
  },
  {
    rule: 'a +json media type is read as JSON',
    target: '/b/dto',
    body: '{"title":"x"}',
    headers: { 'content-type': 'application/vnd.todo+json; v=1' },
    includes: { input: { title: 'x' } },
  },
  {
    rule: 'form fields convert to the types of a DTO',
    target: '/b/dto',
    form: { title: 'a b', priority: '2' },
    includes: { input: { title: 'a b', priority: 2 } },
  },
  {
    rule: 'all mistakes of a body are reported together, each with its place',
    target: '/b/dto',
    ...json({ title: '', priority: 9, tags: ['a', 1], x: 1 }),
    status: 400,
    includes: {
      detail: expect.stringMatching(/body\.x: .*body\.title: .*body\.priority: .*; and 1 more$/),
      errors: [
        { in: 'body', path: 'x', constraints: { whitelistValidation: 'property x should not exist' } },
        { in: 'body', path: 'title' },
        { in: 'body', path: 'priority', constraints: { max: 'priority must not be greater than 5' } },
        { in: 'body', path: 'tags', message: 'each value in tags must be a string' },
      ],
    },
  },
  {
    rule: 'a string in JSON is not converted to a number',
    target: '/b/dto',
    ...json({ title: 'x', priority: '1' }),
    ...refused('body', 'priority'),
  },
  { rule: 'an array in place of a DTO is a 400', target: '/b/dto', ...json([{ title: 'x' }]), ...refused('body', '') },
  {
    rule: 'null in place of a DTO is a 400',
    target: '/b/dto',
    body: 'null',
    headers: JSON_TYPE,
    ...refused('body', ''),
  },
  {
    rule: 'a required body that is missing is a 400',
    target: '/b/dto',
    method: 'POST',
    ...refused('body', '', 'a body is required'),
  },
  {
    rule: '__proto__ is an unknown property of a DTO',
    target: '/b/dto',
    body: '{"title":"x","__proto__":{"priority":5}}',
    headers: JSON_TYPE,
    ...refused('body', '__proto__'),
  },
  {
    rule: '__proto__ in a JSON body never reaches a prototype',
    target: '/b/any',
    body: '{"a":{"__proto__":{"admin":1},"b":1},"__proto__":{"admin":1},"constructor":{"prototype":{"admin":1}}}',
    headers: JSON_TYPE,
    reply: { body: { a: { b: 1 } }, polluted: false },
  },
  {
    rule: 'a text body is read as a string',
    target: '/b/text',
    body: 'λ',
    headers: { 'content-type': 'text/plain' },
    reply: { text: 'λ' },
  },
  { rule: 'a text body needs no content-type', target: '/b/text', method: 'POST', body: 'λ', reply: { text: 'λ' } },
  {
    rule: 'an image where text is expected is a 415',
    target: '/b/text',
    body: 'x',
    headers: { 'content-type': 'image/png' },
    status: 415,
  },
  {
    rule: 'a body of bytes arrives unchanged',
    target: '/b/bytes',
    body: new Uint8Array([0, 255, 128]),
    headers: { 'content-type': 'application/octet-stream' },
    reply: { bytes: [0, 255, 128] },
  },
  {
    rule: 'a text body arrives as bytes where bytes are expected',
    target: '/b/bytes',
    body: 'ä',
    headers: { 'content-type': 'text/plain' },
    reply: { bytes: [0xc3, 0xa4] },
  },
  {
    rule: 'text that is not valid UTF-8 is a 400',
    target: '/b/text',
    body: new Uint8Array([0x61, 0xff]),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 400,
  },
  {
    rule: 'an unknown charset is a 415',
    target: '/b/text',
    body: new Uint8Array([0x61]),
    headers: { 'content-type': 'text/plain; charset=ebcdic' },
    status: 415,
  },
  {
    rule: 'a field of a JSON body is bound by its name',
    target: '/b/field',
    ...json({ name: 'x', n: 1, other: 2 }),
    reply: { name: 'x', n: 1 },
  },
  {
    rule: 'a required body field that is missing is a 400',
    target: '/b/field',
    ...json({}),
    ...refused('body', 'name', 'name is required'),
  },
  {
    rule: 'a body field of the wrong type is a 400',
    target: '/b/field',
    ...json({ name: 1 }),
    ...refused('body', 'name'),
  },
  {
    rule: 'mistakes in query and body are reported together',
    target: '/b/many/1?q=maybe',
    ...json({ title: 1 }),
    status: 400,
    includes: {
      errors: [
        { in: 'query', path: 'q' },
        { in: 'body', path: 'title' },
      ],
    },
  },
  {
    rule: 'a path value that cannot be converted is reported alone, before the query and the body',
    target: '/b/many/x?q=maybe',
    ...json({ title: 1 }),
    status: 404,
    includes: { errors: [{ in: 'path', path: 'id' }] },
  },
  {
    rule: 'a path value that cannot be converted is a 404 before the body is found malformed',
    target: '/b/many/x',
    body: '{',
    headers: JSON_TYPE,
    status: 404,
  },
  {
    rule: 'a path value that cannot be converted is a 404 before the media type is a 415',
    target: '/b/many/x',
    body: 'x',
    headers: { 'content-type': 'image/png' },
    status: 404,
  },
  {
    rule: 'an unsupported media type is a 415 even if other values are invalid',
    target: '/b/many/1?q=maybe',
    body: 'x',
    headers: { 'content-type': 'image/png' },
    status: 415,
  },
  {
    rule: 'a body that nothing binds is not parsed, nor refused for its type or size',
    target: '/b/unbound',
    body: 'x'.repeat(2_000_000),
    headers: { 'content-type': 'no/such' },
    reply: 'not read',
  },
  {
    rule: 'a handler can read the body itself, more than once',
    target: '/b/read',
    body: '{"a":1}',
    headers: JSON_TYPE,
    reply: { json: { a: 1 }, raw: '{"a":1}' },
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
      reply: { title: 'x', priority: 3 },
    },
  ]));

describe("unknownProperties: 'keep'", () =>
  runRows(defineApp({ controllers: [UnknownController], unknownProperties: 'keep', bodyLimit: 60 }), [
    {
      rule: 'unknown properties stay, but not __proto__',
      target: '/u/dto',
      body: '{"title":"x","y":1,"__proto__":{"z":1}}',
      headers: JSON_TYPE,
      reply: { title: 'x', priority: 3, y: 1 },
    },
    { rule: 'a body above bodyLimit is a 413', target: '/u/dto', ...json({ title: 'x'.repeat(60) }), status: 413 },
  ]));
