/** Streamed responses of a bundle in the local Lambda: what the client gets, and when. */

import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { GatewayName } from 'twodoors/testing';
import type { LocalFunction } from '../../src/cli/local-lambda/function/local-function.js';
import { bundle, makeProject, removeProjects, writeFile } from '../projects.js';
import { createGate, type Gate, makeFunction, removeFunctions } from './function-folder.js';
import { type LocalDoor, localFunction, openLocalDoor } from './local-door.js';

const APP = `
import { Controller, defineApp, Get, HttpReply, sse } from 'twodoors';
const gate = () => fetch(process.env.GATE!);
@Controller()
class Streams {
  @Get('/pid') pid() { return process.pid; }
  @Get('/chunks') async *chunks() {
    yield 'first ';
    await gate();
    yield Buffer.from('second');
  }
  @Get('/events') events() {
    return sse((async function* () {
      yield { id: '1', data: 'first' };
      await gate();
      yield { id: '2', data: 'second' };
    })());
  }
  @Get('/large') async *large() {
    for (let i = 0; i < 8; i++) yield new Uint8Array(1024 * 1024);
  }
  @Get('/head') head() {
    return new HttpReply('λ', { status: 201, headers: { 'x-a': 'é' }, cookies: ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'] });
  }
  @Get('/nothing') nothing() {}
  @Get('/fails-at-once') async *failsAtOnce() { yield* [] as string[]; throw new Error('at once'); }
  @Get('/fails-midway') async *failsMidway() { yield 'first '; throw new Error('midway'); }
  @Get('/dies-midway') async *diesMidway() { yield 'first '; await gate(); process.exit(3); }
  @Get('/hangs-midway') async *hangsMidway() { yield 'first '; await new Promise((resolve) => setInterval(resolve, 1e9)); }
}
export const app = defineApp({ controllers: [Streams], log: () => {} });
`;

// It starts a compiler and processes, beside all other tests.
jest.setTimeout(240_000);

let folder: string;
let gate: Gate;
let local: LocalFunction;
const doors = new Map<GatewayName, LocalDoor>();

beforeAll(async () => {
  const root = makeProject({
    'src/app.ts': APP,
    'src/bootstrap-lambda.ts': `
import { createStreamingHandler } from 'twodoors/lambda';
import { app } from './app.js';
export const handler = createStreamingHandler(app);
`,
  });
  folder = join(root, 'build/lambda');
  for (const [name, content] of (await bundle(root, 'lambda')).files) {
    writeFile(folder, name, Buffer.from(content).toString());
  }
  gate = await createGate();
  local = localFunction(folder, { environment: { GATE: gate.address }, concurrency: 2 });
  for (const gateway of ['rest', 'url', 'http', 'alb'] as const)
    doors.set(gateway, await openLocalDoor(gateway, local));
});
afterAll(async () => {
  for (const door of doors.values()) door.close();
  await local.kill();
  gate.close();
  removeFunctions();
  removeProjects();
});

const at = (gateway: GatewayName, path: string) => `http://127.0.0.1:${doors.get(gateway)!.port}${path}`;

