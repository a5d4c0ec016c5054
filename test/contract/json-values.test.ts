/** Whatever the app writes as JSON to a client follows the rules for results: here the data of events, and the app's problems. */

import { Controller, defineApp, Get, HttpError, Query, type ServerSentEvent, sse } from 'twodoors';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { type Row, runRows } from './run-rows.js';

const VALUES: Record<string, () => unknown> = {
  map: () => ({ m: new Map([['a', new Set([1])]]) }),
  bigint: () => ({ n: 12345678901234567890n }),
  promise: () => ({ list: [{ later: Promise.reject(new Error('not awaited')) }] }),
  key: () => ({ deep: new Map([[{}, 1]]) }),
  cycle: () => {
    const map = new Map<string, unknown>();
    return map.set('self', map);
  },
  function: () => () => 1,
  plain: () => ({ a: {}, b: [null, 'λ'], c: new Date(0) }),
};

const JSON_OF = {
  map: '{"m":{"a":[1]}}',
  bigint: '{"n":"12345678901234567890"}',
  plain: '{"a":{},"b":[null,"λ"],"c":"1970-01-01T00:00:00.000Z"}',
};

const logged: string[] = [];

@Controller('/json')
class JsonController {
  @Get('/event') event(@Query('what') what: string) {
    return sse(
      (async function* (): AsyncGenerator<ServerSentEvent> {
        yield { data: VALUES[what]!() };
      })(),
    );
  }
  @Get('/problem') problem(@Query('what') what: string) {
    throw new HttpError(409, what);
  }
}

const app = defineApp({
  controllers: [JsonController],
  log: (error) => logged.push((error as Error).message),
  problem: (problem) => VALUES[problem.detail!]?.() as object,
});

beforeEach(() => {
  logged.length = 0;
});

const written = Object.entries(JSON_OF).flatMap(([what, json]): Row[] => [
  {
    rule: `the data of an event is written as a result is (${what})`,
    target: `/json/event?what=${what}`,
    reply: `:\n\ndata: ${json}\n\n`,
  },
  {
    rule: `what problem returns is written as a result is (${what})`,
    target: `/json/problem?what=${what}`,
    status: 409,
    reply: JSON.parse(json) as object,
  },
]);

describe('every door', () => runRows(app, written));

describe.each(doorNames)('%s: what JSON cannot carry is an error that names its place', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());

  const rows = [
    ['promise', 'has a promise at "list[0].later", which JSON cannot carry. Await it.'],
    ['key', 'has a Map at "deep" with a key of type object. Use strings or numbers, or send [...map].'],
    ['cycle', 'circular structure'],
    ['function', 'A value of type function cannot be sent as JSON.'],
  ] as const;

  test.each(rows)('a %s in the data of an event', async (what, message) => {
    // Where the door can stream, the head is out, and the connection breaks.
    const outcome = await door.request(`/json/event?what=${what}`).then(
      ({ status }) => status,
      () => 'broken off',
    );
    expect(outcome).toBe(name === 'koa' ? 'broken off' : 500);
    expect(logged).toEqual([expect.stringContaining(message)]);
  });

  test.each(rows.slice(0, 3))("a %s in what problem returns: the framework's own is sent", async (what, message) => {
    const response = await door.request(`/json/problem?what=${what}`);
    expect([response.status, JSON.parse(response.text())]).toEqual([409, expect.objectContaining({ detail: what })]);
    expect(logged).toEqual([expect.stringContaining(message)]);
  });
});
