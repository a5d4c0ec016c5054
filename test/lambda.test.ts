import { jest } from '@jest/globals';
import type { Context } from 'aws-lambda';
import {
  type AppOptions,
  Body,
  Controller,
  defineApp,
  Get,
  HttpReply,
  type HttpRequest,
  Post,
  Query,
  Req,
} from 'twodoors';
import { createHandler, createStreamingHandler } from 'twodoors/lambda';
import { albEvent, albMultiEvent, httpEvent, otherEvents, restEvent, urlEvent } from './fixtures/events/events.js';

const hung: string[] = [];

const COOKIES = ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2', 'c=3; HttpOnly'];

@Controller()
class EchoController {
  @Get(['/echo', '/echo/*rest']) echo(@Req() request: HttpRequest, @Query('q', [String]) q: string[] = []) {
    const { method, path, headers, cookies, id } = request;
    return { method, path, q, headers, cookies: { ...cookies }, id };
  }
  @Post('/echo') async body(@Body() bytes: Uint8Array) {
    return new HttpReply(bytes, { headers: { 'content-type': 'application/x-echo' } });
  }
  @Get('/text') text() {
    return 'λ';
  }
  @Get('/bytes') bytes() {
    return new Uint8Array([0, 255]);
  }
  @Get('/cookies') cookies() {
    return new HttpReply('c', { headers: { 'x-one': '1', link: ['<a>', '<b>'] }, cookies: COOKIES });
  }
  @Get('/large') large(@Query('n') n: number) {
    return 'x'.repeat(n);
  }
  @Get('/quotes') quotes() {
    return '"'.repeat(4_000_000);
  }
  @Get('/hangs') async hangs(@Req() request: HttpRequest) {
    await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    hung.push((request.signal.reason as Error).message);
    throw new Error('too late');
  }
  @Get('/endless') async *endless() {
    try {
      for (;;) {
        yield 'x';
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      hung.push('returned');
    }
  }
  @Get('/headers') headers(@Query('n') n: number) {
    return new HttpReply(undefined, { headers: { 'x-large': 'x'.repeat(n - 2) }, cookies: ['ab'] });
  }
  @Get('/bug') bug() {
    throw new TypeError('a bug', { cause: new Error('its cause') });
  }
  @Get('/length') length() {
    return new HttpReply(undefined, { status: 200, headers: { 'content-length': '5' } });
  }
}

const logged: unknown[] = [];
const app = defineApp({ controllers: [EchoController], log: (error) => logged.push((error as Error).message) });
const handler = createHandler(app);

type Result = Record<string, unknown> & { statusCode: number; body: string };

async function invoke(event: unknown, context?: Context): Promise<Result> {
  return (await handler(event, context)) as unknown as Result;
}

async function echoed(event: unknown, context?: Context) {
  const result = await invoke(event, context);
  expect(result.statusCode).toBe(200);
  return JSON.parse(result.body);
}

const sources: [name: string, event: (overrides?: Record<string, unknown>) => Record<string, unknown>][] = [
  ['rest', restEvent],
  ['http', httpEvent],
  ['url', urlEvent],
  ['alb', albEvent],
  ['alb-multi', albMultiEvent],
];

function at(event: Record<string, unknown>, path: string): Record<string, unknown> {
  return 'rawPath' in event ? { ...event, rawPath: path } : { ...event, path };
}

describe('results', () => {
  test('REST knows five keys and no other', async () => {
    expect(await invoke(at(restEvent(), '/cookies'))).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-one': '1', link: '<a>, <b>' },
      multiValueHeaders: { 'set-cookie': COOKIES },
      body: 'c',
      isBase64Encoded: false,
    });
  });

