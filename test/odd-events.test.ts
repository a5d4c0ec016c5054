import fc from 'fast-check';
import { Body, Controller, defineApp, Get, type HttpRequest, Post, Req } from 'twodoors';
import { type AwsLambda, createHandler, createStreamingHandler, type ResponseStream } from 'twodoors/lambda';
import {
  albEvent,
  albMultiEvent,
  httpEvent,
  latticeEvent,
  latticeV1Event,
  restEvent,
  urlEvent,
} from './fixtures/events/events.js';

const logged: unknown[] = [];

@Controller()
class EchoController {
  /** Reads all of a request. */
  @Get('/echo') async echo(@Req() request: HttpRequest) {
    const { query, headers, cookies, client, claims, id } = request;
    return { query, headers, cookies, client, claims, id, text: await request.text() };
  }
  @Post('/echo') bytes(@Body() bytes: Uint8Array) {
    return bytes.byteLength;
  }
}

const app = defineApp({
  controllers: [EchoController],
  trustProxy: true,
  log: (error) => logged.push(error),
});
const handler = createHandler(app);

const full = { body: 'x', cookies: ['a=1'], queryStringParameters: { a: 'b' } };
const events: Record<string, Record<string, unknown>> = {
  rest: restEvent({ ...full, multiValueQueryStringParameters: { a: ['b', 'c'] } }),
  'http with format 1.0': restEvent({ version: '1.0', path: '/prod/echo' }),
  http: httpEvent({ ...full, rawPath: '/prod/echo' }, { stage: 'prod', authorizer: { jwt: { claims: { sub: 'x' } } } }),
  url: urlEvent(full),
  alb: albEvent({ body: 'x' }),
  'alb-multi': albMultiEvent({ body: 'x' }),
  lattice: latticeEvent({ body: 'x' }),
  'lattice-v1': latticeV1Event(),
};

/** Values that hardly any field takes. */
const ODD: readonly unknown[] = [
  undefined,
  null,
  5,
  '',
  'x',
  true,
  [],
  [5],
  [['x']],
  {},
  { a: 5 },
  { a: [5] },
  { a: {} },
  { toString: 5 },
  { a: { toString: 5 } },
];

/** The places of all values in an event, its own included. */
function placesOf(value: unknown, place: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...place]];
  return [[...place], ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...place, name]))];
}

/** The event with another value at a place. */
function replaceAt(event: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (typeof event !== 'object' || event === null) return event;
  const copy = (Array.isArray(event) ? [...event] : { ...event }) as Record<string, unknown>;
  if (rest.length === 0 && value === undefined) delete copy[name];
  else copy[name] = replaceAt(copy[name], rest, value);
  return copy;
}

/** An odd event gets a reply that is not a bug's, or is the unknown-event error; nothing is logged. */
async function expectSound(event: unknown): Promise<void> {
  const outcome = await handler(event).then(
    (result) => (result as { statusCode: number }).statusCode,
    (error: Error) => error.message,
  );
  if (typeof outcome === 'string') expect(outcome).toContain('is not an HTTP request');
  else expect({ outcome, isSound: outcome < 500 || outcome === 501 }).toEqual({ outcome, isSound: true });
  expect(logged).toEqual([]);
}

test.each(Object.keys(events))('%s: any odd value in any place is a reply or the unknown-event error', async (name) => {
  const event = events[name]!;
  await expectSound(event);
  for (const place of placesOf(event)) for (const value of ODD) await expectSound(replaceAt(event, place, value));
});

test('several odd values at once', async () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(...ODD), fc.jsonValue())), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.values(events)), edits, async (event, edit) => {
      let edited: unknown = event;
      for (const [n, value] of edit) {
        const places = placesOf(edited);
        edited = replaceAt(edited, places[n % places.length]!, value);
      }
      await expectSound(edited);
    }),
    { numRuns: 2000 },
  );
});

/** As JSON has it: an own member, whatever its name. */
const named = (name: string, value: unknown) => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);

test.each([
  ...['__proto__', 'constructor', 'toString', '', 'a b', 'a:b', '\u00e9', '\ud800', '\r\n'].flatMap((name) => [
    [`a header ${JSON.stringify(name)}`, urlEvent({ headers: named(name, 'x') })],
    [`headers ${JSON.stringify(name)}`, restEvent({ multiValueHeaders: named(name, ['x', 'y']) })],
    [`a query ${JSON.stringify(name)}`, albMultiEvent({ multiValueQueryStringParameters: named(name, ['x', '%']) })],
    [`a query of REST ${JSON.stringify(name)}`, restEvent({ multiValueQueryStringParameters: named(name, []) })],
    [`a cookie ${JSON.stringify(name)}`, httpEvent({ cookies: [`${name}=1`, '', ';;', '='] })],
    [`a claim ${JSON.stringify(name)}`, restEvent({ requestContext: { authorizer: { claims: named(name, {}) } } })],
    [`a method ${JSON.stringify(name)}`, restEvent({ httpMethod: name })],
    [`a path ${JSON.stringify(name)}`, restEvent({ path: name })],
    [`a path of HTTP API ${JSON.stringify(name)}`, httpEvent({ rawPath: `/${name}%` }, { stage: name })],
    [`a path of VPC Lattice ${JSON.stringify(name)}`, latticeV1Event({ raw_path: `/${name}?%=${name}` })],
  ]),
  ['a body that is not UTF-16', urlEvent({ body: '\ud800' })],
  ['no body in base64', urlEvent({ body: null, isBase64Encoded: true })],
  ['a length that is not one', urlEvent({ body: 'abc', headers: { 'content-length': '-1' } })],
  [
    'a proxy that is not an address',
    urlEvent({ headers: { 'x-forwarded-for': '\r\n,,:1', 'x-forwarded-proto': '\0' } }),
  ],
  ['names without values', urlEvent({ rawQueryString: 'a&'.repeat(100_000) })],
] as [string, unknown][])('%s is a reply or the unknown-event error', async (_what, event) => {
  await expectSound(event);
});