describe.each(['rest', 'url'] as const)('%s', (gateway) => {
  test.each([
    ['/chunks', 'first ', 'second'],
    ['/events', ':\n\nid: 1\ndata: first\n\n', 'id: 2\ndata: second\n\n'],
  ])('%s: the first chunk arrives before the second is made', async (path, first, second) => {
    const response = await fetch(at(gateway, path));
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (text !== first) text += (await reader.read()).value;
    await gate.arrived(1);
    gate.open();
    for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value;
    expect(text).toBe(first + second);
  });

  test('the head has every header and cookie', async () => {
    const response = await doors.get(gateway)!.request('/head');
    expect(response).toMatchObject({
      status: 201,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-a': 'é' },
      cookies: ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'],
    });
    expect(response.text()).toBe('λ');
  });

  test('responses without a body, to HEAD, of a 404, and of a failure before the first chunk', async () => {
    const door = doors.get(gateway)!;
    const seen = [
      await door.request('/nothing'),
      await door.request('/head', { method: 'HEAD' }),
      await door.request('/nowhere'),
      await door.request('/fails-at-once'),
    ];
    expect(seen.map(({ status }) => status)).toEqual([204, 201, 404, 500]);
    expect(seen.map((response) => response.body.byteLength > 0)).toEqual([false, false, true, true]);
  });

  test('a stream can be larger than 6 MB', async () => {
    expect((await doors.get(gateway)!.request('/large')).body.byteLength).toBe(8 * 1024 * 1024);
  });

  test.each([
    ['/fails-midway', /^Error$/, 'midway'],
    // The end of the connection or of the process is noticed first.
    ['/dies-midway', /^Runtime\.(?:TruncatedResponse|ExitError)$/, /exited before its response|exit status 3/],
  ])('%s: the response is broken off, and the next one is complete', async (path, errorType, errorMessage) => {
    const door = doors.get(gateway)!;
    const before = door.errors.length;
    const response = await fetch(at(gateway, path));
    expect(response.status).toBe(200);
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first ');
    if (path === '/dies-midway') await gate.arrived(1).then(() => gate.open());
    await expect(reader.read()).rejects.toThrow();
    expect(door.errors.slice(before)).toEqual([
      expect.objectContaining({
        errorType: expect.stringMatching(errorType),
        errorMessage: expect.stringMatching(errorMessage),
      }),
    ]);
    expect((await door.request('/pid')).status).toBe(200);
  });

  test('the function goes on when the client leaves, as on Lambda', async () => {
    const door = doors.get(gateway)!;
    const pid = (await door.request('/pid')).text();
    const socket = connect(door.port, '127.0.0.1');
    socket.write('GET /chunks HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(socket, 'data');
    await gate.arrived(1);
    socket.destroy();
    gate.open();
    // The sandbox is idle again only when the response has ended.
    let lines: readonly string[] = [];
    while (!lines.some((line) => line.includes('the client left'))) lines = await door.lines(lines.length + 1);
    expect((await door.request('/pid')).text()).toBe(pid);
  });
});

test('a body that hangs is broken off before the deadline', async () => {
  const short = localFunction(folder, { settings: { timeoutSeconds: 0.6 } });
  const door = await openLocalDoor('url', short);
  await expect(door.request('/hangs-midway')).rejects.toThrow('The connection');
  expect(door.errors).toMatchObject([
    { errorType: 'HttpError', errorMessage: "The body had not ended 250 ms before Lambda's deadline" },
  ]);
  expect((await door.request('/pid')).status).toBe(200);
  door.close();
  await short.kill();
});

test.each([
  ['http', 500, 'an HTTP API, which does not read streamed responses'],
  ['alb', 502, 'a load balancer, which does not read streamed responses'],
] as const)('%s does not support streams, and the error says so', async (gateway, status, message) => {
  const door = doors.get(gateway)!;
  expect((await door.request('/pid')).status).toBe(status);
  expect(door.errors).toMatchObject([{ errorMessage: expect.stringContaining(message) }]);
});

describe('a streaming handler without twodoors', () => {
  const stream = (code: string) =>
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${code} });`;

  test.each([
    ['bytes without a head', "stream.write('bare'); stream.end();", [502, 200]],
    [
      'a head that is not JSON',
      "stream.setContentType(TYPE); stream.write('{'); stream.write(NULS); stream.end();",
      [502, 502],
    ],
    [
      'a head that never ends',
      "stream.setContentType(TYPE); stream.write('x'.repeat(20000)); stream.end();",
      [502, 502],
    ],
    [
      'a head without headers, and an empty body',
      "awslambda.HttpResponseStream.from(stream, { statusCode: 201 }).write(''); stream.end();",
      [201, 201],
    ],
    [
      'an end without a write, which loses the head',
      'awslambda.HttpResponseStream.from(stream, {}); stream.end();',
      [502, 502],
    ],
    ['an error before anything', "throw new Error('before');", [502, 502]],
  ])('%s', async (_what, code, statuses) => {
    const own = makeFunction({
      'index.js': `const TYPE = 'application/vnd.awslambda.http-integration-response'; const NULS = new Uint8Array(8);${stream(code)}`,
    });
    const other = localFunction(own);
    const seen: number[] = [];
    for (const gateway of ['rest', 'url'] as const) {
      const door = await openLocalDoor(gateway, other);
      seen.push((await door.request('/')).status);
      door.close();
    }
    await other.kill();
    expect(seen).toEqual(statuses);
  });
});