  test.each([
    ['http', httpEvent()],
    ['url', urlEvent()],
  ])('%s has its cookies in a list', async (_name, event) => {
    expect(await invoke(at(event, '/cookies'))).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-one': '1', link: '<a>, <b>' },
      cookies: COOKIES,
      body: 'c',
      isBase64Encoded: false,
    });
  });

  test('a load balancer without multi-value headers gets cookies under names that differ in case', async () => {
    const result = await invoke(at(albEvent(), '/cookies'));
    expect(result).toEqual({
      statusCode: 200,
      statusDescription: '200 OK',
      headers: expect.objectContaining({ 'x-one': '1', 'content-type': 'text/plain; charset=utf-8' }),
      body: 'c',
      isBase64Encoded: false,
    });
    const names = Object.keys(result['headers'] as object).filter((name) => name.toLowerCase() === 'set-cookie');
    expect(new Set(names).size).toBe(3);
    expect(names.map((name) => (result['headers'] as Record<string, string>)[name])).toEqual(COOKIES);
  });

  test('a load balancer with multi-value headers gets lists, and nothing else', async () => {
    expect(await invoke(at(albMultiEvent(), '/cookies'))).toEqual({
      statusCode: 200,
      statusDescription: '200 OK',
      multiValueHeaders: {
        'content-type': ['text/plain; charset=utf-8'],
        'x-one': ['1'],
        link: ['<a>, <b>'],
        'set-cookie': COOKIES,
      },
      body: 'c',
      isBase64Encoded: false,
    });
  });

  test.each(sources)('%s: text is text, bytes are base64', async (_name, event) => {
    expect(await invoke(at(event(), '/text'))).toMatchObject({ body: 'λ', isBase64Encoded: false });
    expect(await invoke(at(event(), '/bytes'))).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  test.each(sources)('%s: a length is the gateway’s to say', async (_name, event) => {
    const { headers, multiValueHeaders } = await invoke(at(event(), '/length'));
    expect(JSON.stringify({ headers, multiValueHeaders })).not.toContain('content-length');
  });
});

describe('limits', () => {
  test.each([
    ['6 MB', restEvent(), 6_400_000, 5_000_000],
    ['6 MB', urlEvent(), 6_400_000, 5_000_000],
    ['1 MB', albEvent(), 1_100_000, 900_000],
  ])('a reply above %s is a logged 500 that names the limit and the fix', async (_limit, event, over, within) => {
    const query = (n: number) =>
      'rawPath' in event ? { rawQueryString: `n=${n}` } : { queryStringParameters: { n: String(n) } };
    expect((await invoke({ ...at(event, '/large'), ...query(within) })).statusCode).toBe(200);
    logged.length = 0;
    const result = await invoke({ ...at(event, '/large'), ...query(over) });
    expect(result.statusCode).toBe(500);
    expect(result.body.length).toBeLessThan(1000);
    expect(logged).toEqual([expect.stringMatching(/larger than the \d+ bytes .*Stream it, or reply with a link/)]);
  });

  test.each([
    ['REST API', restEvent(), 10_240],
    ['HTTP API', httpEvent(), 10_240],
    ['load balancer', albEvent(), 32_768],
  ])('%s: headers beyond its limit are a logged 500 that names it', async (_name, event, limit) => {
    const query = (n: number) =>
      'rawPath' in event ? { rawQueryString: `n=${n}` } : { queryStringParameters: { n: String(n) } };
    expect((await invoke({ ...at(event, '/headers'), ...query(limit) })).statusCode).toBe(204);
    logged.length = 0;
    expect((await invoke({ ...at(event, '/headers'), ...query(limit + 1) })).statusCode).toBe(500);
    expect(logged).toEqual([expect.stringContaining(`larger than the ${limit} bytes`)]);
  });

  test('escapes count', async () => {
    expect((await invoke(at(httpEvent(), '/quotes'))).statusCode).toBe(500);
  });
});

