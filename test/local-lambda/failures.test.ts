/** Failures of a function, and limits: the response is the one of AWS, and the next request succeeds. */

import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { GatewayName } from 'twodoors/testing';
import type { LocalFunction } from '../../src/cli/local-lambda/function/local-function.js';
import type { GatewayServerOptions } from '../../src/cli/local-lambda/gateway/gateway-server.js';
import { createGate, type Gate, makeFunction, removeFunctions } from './function-folder.js';
import { type FunctionInit, type LocalDoor, localFunction, openLocalDoor } from './local-door.js';

const CODE = `
const bytes = (count) => ({ statusCode: 200, headers: {}, body: 'x'.repeat(count) });
const fail = (message) => { throw new Error(message); };
const never = () => new Promise(() => setInterval(() => {}, 1000));
const cases = {
  '/ok': () => {
    const pid = String(process.pid);
    return { statusCode: 200, headers: { 'x-pid': pid }, multiValueHeaders: { 'x-pid': [pid] }, body: 'ok' };
  },
  '/throws': () => fail('thrown'),
  '/throws-text': () => { throw 'a text'; },
  '/exits': () => process.exit(3),
  '/ends': () => process.exit(0),
  '/is-killed': () => process.kill(process.pid, 'SIGKILL'),
  '/hangs': never,
  '/spins': () => { for (;;); },
  '/waits-for-nothing': () => new Promise(() => {}),
  '/rejects': () => { Promise.reject(new Error('not awaited')); return never(); },
  '/throws-later': () => { setImmediate(() => fail('later')); return never(); },
  '/circular': () => { const circular = {}; circular.self = circular; return circular; },
  '/status': () => ({ statusCode: 'two hundred' }),
  '/header': () => ({ statusCode: 200, headers: { 'x-a': 'a\\nb' }, multiValueHeaders: { 'x-a': ['a\\nb'] }, body: '' }),
  '/no-object': () => 7n.constructor === BigInt ? { statusCode: 1000 } : undefined,
  '/large': () => bytes(7 * 1024 * 1024),
  '/waits': async () => { await fetch(process.env.GATE); return cases['/ok'](); },
};
if (process.env.INIT === 'throws') throw new Error('no database');
if (process.env.INIT === 'exits') process.exit(4);
if (process.env.INIT === 'rejects') Promise.reject(new Error('not awaited'));
exports.handler = async (event) => {
  const path = event.rawPath ?? event.path;
  if (event.requestContext.elb) return { headers: {}, multiValueHeaders: {}, ...await cases[path]() };
  const { multiValueHeaders, ...result } = Object(await cases[path]());
  return multiValueHeaders && event.version !== '2.0' ? { ...result, multiValueHeaders } : result;
};
`;

// It starts processes, beside all other tests.
jest.setTimeout(240_000);

let folder: string;
let gate: Gate;
const opened: (() => unknown)[] = [];

beforeAll(async () => {
  folder = makeFunction({ 'index.js': CODE });
  gate = await createGate();
});
afterEach(async () => {
  gate.open();
  for (const close of opened.splice(0)) await close();
});
afterAll(() => {
  gate.close();
  removeFunctions();
});

interface Opened {
  readonly door: LocalDoor;
  readonly local: LocalFunction;
}

async function open(
  gateway: GatewayName,
  init: FunctionInit = {},
  options: Partial<GatewayServerOptions> = {},
): Promise<Opened> {
  const local = localFunction(folder, { environment: { GATE: gate.address }, ...init });
  const door = await openLocalDoor(gateway, local, options);
  opened.push(
    () => door.close(),
    () => local.kill(),
  );
  return { door, local };
}

/** The response of each gateway when the function fails. */
const FAILURE_RESPONSES: Record<GatewayName, readonly [status: number, text: string | RegExp]> = {
  rest: [502, '{"message":"Internal server error"}'],
  http: [500, '{"message":"Internal Server Error"}'],
  url: [502, 'Internal Server Error'],
  alb: [502, /502 Bad Gateway/],
  'alb-multi': [502, /502 Bad Gateway/],
};
const GATEWAYS = Object.keys(FAILURE_RESPONSES) as GatewayName[];

async function expectFailure(door: LocalDoor, gateway: GatewayName, path: string): Promise<void> {
  const response = await door.request(path);
  const [status, text] = FAILURE_RESPONSES[gateway];
  expect([response.status, response.text()]).toEqual([
    status,
    typeof text === 'string' ? text : expect.stringMatching(text),
  ]);
}

