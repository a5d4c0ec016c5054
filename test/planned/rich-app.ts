import { Readable } from 'node:stream';
import {
  All,
  type AppOptions,
  BodyLimit,
  ContentType,
  Controller,
  Cookie,
  CsrfExempt,
  createParam,
  Delete,
  defineApp,
  defineRouteMetadata,
  Get,
  Header,
  Headers,
  HttpCode,
  HttpError,
  HttpReply,
  type HttpRequest,
  lazy,
  type Middleware,
  OnNull,
  OnUndefined,
  oneOf,
  Param,
  Query,
  Redirect,
  Render,
  Req,
  Use,
  UseInterceptor,
} from 'twodoors';
import * as v from 'valibot';
import { BodyController } from './rich-bodies.js';

enum Color {
  Red = 'red',
  Blue = 'blue',
}

enum Level {
  Low,
  High = 7,
}

const Roles = defineRouteMetadata<readonly string[]>();
const Cached = defineRouteMetadata<{ seconds: number }>();

/** Replies with the route's metadata in a header, which it reads before anything is bound. */
const stamp: Middleware = async (request, next) => {
  const reply = await next();
  const metadata = { roles: Roles.of(request.route), cached: Cached.of(request.route) };
  reply.headers['x-route'] = JSON.stringify({ path: request.route?.path, ...metadata });
  return reply;
};

const guard: Middleware = (request, next) => {
  if (request.header('x-deny') !== undefined) throw new HttpError(403, 'Denied');
  return next();
};

const around: Middleware = async (_request, next) => {
  const reply = await next();
  reply.headers['x-around'] = String(reply.status);
  return reply;
};

const Locale = createParam((request: HttpRequest, fallback: string) => request.header('accept-language') ?? fallback);
const Later = createParam(async (request: HttpRequest) => request.cookies['c'] ?? null);
const Picky = createParam((request: HttpRequest) => {
  if (request.query['picky'] !== undefined) throw new HttpError(409, 'Too picky');
  return 'fine';
});

const text = (value: unknown) => (value === undefined ? 'undefined' : value);

@Controller('/paths')
class PathController {
  @Get(['/literal', '/other']) literal(@Req() { path, method }: HttpRequest) {
    return { path, method };
  }
  @Get('/file/:id.json') mixed(@Param('id') id: number) {
    return { id };
  }
  @Get('/file/:name.:type') wider(@Param('name') name: string, @Param('type') type: Color) {
    return { name, type };
  }
  @Get('/file/:id') single(@Param('id', [String]) id: string[]) {
    return { id };
  }
  @Get('/rest/*rest') rest(@Param('rest', [String]) rest: string[]) {
    return { rest };
  }
  @Get('/rest/*rest/end') restEnd(@Param('rest') rest: string) {
    return { end: rest };
  }
  @Get('/optional{/:page{/:size}}') optional(@Param('page') page: number = 1, @Param('size') size: number = 10) {
    return { page, size };
  }
  @Get('/all/:a/:b') all(@Param(Object) params: Record<string, string>) {
    return params;
  }
  @Get('/date/:day') date(@Param('day', Date) day: Date) {
    return { day };
  }
  @Get('/schema/:word') schema(@Param('word', v.pipe(v.string(), v.minLength(3))) word: string) {
    return { word };
  }
  @All('/any') any(@Req() { method }: HttpRequest) {
    return { method };
  }
}

@Controller('/named')
class NamedController {
  @Get('/query') query(
    @Query('q') q: string,
    @Query('n?') n?: number,
    @Query('flag') flag: boolean = false,
    @Query('day', Date, { optional: true }) day?: Date,
    @Query('big', BigInt, { optional: true }) big?: bigint,
    @Query('url', URL, { optional: true }) url?: URL,
  ) {
    return [q, n, flag, day, big === undefined ? big : String(big), url?.href].map(text);
  }
  @Get('/lists') lists(
    @Query('tag', [String], { optional: true }) tags?: string[],
    @Query('n', [Number], { separator: ',', optional: true }) numbers?: number[],
    @Query('color', [Color], { optional: true }) colors?: Color[],
  ) {
    return [tags, numbers, colors].map(text);
  }
  @Get('/choices') choices(
    @Query('color', Color) color: Color,
    @Query('level', Level, { optional: true }) level?: Level,
    @Query('order', oneOf<string | number>('asc', 'desc', 3), { optional: true }) order?: unknown,
    @Query(
      'later',
      lazy(() => oneOf('x', 'y')),
      { optional: true },
    )
    later?: unknown,
  ) {
    return [color, level, order, later].map(text);
  }
  @Get('/schemas') schemas(
    @Query('n', v.pipe(v.string(), v.transform(Number), v.maxValue(9))) n: number,
    @Query('list', [v.picklist(['a', 'b'])], { optional: true }) list?: string[],
  ) {
    return [n, list].map(text);
  }
  @Get('/whole') whole(
    @Query(Object) query: Record<string, unknown>,
    @Query(v.object({ q: v.optional(v.string()) })) checked: object,
    @Cookie(Object) cookies: Record<string, string>,
  ) {
    return { query, checked, cookies };
  }
  @Get('/headers') headers(
    @Headers('X-A') a: string,
    @Headers('x-b?') b?: number,
    @Headers('x-c', [String], { separator: ',', optional: true }) c?: string[],
    @Cookie('c?') cookie?: string,
    @Cookie('n') n: number = 5,
  ) {
    return [a, b, c, cookie, n].map(text);
  }
  @Get('/params') params(@Locale('en') locale: string, @Later() later: unknown, @Picky() picky: string) {
    return [locale, later, picky];
  }
}