describe('the deadline', () => {
  const near = { getRemainingTimeInMillis: () => 270 } as Context;

  test('a handler that has no reply by then is a 504, and its signal fires', async () => {
    hung.length = logged.length = 0;
    expect(await invoke(at(urlEvent(), '/hangs'), near)).toMatchObject({ statusCode: 504 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(hung).toEqual(["There was no reply 250 ms before Lambda's deadline"]);
    // Its late failure is logged, and nobody else hears of it.
    expect(logged).toEqual(["There was no reply 250 ms before Lambda's deadline", 'too late']);
    expect((await invoke(urlEvent(), near)).statusCode).toBe(200);
  });

  test('middleware of the app sees the 504, and has its last word', async () => {
    const seen: number[] = [];
    const wrapped = createHandler(
      defineApp({
        controllers: [EchoController],
        log: () => {},
        use: [
          async (_request, next) => {
            const reply = await next();
            seen.push(reply.status);
            reply.headers['access-control-allow-origin'] = '*';
            return reply;
          },
        ],
      }),
    );
    expect(await wrapped(at(urlEvent(), '/hangs'), near)).toMatchObject({
      statusCode: 504,
      headers: { 'access-control-allow-origin': '*' },
    });
    expect(seen).toEqual([504]);
  });

  test.each([
    ['middleware', { use: [() => new Promise<never>(() => {})] }],
    ['onStart', { onStart: () => new Promise<never>(() => {}) }],
  ])('%s that hangs is a 504 as well', async (_what, options) => {
    const hanging = createHandler(defineApp({ controllers: [EchoController], log: () => {}, ...options }));
    expect(await hanging(urlEvent(), near)).toMatchObject({ statusCode: 504 });
  });

  test.each([Number.POSITIVE_INFINITY, 2 ** 31, Number.NaN, -1])('%d ms left are no deadline', async (remaining) => {
    const context = { getRemainingTimeInMillis: () => remaining } as Context;
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    @Controller()
    class WaitingController {
      @Get('/echo') async echo() {
        await new Promise((resolve) => setTimeout(resolve, 10));
        return 'in time';
      }
    }
    const waiting = createHandler(defineApp({ controllers: [WaitingController] }));
    expect(await waiting(restEvent(), context)).toMatchObject({ statusCode: 200, body: 'in time' });
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  test.each([Number.NaN, -1, 'soon'])('a margin of %p is refused', (margin) => {
    const deadlineMarginMs = margin as number;
    for (const create of [createHandler, createStreamingHandler]) {
      expect(() => create(app, { deadlineMarginMs })).toThrow(
        new TypeError(`deadlineMarginMs is ${margin}. Use 0 or more.`),
      );
    }
    expect(createHandler(app, { deadlineMarginMs: 0 })).toBeInstanceOf(Function);
  });

  test('a stream without an end is closed', async () => {
    hung.length = 0;
    expect(await invoke(at(urlEvent(), '/endless'), near)).toMatchObject({ statusCode: 504 });
    while (hung.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(hung).toEqual(['returned']);
  });
});

describe('requests', () => {
  test('REST: names and values come decoded, repeated ones in lists', async () => {
    const event = restEvent({
      path: '/echo/a%2Fb%20c',
      queryStringParameters: { q: 'c d' },
      multiValueQueryStringParameters: { q: ['a+b', '100%', 'c d', 'λ&=#'] },
      multiValueHeaders: { 'X-Two': ['1', '2'], cookie: ['s=1; t=2'] },
    });
    expect(await echoed(event)).toMatchObject({
      path: '/echo/a%2Fb%20c',
      q: ['a+b', '100%', 'c d', 'λ&=#'],
      headers: { 'x-two': '1,2' },
      cookies: { s: '1', t: '2' },
      id: 'rest-request-id',
    });
  });

  test('HTTP API: the path comes decoded, the query as sent, cookies in a list', async () => {
    const event = httpEvent({
      rawPath: '/echo/a b%41/ä#?',
      rawQueryString: 'q=a+b&q=a%2Bb&q=%2541',
      cookies: ['s=1', 't=2'],
      headers: { 'x-two': '1,2', 'content-type': 'text/plain,application/json' },
    });
    expect(await echoed(event)).toMatchObject({
      path: '/echo/a%20b%2541/%C3%A4%23%3F',
      q: ['a b', 'a+b', '%41'],
      headers: { 'x-two': '1,2', cookie: 's=1; t=2', 'content-type': 'text/plain' },
      cookies: { s: '1', t: '2' },
    });
  });

  test('Function URL: the path and the query come as sent', async () => {
    const event = urlEvent({
      rawPath: '/echo/a%2Fb%20c',
      rawQueryString: 'q=a+b&q=a%2Bb',
      cookies: ['s=1', 't=2'],
      headers: { cookie: 's=1; t=2' },
    });
    expect(await echoed(event)).toMatchObject({
      path: '/echo/a%2Fb%20c',
      q: ['a b', 'a+b'],
      cookies: { s: '1', t: '2' },
      headers: { cookie: 's=1; t=2' },
    });
  });

  test('load balancer: nothing is decoded, so that nothing is encoded again', async () => {
    const query = { q: ['a%2Bb', 'a+b', '100%25'] };
    expect(await echoed(albMultiEvent({ multiValueQueryStringParameters: query }))).toMatchObject({
      q: ['a+b', 'a b', '100%'],
    });
    expect(await echoed(albEvent({ queryStringParameters: { q: 'a%2Bb' } }))).toMatchObject({ q: ['a+b'] });
  });

  test.each(sources)('%s: binary bodies, both ways', async (_name, event) => {
    const bytes = Buffer.from([0, 1, 127, 128, 254, 255]);
    const overrides = { body: bytes.toString('base64'), isBase64Encoded: true };
    const request =
      _name === 'http' || _name === 'url' ? post(event(overrides)) : { ...event(overrides), httpMethod: 'POST' };
    const result = await invoke(request);
    expect(result).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(Buffer.from(result.body, 'base64')).toEqual(bytes);
  });

  function post(event: Record<string, unknown>): Record<string, unknown> {
    const context = event['requestContext'] as { http: object };
    return { ...event, requestContext: { ...context, http: { ...context.http, method: 'POST' } } };
  }

  test.each([
    [
      'REST',
      restEvent({
        multiValueHeaders: null,
        multiValueQueryStringParameters: null,
        headers: { 'X-A': '1' },
        queryStringParameters: { q: 'a b' },
      }),
    ],
    [
      'load balancer',
      albMultiEvent({ multiValueHeaders: {}, headers: { 'X-A': '1' }, queryStringParameters: { q: 'a%20b' } }),
    ],
    [
      'HTTP API',
      httpEvent({ rawQueryString: undefined, headers: { 'X-A': '1' }, queryStringParameters: { q: 'a b' } }),
    ],
  ])('%s: hand-made events fall back to single values', async (_name, event) => {
    expect(await echoed(event)).toMatchObject({ q: ['a b'], headers: { 'x-a': '1' } });
  });

  test.each([
    ['REST', restEvent({ headers: null, multiValueHeaders: null, body: undefined })],
    ['HTTP API', httpEvent({ headers: undefined })],
    ['load balancer', albEvent({ headers: undefined, queryStringParameters: undefined, body: undefined })],
  ])('%s: missing headers are none', async (_name, event) => {
    expect(await echoed(event)).toMatchObject({ headers: {}, q: [] });
  });

  test("Lambda's own request id goes first", async () => {
    expect(await echoed(restEvent(), { awsRequestId: 'lambda-id' } as Context)).toMatchObject({ id: 'lambda-id' });
    expect((await echoed(albEvent())).id).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('stages and base paths', () => {
  const own = { domainName: 'a1b2c3.execute-api.eu-west-1.amazonaws.com', stage: 'prod' };
  test.each([
    ['a stage goes', httpEvent({ rawPath: '/prod/echo' }, own), '/echo'],
    ['at a segment border', httpEvent({ rawPath: '/echo/production' }, own), '/echo/production'],
    [
      'behind a custom domain, too',
      httpEvent({ rawPath: '/prod/echo' }, { ...own, domainName: 'api.example.com' }),
      '/echo',
    ],
    ['and only once', httpEvent({ rawPath: '/echo/echo' }, { ...own, stage: 'echo' }), '/echo'],
    ['where the path has none, nothing goes', httpEvent({ rawPath: '/echo' }, own), '/echo'],
    ['payload format 1.0 of an HTTP API', restEvent({ version: '1.0', path: '/prod/echo' }), '/echo'],
    ['a REST API has none in its path', restEvent({ path: '/echo/prod' }), '/echo/prod'],
  ])('%s', async (_rule, event, path) => {
    expect((await echoed(event)).path).toBe(path);
  });

  test.each([
    ['/v1', '/v1/echo', 200],
    ['v1/', '/v1/echo', 200],
    ['/v1', '/echo', 404],
    ['/v1', '/v1echo', 404],
    ['/v1', '/V1/echo', 200],
    ['/v1', '/%76%31/echo', 200],
    ['/%C3%A4', '/%c3%a4/echo', 200],
    ['/v1', '/v%zz/echo', 400],
    ['/echo', '/echo/echo', 200],
    ['/a/b', '/a/b/echo', 200],
  ])('basePath %s of %s', async (basePath, path, status) => {
    const based = createHandler(app, { basePath });
    for (const [name, event] of sources) {
      // HTTP APIs decode the path.
      if (name === 'http' && path.includes('%')) continue;
      expect(((await based(at(event(), path))) as Result).statusCode).toBe(status);
    }
  });

  test('nothing is left of a path that is the base path', async () => {
    @Controller()
    class RootController {
      @Get() root() {
        return 'root';
      }
    }
    const based = createHandler(defineApp({ controllers: [RootController] }), { basePath: '/v1' });
    expect(((await based(restEvent({ path: '/v1' }))) as Result).body).toBe('root');
  });
});

describe('the log', () => {
  const lines: string[] = [];
  const error = jest.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
  afterAll(() => error.mockRestore());
  const context = { awsRequestId: 'lambda-id' } as Context;

  test('a bug is one line of JSON, with the request id, X-Ray’s header and whether it was a cold start', async () => {
    const fresh = createHandler(defineApp({ controllers: [EchoController] }));
    const event = at(albEvent({ headers: { 'X-Amzn-Trace-Id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700' } }), '/bug');
    lines.length = 0;
    await fresh(event, context);
    await fresh(event, context);
    const records = lines.map((line) => JSON.parse(line));
    expect(records).toEqual([
      {
        level: 50,
        time: expect.any(Number),
        msg: 'a bug',
        requestId: 'lambda-id',
        method: 'GET',
        path: '/bug',
        traceId: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700',
        coldStart: true,
        err: {
          type: 'TypeError',
          message: 'a bug',
          stack: expect.stringContaining('lambda.test.ts'),
          cause: { type: 'Error', message: 'its cause', stack: expect.any(String) },
        },
      },
      { ...records[0], time: expect.any(Number), coldStart: false, err: expect.objectContaining({ message: 'a bug' }) },
    ]);
  });

  test('where the front end has no trace, Lambda’s own is told', async () => {
    process.env['_X_AMZN_TRACE_ID'] = 'Root=1-own';
    lines.length = 0;
    await createHandler(defineApp({ controllers: [EchoController] }))(at(urlEvent(), '/bug'));
    delete process.env['_X_AMZN_TRACE_ID'];
    expect(JSON.parse(lines[0]!)).toMatchObject({ traceId: 'Root=1-own' });
  });

  test('a log of one’s own gets the same record', async () => {
    const records: unknown[] = [];
    const log = (...[, , record]: Parameters<NonNullable<AppOptions['log']>>) => void records.push(record);
    await createHandler(defineApp({ controllers: [EchoController], log }))(at(urlEvent(), '/bug'), context);
    expect(records).toEqual([expect.objectContaining({ requestId: 'lambda-id', coldStart: true, path: '/bug' })]);
  });
});

describe('other events', () => {
  test.each(Object.entries(otherEvents))(
    '%s is an error that says what was expected and what came',
    async (_name, event) => {
      await expect(handler(event)).rejects.toThrow(/is not an HTTP request of API Gateway .*: it is .*onOtherEvent/);
      expect((await invoke(restEvent())).statusCode).toBe(200);
    },
  );

  test.each(Object.entries(otherEvents))('%s goes to onOtherEvent', async (_name, event) => {
    const seen: unknown[] = [];
    const taking = createHandler(app, {
      onOtherEvent: async (other, context) => {
        seen.push(other, context);
        return 'taken';
      },
    });
    const context = { awsRequestId: 'x' } as Context;
    expect(await taking(event, context)).toBe('taken');
    expect(seen).toEqual([event, context]);
  });

  test('the app starts before onOtherEvent, and an app that cannot start fails the invocation', async () => {
    const told: string[] = [];
    let failures = 1;
    const starting = defineApp({
      controllers: [EchoController],
      onStart() {
        if (failures-- > 0) throw new Error('no database');
        told.push('onStart');
      },
    });
    const own = createHandler(starting, { onOtherEvent: () => told.push('onOtherEvent') });
    await expect(own({ Records: [] })).rejects.toThrow('no database');
    await own({ Records: [] });
    expect(told).toEqual(['onStart', 'onOtherEvent']);
  });

  test('a handler has two parameters: Node 24’s runtime refuses more', () => {
    expect(handler).toHaveLength(2);
  });

  test('several invocations at once share nothing', async () => {
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        echoed(urlEvent({ rawQueryString: `q=${i}`, headers: { 'x-n': String(i) } })),
      ),
    );
    results.forEach((result, i) => {
      expect(result).toMatchObject({ q: [String(i)], headers: { 'x-n': String(i) } });
    });
  });
});
