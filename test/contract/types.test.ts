import { type as ark } from 'arktype';
import { IsInt } from 'class-validator';
import { Body, Controller, Cookie, defineApp, Get, Headers, lazy, oneOf, Param, Post, Query } from 'twodoors';
import * as v from 'valibot';
import { z } from 'zod';
import { type Row, runRows } from './run-rows.js';

enum Color {
  Red = 'red',
  Green = 'green',
}

enum Level {
  Low,
  High = 5,
}

class Late {
  @IsInt() n!: number;
}

@Controller('/t')
class TypeController {
  @Get('/bigint') bigint(@Query('n') n: bigint) {
    return { n: String(n), type: typeof n };
  }
  @Get('/url') url(@Query('u') u: URL) {
    return { host: u.host };
  }
  @Get('/enum') enum(@Query('c', Color) c: Color, @Query('l', Level, { optional: true }) l?: Level) {
    return { c, l };
  }
  @Get('/enums') enums(@Query('c', [Color]) c: Color[]) {
    return { c };
  }
  @Get('/one-of') oneOf(@Query('o', oneOf('asc', 'desc')) o: 'asc' | 'desc' = 'asc', @Query('n', oneOf(1, 2)) n = 1) {
    return { o, n };
  }
  @Get('/mixed') mixed(@Query('m', oneOf('all', 10, 20)) m: 'all' | 10 | 20) {
    return { m };
  }
  @Get('/zod') zod(
    @Query('n', z.coerce.number().int().min(1)) n: number,
    @Query('o', z.string().default('d')) o: string,
  ) {
    return { n, o };
  }
  @Get('/zod-list') zodList(@Query('n', [z.coerce.number()]) n: number[]) {
    return { n };
  }
  @Get('/zod-whole') zodWhole(@Query(z.object({ a: z.string(), b: z.string().optional() })) all: object) {
    return all;
  }
  @Post('/zod') zodBody(
    @Body(z.object({ name: z.string(), items: z.array(z.object({ n: z.number() })) })) body: object,
  ) {
    return body;
  }
  @Post('/zod-async') zodAsync(
    @Body(z.object({ name: z.string().refine(async (name) => name !== 'taken', 'is taken') })) b: object,
  ) {
    return b;
  }
  @Post('/valibot') valibot(@Body(v.object({ a: v.pipe(v.string(), v.minLength(2)) })) body: object) {
    return body;
  }
  @Post('/arktype') arktype(@Body(ark({ a: 'number > 1' })) body: object) {
    return body;
  }
  @Post('/field') field(
    @Body('c', Color) c: Color,
    @Body('d?', Date) d?: Date,
    @Body('list?', [Number]) list?: number[],
    @Body('big?') big?: bigint,
  ) {
    return { c, d, list, big: big === undefined ? undefined : String(big) };
  }
  @Post('/lazy') lazy(@Body(lazy(() => Late)) body: Late) {
    return { n: body.n, is: body instanceof Late };
  }
  @Post('/list') list(@Body([Late]) body: Late[]) {
    return { count: body.length, are: body.every((item) => item instanceof Late) };
  }
  @Post('/number') number(@Body() n: number) {
    return { n };
  }
  @Get('/opt{/:name}') optional(@Param('name') name: string = 'World') {
    return { name };
  }
  @Get('/header') header(@Headers('x-level', Level) level: Level, @Cookie('flag?') flag?: boolean) {
    return { level, flag };
  }
}

const refused = (part: string, path: string, message?: string) => ({
  status: 400,
  includes: { errors: [{ in: part, path, ...(message === undefined ? {} : { message }) }] },
});