test.each([
  ['rest', restEvent({ multiValueHeaders: 'x' }), 'multiValueHeaders'],
  ['http', httpEvent({}, { stage: {} }), 'stage'],
  ['url', urlEvent({ headers: { a: 5 } }), 'headers'],
  ['alb', albEvent({ isBase64Encoded: 'yes' }), 'isBase64Encoded'],
  ['lattice', latticeEvent({ body: 5 }), 'body'],
])('%s: the error names the field of a wrong type', async (_name, event, field) => {
  await expect(handler(event)).rejects.toThrow(`its ${field} has the wrong type`);
});

test.each([5, 'soon', {}])('a context whose time is %j, which is not a function, is a clear error', async (time) => {
  const context = { getRemainingTimeInMillis: time } as never;
  const message =
    'The second argument of the handler is not a context of Lambda: its getRemainingTimeInMillis is a ' +
    `${typeof time}, not a function. Pass the context that Lambda passes, or none.`;
  await expect(handler(urlEvent(), context)).rejects.toThrow(new TypeError(message));
});

test('the error for an unknown event is one short line', async () => {
  const event = { 'detail-type': 'x', 'a\r\n\u001b[2J': 1, ['x'.repeat(100_000)]: 1 };
  await expect(handler(event)).rejects.toThrow(
    String.raw`with the members detail-type, "a\r\n\u001b[2J", "${'x'.repeat(40)}".`,
  );
});

test('a mark of a source with a wrong type does not make it a REST event', async () => {
  for (const requestContext of [{ elb: 'x' }, { serviceNetworkArn: 5 }]) {
    await expect(handler({ ...restEvent(), requestContext })).rejects.toThrow('is not an HTTP request');
  }
});

test('the streaming handler refuses odd events in the same way', async () => {
  const written: unknown[] = [];
  const fake: AwsLambda = {
    streamifyResponse: (own) => own,
    HttpResponseStream: { from: (stream) => stream },
  };
  const stream: ResponseStream = {
    write: (chunk) => written.push(chunk) > 0,
    end: (done) => done?.(),
    once: () => {},
    on: () => {},
  };
  const scope = globalThis as { awslambda?: unknown };
  scope.awslambda = fake;
  try {
    const streaming = createStreamingHandler(app);
    for (const name of ['rest', 'url']) {
      const event = events[name]!;
      for (const place of placesOf(event)) {
        for (const value of ODD) {
          const outcome = await streaming(replaceAt(event, place, value), stream).catch(
            (error: Error) => error.message,
          );
          if (outcome !== undefined) expect(outcome).toMatch(/is not an HTTP request|does not read streamed responses/);
        }
      }
    }
    expect(written.length).toBeGreaterThan(0);
    expect(logged).toEqual([]);
  } finally {
    delete scope.awslambda;
  }
});

test.each([
  ['YWJj', 200],
  ['YW==', 200],
  ['YW', 200],
  ['_-8', 200],
  ['YWJj!', 400],
  ['YW!Jj', 400],
  ['YW==YWJj', 400],
  ['YWJjY', 400],
  ['YW=', 400],
  ['\u20ac', 400],
])('base64 %s is a %d', async (body, statusCode) => {
  for (const event of [
    restEvent({ httpMethod: 'POST', body, isBase64Encoded: true }),
    httpEvent({ body, isBase64Encoded: true }, {}, 'POST'),
    albEvent({ httpMethod: 'POST', body, isBase64Encoded: true }),
    latticeV1Event({ method: 'POST', body, is_base64_encoded: true }),
  ]) {
    expect(await handler(event)).toMatchObject({ statusCode });
  }
});

test.each(['Accept', 'Cookie', 'X-Forwarded-For', 'Content-Encoding', 'Content-Type', 'Host'])(
  '%s with 200,000 commas gets a reply',
  async (name) => {
    const value = `text/html${',;'.repeat(200_000)}`;
    for (const path of ['/echo', '/unknown']) {
      const event = restEvent({ path, multiValueHeaders: { [name]: [value] } });
      const { statusCode } = (await handler(event)) as { statusCode: number };
      expect({ path, isSound: statusCode < 500 }).toEqual({ path, isSound: true });
    }
    expect(logged).toEqual([]);
  },
);