const secret = Symbol('secret');

@Use(stamp)
@Roles(['all'])
@BodyLimit(512)
@CsrfExempt()
class Listing {
  @Get() list(@Query('page') page: number = 1) {
    return { of: this.constructor.name, page };
  }
  @Get('/:id') @Cached({ seconds: 5 }) show(@Param('id') id: number) {
    return { of: this.constructor.name, id };
  }
  @Delete('/:id') @HttpCode(202) remove(@Param('id') id: number): unknown {
    return { removed: id };
  }
  @Get('/by/symbol') [secret](@Query('q?') q?: string) {
    return { symbol: true, q };
  }
}

@Controller('/listing')
class ListingController extends Listing {
  // Without decorators of its own it keeps the route of the base class.
  override list(page = 1) {
    return { of: 'override', page };
  }
  @Roles(['admin'])
  @Use(guard)
  @Get('/:id')
  override show(@Param('id') id: number, @Query('more?') more?: string) {
    return { of: 'replaced', id, more } as { of: string; id: number };
  }
}

@Controller('/second', { scope: 'request' })
class SecondController extends Listing {
  #count = 0;
  @Get('/count') count() {
    return ++this.#count;
  }
}

@Controller('/replies')
class ReplyController {
  @Get('/status')
  @UseInterceptor((value, { method }) => ({ ...(value as object), method }))
  @HttpCode(203)
  @Header('X-Own', '1')
  @Header('x-own', '2')
  status() {
    return { a: new Set([1]), b: new Map([['k', 2n]]), c: new Date(0) };
  }
  @Get('/typed') @ContentType('text/html; charset=utf-8') typed() {
    return '<p>grüße</p>';
  }
  @Get('/null') @OnNull(404) @OnUndefined(410) empty(@Query('of', oneOf('null', 'undefined', 'text')) of: string) {
    return of === 'null' ? null : of === 'text' ? '' : undefined;
  }
  @Get('/nothing') nothing() {}
  @Get('/moved') @Redirect('/elsewhere?a=b c', 301) moved(@Query('to?') to?: string) {
    return to;
  }
  @Get('/bytes') bytes() {
    return new Uint8Array([0, 255, 195]);
  }
  @Get('/stream') async *stream(@Query('fail') fail: boolean = false) {
    yield 'one';
    if (fail) throw new Error('midway');
    yield Buffer.from('two');
  }
  @Get('/readable') readable() {
    return Readable.from(['a', 'b']);
  }
  @Get('/made') made() {
    return new HttpReply('made', { status: 207, headers: { 'x-made': ['1', '2'] }, cookies: ['a=1', 'b=2; Path=/'] });
  }
  @Get('/response') response() {
    return new Response('web', { status: 206, headers: { 'x-web': '1' } });
  }
  @Get('/error') async error(@Query('status') status: number, @Query('expose?') expose?: boolean) {
    throw Object.assign(new Error('failed'), { status, expose });
  }
  @Get('/bug') bug(): unknown {
    return (undefined as unknown as { property: number }).property;
  }
  @Get('/circle') circle() {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    return value;
  }
  @Get('/page') @Render('page') @HttpCode(201) page(@Query('title') title: string) {
    return title === 'none' ? undefined : { title };
  }
}

const views = {
  findMistake: () => undefined,
  render: (view: string, values: object) => `<h1>${view}: ${JSON.stringify(values)}</h1>`,
};

/** What is the same in every process. */
const log: AppOptions['log'] = (_error, _request, { level, msg, requestId, method, path, coldStart, hint, err }) =>
  console.error(JSON.stringify([level, msg, requestId, method, path, coldStart, hint, err.type, err.message]));

/** An app with something of everything. */
export const richApp = defineApp({
  controllers: [PathController, NamedController, ListingController, SecondController, ReplyController, BodyController],
  use: [around],
  views,
  bodyLimit: 2000,
  maxErrors: 7,
  development: false,
  log,
});

@Controller('/slow')
class SlowController {
  @Get() never() {
    return new Promise(() => {});
  }
}

/** An app whose only reply comes too late. */
export const slowApp = defineApp({ controllers: [SlowController], timeout: 2, development: false, log });
