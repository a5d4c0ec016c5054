import { readFileSync } from 'node:fs';
import {
  Body,
  Controller,
  defineApp,
  Get,
  Headers,
  HttpReply,
  type HttpRequest,
  Param,
  Post,
  Query,
  Req,
} from 'twodoors';
import { doorNames, type RawRequest, toRawRequest } from 'twodoors/testing';
import { type Exchange, openExchange } from './exchange.js';
import { losses } from './losses.js';
import { isSame } from './reply.js';

@Controller()
class EchoController {
  @Get('/path/*rest') path(@Param('rest') rest: string) {
    return { rest };
  }
  @Get('/query') query(@Query() query: Record<string, unknown>) {
    return query;
  }
  @Get('/headers') headers(@Headers() headers: Record<string, string>) {
    return headers;
  }
  @Post('/bytes') bytes(@Body() bytes: Uint8Array) {
    return { hex: Buffer.from(bytes).toString('hex') };
  }
  @Post('/length') length(@Headers('content-length?') length?: number) {
    return { length };
  }
  @Get('/raw/*rest') raw(@Req() { path, rawQuery }: HttpRequest) {
    return { path, rawQuery };
  }
  @Get('/renamed') renamed() {
    return new HttpReply('x', { status: 401, headers: { 'www-authenticate': 'Basic', server: 'mine' } });
  }
  @Get('/cut') async *cut() {
    yield 'one';
    throw new Error('midway');
  }
  @Get('/large') large(@Query('bytes') bytes: number) {
    return 'x'.repeat(bytes);
  }
}

const app = defineApp({ controllers: [EchoController], log: () => {} });

/** For each loss a request that shows it. */
const examples: Record<string, RawRequest> = {
  'malformed escapes in a path': toRawRequest('/path/100%'),
  'escapes in a path that are not UTF-8': toRawRequest('/path/%ff'),
  'an encoded question mark in a path, and everything after it': toRawRequest('/path/a%3Fb/c'),
  'an encoded slash in a path': toRawRequest('/path/a%2Fb'),
  'text bodies that are not UTF-8': toRawRequest('/bytes', {
    body: new Uint8Array([0x61, 0xff]),
    headers: { 'content-type': 'text/plain' },
  }),
  'repeated query names: only the last is kept': toRawRequest('/query?a=1&a=2'),
  'the order between spellings of one query name': toRawRequest('/query?%31=first&1=second'),
  'repeated headers: only the last is kept': toRawRequest('/headers', {
    headers: [
      ['x-a', '1'],
      ['x-a', '2'],
    ],
  }),
  'repeated headers that HTTP allows once: they are joined': toRawRequest('/headers', {
    headers: [
      ['user-agent', '1'],
      ['user-agent', '2'],
    ],
  }),
  'the order between spellings of one header name': toRawRequest('/headers', {
    headers: [
      ['x-a', '1'],
      ['X-A', '2'],
      ['x-a', '3'],
    ],
  }),
  'how the cookie header is spaced': toRawRequest('/headers', { headers: { cookie: 'a=1;b=2' } }),
  'the length of the body, in `content-length`': toRawRequest('/length', { body: 'four' }),
  'how a path is spelled, in `request.path`': toRawRequest('/raw/%61'),
  'how a query is spelled and ordered, in `request.rawQuery`': toRawRequest('/raw/x?b=%7e&a'),
  'the names of `www-authenticate`, `server` and `date` in a reply': toRawRequest('/renamed'),
  'the beginning of a stream that fails midway': toRawRequest('/cut'),
  'replies above 6 MB': toRawRequest(`/large?bytes=${6 * 2 ** 20 + 1}`),
  'replies above 1 MB': toRawRequest(`/large?bytes=${2 ** 20 + 1}`),
};

let exchanges: { plain: Exchange; raw: Exchange };
beforeAll(async () => {
  exchanges = { plain: await openExchange(app, false), raw: await openExchange(app, true) };
});
afterAll(() => Promise.all([exchanges.plain.close(), exchanges.raw.close()]));

test('each loss has an example', () => {
  expect(Object.keys(examples)).toEqual(losses.map(({ name }) => name));
});

describe.each(losses)('$name', (loss) => {
  const request = examples[loss.name]!;

  test.each(doorNames.filter((door) => door !== 'koa'))('%s replies what it must', async (door) => {
    const exchange = loss.isOfRaw ? exchanges.raw : exchanges.plain;
    const plain = await exchange.ask('koa', request);
    const [reply, expected] = [await exchange.ask(door, request), await exchange.predict(door, request, plain)];
    expect(reply).toEqual(expected);
  });

  test.each(loss.doors)('%s could not be told without it', async (door) => {
    const exchange = loss.isOfRaw ? exchanges.raw : exchanges.plain;
    const plain = await exchange.ask('koa', request);
    const reply = await exchange.ask(door, request);
    expect(isSame(reply, plain)).toBe(false);
    const others = losses.filter((other) => other !== loss);
    expect(isSame(reply, await exchange.predict(door, request, plain, others))).toBe(false);
  });
});

test('docs/parity.md lists exactly these losses, in this order', () => {
  const text = readFileSync(new URL('../../docs/parity.md', import.meta.url), 'utf8');
  const section = /## What a gateway destroys\n([\s\S]*?)\n## /.exec(text)![1]!;
  const rows = section
    .split('\n')
    .filter((line) => /^\| (?!what is lost|---)/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name, doors]) => ({ name, doors: doors!.replaceAll('`', '').split(', ') }));
  expect(rows).toEqual(losses.map(({ name, doors }) => ({ name, doors })));
});