const FAILURES: readonly [path: string, errorType: string, errorMessage: string | RegExp][] = [
  ['/throws', 'Error', 'thrown'],
  ['/throws-text', 'string', 'a text'],
  ['/exits', 'Runtime.ExitError', /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/],
  ['/ends', 'Runtime.ExitError', /Error: Runtime exited without providing a reason$/],
  ['/is-killed', 'Runtime.ExitError', /Error: Runtime exited with error: signal: killed$/],
  ['/waits-for-nothing', 'Runtime.ExitError', /Error: Runtime exited without providing a reason$/],
  ['/rejects', 'Runtime.UnhandledPromiseRejection', 'not awaited'],
  ['/throws-later', 'Error', 'later'],
  ['/circular', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
  [
    '/large',
    'Function.ResponseSizeTooLarge',
    'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  ],
];

test('a function fails in each way, and the next request succeeds', async () => {
  const { door } = await open('rest');
  const seen: unknown[] = [];
  for (const [path] of FAILURES) {
    await expectFailure(door, 'rest', path);
    seen.push([path, door.errors.at(-1)?.errorType, door.errors.at(-1)?.errorMessage]);
    expect((await door.request('/ok')).text()).toBe('ok');
  }
  expect(seen).toEqual(
    FAILURES.map(([path, type, message]) => [
      path,
      type,
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]),
  );
  expect(door.errors).toHaveLength(FAILURES.length);
});

describe.each(GATEWAYS)('%s: a function fails', (gateway) => {
  test('by throwing and by exiting, and the next request succeeds', async () => {
    const { door } = await open(gateway);
    for (const path of ['/throws', '/exits']) await expectFailure(door, gateway, path);
    expect((await door.request('/ok')).text()).toBe('ok');
  });

  test('with an invalid result, and the next request succeeds', async () => {
    const { door } = await open(gateway);
    for (const path of ['/status', '/no-object', '/header']) await expectFailure(door, gateway, path);
    expect((await door.request('/ok')).text()).toBe('ok');
    // The function itself did not fail.
    expect(door.errors).toEqual([]);
    expect(door.warnings).toEqual([
      'The gateway cannot send the response of the function: Invalid character in header content ["x-a"]',
    ]);
  });
});

test.each([
  ['rest', '/hangs'],
  ['http', '/hangs'],
  ['url', '/spins'],
  ['alb', '/hangs'],
] as const)('%s: %s is killed at its deadline, and the next sandbox runs', async (gateway, path) => {
  const { door } = await open(gateway, { settings: { timeoutSeconds: 0.5 } });
  const before = await door.request('/ok');
  await expectFailure(door, gateway, path);
  expect(door.errors).toEqual([
    {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 0\.50 seconds$/),
    },
  ]);
  const after = await door.request('/ok');
  expect(after.headers['x-pid']).not.toBe(before.headers['x-pid']);
  expect(await door.lines(3)).toEqual([
    `${gateway}  GET  /ok  200  ms  cold  MB`,
    `${gateway}  GET  ${path}  ${FAILURE_RESPONSES[gateway][0]}  ms  warm`,
    `${gateway}  GET  /ok  200  ms  cold  MB`,
  ]);
});

describe('a function that cannot begin', () => {
  test.each([
    ['throws', 'Error', 'no database'],
    ['exits', 'Runtime.ExitError', /exit status 4$/],
    ['rejects', 'Runtime.UnhandledPromiseRejection', 'not awaited'],
  ])('its module %s', async (what, errorType, errorMessage) => {
    const { door } = await open('rest', { environment: { INIT: what } });
    for (const _ of [1, 2]) await expectFailure(door, 'rest', '/ok');
    const error = {
      errorType,
      errorMessage: typeof errorMessage === 'string' ? errorMessage : expect.stringMatching(errorMessage),
    };
    expect(door.errors).toMatchObject([error, error]);
  });

  test.each([
    ['index.js', 'exports.handler = (event, context, callback) => callback();', 'CallbackHandlerDeprecated'],
    ['index.js', 'exports.handle = async () => {};', 'HandlerNotFound'],
    ['index.js', 'exports.handler = 1;', 'HandlerNotFound'],
    ['index.js', 'exports.handler = ;', 'UserCodeSyntaxError'],
    ['index.mjs', 'export const handler = async () => {', 'UserCodeSyntaxError'],
    ['other.js', '', 'ImportModuleError'],
    ['index.js', "require('./gone.js');", 'ImportModuleError'],
  ])('%s: %s', async (name, code, type) => {
    const local = localFunction(makeFunction({ [name]: code }));
    const door = await openLocalDoor('url', local);
    opened.push(
      () => door.close(),
      () => local.kill(),
    );
    await expectFailure(door, 'url', '/');
    expect(door.errors).toMatchObject([{ errorType: `Runtime.${type}` }]);
  });

  test('the function could not be built', async () => {
    const { door } = await open('http', {}, { target: async () => undefined });
    await expectFailure(door, 'http', '/ok');
  });
});

describe('a handler can be in any kind of module', () => {
  test.each([
    ['index.mjs', 'index.handler', 'export const handler = async () => "found";'],
    ['index.cjs', 'index.handler', 'exports.handler = async () => "found";'],
    ['index.js', 'index.nested.handler', 'exports.nested = { handler: async () => "found" };'],
    ['deep/er/index.mjs', 'deep/er/index.handler', 'export default { handler: async () => "found" };'],
  ])('%s, %s', async (name, handler, code) => {
    const local = localFunction(makeFunction({ [name]: code }), { handler });
    opened.push(() => local.kill());
    const outcome = await (await local.invoke('{}'))!.outcome;
    expect(outcome).toEqual({ kind: 'result', payload: Buffer.from('"found"') });
  });
});

describe('limits of the gateway', () => {
  const MEGABYTE = 1024 * 1024;

  test.each([
    ['rest', 10, 413, '{"message":"Request Too Long"}'],
    ['http', 10, 413, '{"message":"Request Entity Too Large"}'],
    ['url', 6, 413, '{"Message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"}'],
    ['alb', 1, 413, /413 Request Entity Too Large/],
  ] as const)('%s: a body above %d MB', async (gateway, limit, status, text) => {
    const { door } = await open(gateway);
    const response = await door.request('/ok', { method: 'POST', body: new Uint8Array(limit * MEGABYTE + 1) });
    expect([response.status, response.text()]).toEqual([
      status,
      typeof text === 'string' ? text : expect.stringMatching(text),
    ]);
    expect((await door.request('/ok', { method: 'POST', body: new Uint8Array(MEGABYTE) })).text()).toBe('ok');
  });

  test.each(['rest', 'http', 'url'] as const)('%s: an event above 6 MB, of a smaller body', async (gateway) => {
    const { door } = await open(gateway);
    const body = new Uint8Array(4.6 * MEGABYTE);
    expect((await door.request('/ok', { method: 'POST', body })).status).toBe(413);
    expect((await door.request('/ok')).text()).toBe('ok');
  });

  test.each([
    ['rest', 504, '{"message":"Endpoint request timed out"}'],
    ['http', 503, '{"message":"Service Unavailable"}'],
  ] as const)('%s: the gateway stops waiting, and the function goes on', async (gateway, status, text) => {
    const { door } = await open(gateway, {}, { timeoutMs: 10 });
    const response = await door.request('/waits');
    expect([response.status, response.text()]).toEqual([status, text]);
    expect(await door.lines(1)).toEqual([`${gateway}  GET  /waits  ${status}  ms  cold  (the gateway timed out)`]);
  });

  test.each([
    ['rest', 500],
    ['http', 503],
    ['url', 429],
    ['alb', 502],
  ] as const)('%s: invocations above the concurrency are throttled', async (gateway, status) => {
    const { door } = await open(gateway);
    const first = door.request('/waits');
    await gate.arrived(1);
    expect((await door.request('/ok')).status).toBe(status);
    gate.open();
    expect((await first).text()).toBe('ok');
    expect((await door.request('/ok')).text()).toBe('ok');
  });
});

describe('sandboxes', () => {
  test('each concurrent request has a sandbox, and sandboxes are reused', async () => {
    const { door } = await open('url', { concurrency: 2 });
    const first = door.request('/waits');
    await gate.arrived(1);
    const second = await door.request('/ok');
    gate.open();
    const pids = [second.headers['x-pid'], (await first).headers['x-pid']];
    expect(new Set(pids).size).toBe(2);
    expect(pids).toContain((await door.request('/ok')).headers['x-pid']);
    // A line is written when its sandbox is idle again, which can be after the line of a later request.
    expect((await door.lines(3)).map((line) => line.split('  ')[5]).toSorted()).toEqual(['cold', 'cold', 'warm']);
  });

  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux('sandboxes are frozen between invocations', async () => {
    const { local } = await open('url', { freezes: true });
    const { door } = await open('url', {}, { target: async () => local });
    const state = (pid: string) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))![1];
    const pid = (await door.request('/ok')).headers['x-pid']!;
    await door.lines(1);
    // The system stops the process some time after the signal was sent.
    while (state(pid) !== 'T') await new Promise((resolve) => setImmediate(resolve));
    expect((await door.request('/ok')).headers['x-pid']).toBe(pid);
  });
});