const rows: Row[] = [
  {
    rule: 'a bigint loses no digits',
    target: '/t/bigint?n=-12345678901234567890123',
    reply: { n: '-12345678901234567890123', type: 'bigint' },
  },
  {
    rule: 'a fraction for a bigint is a 400',
    target: '/t/bigint?n=1.5',
    ...refused('query', 'n', 'n must be a whole number'),
  },
  {
    rule: 'a bigint with too many digits is a 400',
    target: `/t/bigint?n=${'9'.repeat(2000)}`,
    ...refused('query', 'n'),
  },
  {
    rule: 'an absolute URL converts to a URL',
    target: '/t/url?u=https://example.com/x',
    reply: { host: 'example.com' },
  },
  { rule: 'a relative URL is a 400', target: '/t/url?u=/x', ...refused('query', 'u', 'u must be an absolute URL') },
  { rule: 'a string enum takes its values', target: '/t/enum?c=green', reply: { c: 'green' } },
  { rule: 'a number enum takes its values', target: '/t/enum?c=red&l=5', reply: { c: 'red', l: 5 } },
  { rule: 'a member name of a number enum is a 400', target: '/t/enum?c=red&l=High', ...refused('query', 'l') },
  {
    rule: 'a text that is not an enum value is a 400 that lists the values',
    target: '/t/enum?c=blue',
    ...refused('query', 'c', 'c must be one of the following values: red, green'),
  },
  {
    rule: 'an inherited key of Object is not an enum value',
    target: '/t/enum?c=constructor',
    ...refused('query', 'c'),
  },
  {
    rule: 'a list of an enum takes its values',
    target: '/t/enums?c=red&c=green',
    reply: { c: ['red', 'green'] },
    lostIn: ['alb'],
  },
  {
    rule: 'a value of a list that is not in the enum is a 400',
    target: '/t/enums?c=red&c=x',
    ...refused('query', 'c[1]'),
    lostIn: ['alb'],
  },
  { rule: 'oneOf takes each of its values', target: '/t/one-of?o=desc&n=2', reply: { o: 'desc', n: 2 } },
  { rule: 'oneOf takes strings beside numbers: a number', target: '/t/mixed?m=20', reply: { m: 20 } },
  { rule: 'oneOf takes strings beside numbers: a string', target: '/t/mixed?m=all', reply: { m: 'all' } },
  { rule: 'oneOf takes the default when the value is missing', target: '/t/one-of', reply: { o: 'asc', n: 1 } },
  {
    rule: 'a value that oneOf does not list is a 400',
    target: '/t/one-of?o=up',
    ...refused('query', 'o', 'o must be one of the following values: asc, desc'),
  },
  { rule: 'a schema converts a value and fills in its default', target: '/t/zod?n=5', reply: { n: 5, o: 'd' } },
  { rule: 'a value that its schema refuses is a 400', target: '/t/zod?n=0', ...refused('query', 'n') },
  {
    rule: 'a schema in a list converts each value',
    target: '/t/zod-list?n=1&n=2',
    reply: { n: [1, 2] },
    lostIn: ['alb'],
  },
  {
    rule: 'a schema in a list reports the position of a mistake',
    target: '/t/zod-list?n=1&n=x',
    ...refused('query', 'n[1]'),
    lostIn: ['alb'],
  },
  { rule: 'a schema can take the whole query', target: '/t/zod-whole?a=1', reply: { a: '1' } },
  { rule: 'a query that its schema refuses is a 400', target: '/t/zod-whole?b=1', ...refused('query', 'a') },
  {
    rule: 'a schema can take a body',
    target: '/t/zod',
    json: { name: 'x', items: [{ n: 1 }] },
    reply: { name: 'x', items: [{ n: 1 }] },
  },
  {
    rule: 'a mistake in a body that its schema finds names its path',
    target: '/t/zod',
    json: { name: 'x', items: [{ n: 1 }, { n: 'x' }] },
    ...refused('body', 'items[1].n'),
  },
  {
    rule: 'a missing body for a schema is a 400',
    target: '/t/zod',
    method: 'POST',
    ...refused('body', '', 'a body is required'),
  },
  {
    rule: 'an asynchronous schema accepts a body',
    target: '/t/zod-async',
    json: { name: 'free' },
    reply: { name: 'free' },
  },
  {
    rule: 'an asynchronous schema refuses a body with its own message',
    target: '/t/zod-async',
    json: { name: 'taken' },
    ...refused('body', 'name', 'is taken'),
  },
  { rule: 'a Valibot schema accepts a body', target: '/t/valibot', json: { a: 'xy' }, reply: { a: 'xy' } },
  { rule: 'a Valibot schema refuses a body', target: '/t/valibot', json: { a: 'x' }, ...refused('body', 'a') },
  { rule: 'an ArkType schema accepts a body', target: '/t/arktype', json: { a: 2 }, reply: { a: 2 } },
  { rule: 'an ArkType schema refuses a body', target: '/t/arktype', json: { a: 1 }, ...refused('body', 'a') },
  {
    rule: 'JSON fields convert to their types',
    target: '/t/field',
    json: { c: 'red', d: '2024-02-29', list: [1, 2], big: '12345678901234567890' },
    reply: { c: 'red', d: '2024-02-29T00:00:00.000Z', list: [1, 2], big: '12345678901234567890' },
  },
  {
    rule: 'a string in JSON is not converted to a number',
    target: '/t/field',
    json: { c: 'red', list: ['1'] },
    ...refused('body', 'list[0]'),
  },
  {
    rule: 'a bigint in JSON is written as a string, not as a number',
    target: '/t/field',
    json: { c: 'red', big: 1 },
    ...refused('body', 'big'),
  },
  {
    rule: 'a number in place of a list is a 400',
    target: '/t/field',
    json: { c: 'red', list: 1 },
    ...refused('body', 'list'),
  },
  {
    rule: 'form fields convert to their types, and blank ones are absent',
    target: '/t/field',
    form: { c: 'green', d: '', list: '3' },
    reply: { c: 'green', list: [3] },
  },
  { rule: 'a lazy type is looked up later', target: '/t/lazy', json: { n: 1 }, reply: { n: 1, is: true } },
  {
    rule: 'a list of DTOs is a list of instances',
    target: '/t/list',
    json: [{ n: 1 }, { n: 2 }],
    reply: { count: 2, are: true },
  },
  {
    rule: 'each DTO in a list is validated',
    target: '/t/list',
    json: [{ n: 1 }, { n: 'x' }],
    ...refused('body', '[1].n'),
  },
  {
    rule: 'an object in place of a list is a 400',
    target: '/t/list',
    json: { n: 1 },
    ...refused('body', '', 'the body must be an array'),
  },
  { rule: 'a JSON number can be the whole body', target: '/t/number', json: 5, reply: { n: 5 } },
  {
    rule: 'a JSON string in place of a number is a 400',
    target: '/t/number',
    json: '5',
    ...refused('body', '', 'the body must be a number'),
  },
  ...['/t/number', '/t/field'].map((target) => ({
    rule: 'a JSON number that overflows to infinity is a 400',
    target,
    body: target === '/t/number' ? '1e999' : '{"c":"red","list":[1,-1e999]}',
    headers: { 'content-type': 'application/json' },
    ...refused('body', target === '/t/number' ? '' : 'list[1]'),
  })),
  { rule: 'an optional group that is left out takes the default', target: '/t/opt', reply: { name: 'World' } },
  { rule: 'an optional group that is there replaces the default', target: '/t/opt/you', reply: { name: 'you' } },
  {
    rule: 'headers and cookies convert to their types',
    target: '/t/header',
    headers: { 'X-Level': '0', cookie: 'flag=false' },
    reply: { level: 0, flag: false },
  },
];

describe('types at a parameter', () => runRows(defineApp({ controllers: [TypeController] }), rows));

test('a schema whose reply is a promise of its own kind is waited for', async () => {
  const { inject } = await import('twodoors/testing');
  const refusing = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: () => ({
        // biome-ignore lint/suspicious/noThenProperty: it is what the test is of
        then: (resolve: (result: object) => void) => resolve({ issues: [{ message: 'refused' }] }),
      }),
    },
  };
  @Controller()
  class ThenableController {
    @Get('/') show(@Query('q', refusing) q: string) {
      return { q };
    }
  }
  const response = await inject(defineApp({ controllers: [ThenableController] }), '/?q=1');
  expect(response.status).toBe(400);
});

test('a oneOf without values is an error at once, since no request could be right', () => {
  const allowed: string[] = [];
  expect(() => oneOf(...allowed)).toThrow(/^oneOf\(\) needs values/);
});
