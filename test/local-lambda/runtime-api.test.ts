/** The server of the Runtime API alone, with HTTP requests like those of a runtime. */

import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Invocation, InvocationFailure, type Outcome } from '../../src/cli/local-lambda/function/invocation.js';
import { RuntimeApi } from '../../src/cli/local-lambda/runtime-api/runtime-api.js';

let api: RuntimeApi;
beforeEach(async () => {
  api = await RuntimeApi.listen();
});
afterEach(() => api.close());

const INVOCATION: Invocation = {
  requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
  event: '{"hello":"wörld"}',
  deadlineMs: 1_542_409_706_888,
  functionArn: 'arn:aws:lambda:us-east-2:123456789012:function:custom-runtime',
  traceId: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1',
};
const RUNTIME = '/2018-06-01/runtime';
const INVOCATION_PATH = `${RUNTIME}/invocation/${INVOCATION.requestId}`;

interface ApiResponse {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

function open(method: string, path: string, headers: Record<string, string | string[]> = {}) {
  const [hostname, port] = api.address.split(':');
  const out = request({ hostname, port, method, path, headers, agent: false });
  const responded = once(out, 'response').then(async ([response]: IncomingMessage[]): Promise<ApiResponse> => {
    const { statusCode, headers } = response!;
    const body = await text(response!);
    return { status: statusCode, headers, body: JSON.parse(body) as unknown };
  });
  responded.catch(() => {});
  return { out, responded };
}

function send(method: string, path: string, body = '', headers: Record<string, string> = {}): Promise<ApiResponse> {
  const { out, responded } = open(method, path, headers);
  out.end(body);
  return responded;
}

const next = () => send('GET', `${RUNTIME}/invocation/next`);

/** Starts an invocation that the runtime has taken. */
async function begin(): Promise<Promise<Outcome>[]> {
  const outcome = api.invoke(INVOCATION);
  await next();
  return [outcome];
}

describe('next', () => {
  test.each(['before', 'after'])('returns the invocation that comes %s the request', async (order) => {
    if (order === 'before') void api.invoke(INVOCATION);
    const asked = next();
    if (order === 'after') {
      await api.idle();
      expect(api.isIdle).toBe(true);
      void api.invoke(INVOCATION);
    }
    const { status, headers, body } = await asked;
    expect({ status, body }).toEqual({ status: 200, body: { hello: 'wörld' } });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': INVOCATION.requestId,
      'lambda-runtime-deadline-ms': '1542409706888',
      'lambda-runtime-invoked-function-arn': INVOCATION.functionArn,
      'lambda-runtime-trace-id': INVOCATION.traceId,
    });
    expect(api.isIdle).toBe(false);
  });

  test('waits while an invocation is running; a second request is forbidden', async () => {
    await begin();
    const waiting = open('GET', `${RUNTIME}/invocation/next`);
    const again = open('GET', `${RUNTIME}/invocation/next`);
    for (const { out } of [waiting, again]) out.end();
    expect(await Promise.race([waiting.responded, again.responded])).toMatchObject({
      status: 403,
      body: { errorType: 'InvalidStateTransition' },
    });
    expect(api.isIdle).toBe(false);
    await send('POST', `${INVOCATION_PATH}/response`, '1');
    expect(api.isIdle).toBe(true);
    void api.invoke({ ...INVOCATION, requestId: 'second' });
    const responses = await Promise.all([waiting.responded, again.responded]);
    expect(responses.map(({ headers }) => headers['lambda-runtime-aws-request-id'])).toContain('second');
  });

  test('a runtime takes one invocation at a time', async () => {
    await begin();
    expect(() => api.invoke(INVOCATION)).toThrow('a runtime takes one at a time');
  });
});

describe('response', () => {
  test('is the result, and the next invocation can start', async () => {
    const [outcome] = await begin();
    expect(await send('POST', `${INVOCATION_PATH}/response`, '{"statusCode":200}')).toMatchObject({
      status: 202,
      body: { status: 'OK' },
    });
    expect(await outcome).toEqual({ kind: 'result', payload: Buffer.from('{"statusCode":200}') });
    const second = api.invoke({ ...INVOCATION, requestId: 'second' });
    await next();
    await send('POST', `${RUNTIME}/invocation/second/response`, '2');
    expect(await second).toEqual({ kind: 'result', payload: Buffer.from('2') });
  });

  test.each([
    ['before any invocation', async () => {}, INVOCATION_PATH],
    ['with another id', begin, `${RUNTIME}/invocation/other`],
    ['with a malformed id', begin, `${RUNTIME}/invocation/%zz`],
    [
      'that has a response already',
      async () => {
        await begin();
        await send('POST', `${INVOCATION_PATH}/response`, '1');
      },
      INVOCATION_PATH,
    ],
  ])('to an invocation %s is refused', async (_what, prepare, path) => {
    await prepare();
    for (const kind of ['response', 'error']) {
      expect(await send('POST', `${path}/${kind}`, '{}')).toMatchObject({
        status: 400,
        body: { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' },
      });
    }
  });

  test('of 6 MB and 100 bytes is accepted', async () => {
    const [outcome] = await begin();
    expect((await send('POST', `${INVOCATION_PATH}/response`, 'x'.repeat(6_291_556))).status).toBe(202);
    expect(await outcome).toMatchObject({ kind: 'result' });
  });

  test('above that is rejected, and fails the invocation', async () => {
    const [outcome] = await begin();
    expect(await send('POST', `${INVOCATION_PATH}/response`, 'x'.repeat(6_291_557))).toMatchObject({
      status: 413,
      body: {
        errorMessage: 'Exceeded maximum allowed payload size (6291556 bytes).',
        errorType: 'RequestEntityTooLarge',
      },
    });
    expect(await outcome).toMatchObject({
      kind: 'error',
      error: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    });
  });

  test('in an unknown mode is rejected, and fails the invocation', async () => {
    const [outcome] = await begin();
    const headers = { 'Lambda-Runtime-Function-Response-Mode': 'trickling' };
    expect(await send('POST', `${INVOCATION_PATH}/response`, '{}', headers)).toMatchObject({
      status: 400,
      body: { errorType: 'InvalidFunctionResponseMode' },
    });
    expect(await outcome).toMatchObject({ error: { errorType: 'Runtime.InvalidResponseModeHeader' } });
  });

  test('that is cut off fails the invocation', async () => {
    const [outcome] = await begin();
    const { out } = open('POST', `${INVOCATION_PATH}/response`, { 'Content-Length': '100' });
    out.on('error', () => {});
    out.write('a part', () => out.destroy());
    expect(await outcome).toMatchObject({ error: { errorType: 'Runtime.TruncatedResponse' } });
  });
});

describe('a streamed response', () => {
  const HEADERS = {
    'Lambda-Runtime-Function-Response-Mode': 'streaming',
    'Content-Type': 'application/vnd.awslambda.http-integration-response',
    'Transfer-Encoding': 'chunked',
    Trailer: ['Lambda-Runtime-Function-Error-Type', 'Lambda-Runtime-Function-Error-Body'],
  };

  async function beginStream() {
    const [outcome] = await begin();
    const { out, responded } = open('POST', `${INVOCATION_PATH}/response`, HEADERS);
    out.on('error', () => {});
    out.write('first');
    const streamed = await outcome;
    if (streamed?.kind !== 'stream') throw new Error(`It is ${streamed?.kind}.`);
    return { out, responded, contentType: streamed.contentType, chunks: streamed.body[Symbol.asyncIterator]() };
  }

  test('arrives as it is written', async () => {
    const { out, responded, contentType, chunks } = await beginStream();
    expect(contentType).toBe('application/vnd.awslambda.http-integration-response');
    expect(String((await chunks.next()).value)).toBe('first');
    expect(api.hasResponded).toBe(false);
    out.end('second');
    expect(String((await chunks.next()).value)).toBe('second');
    expect((await chunks.next()).done).toBe(true);
    expect((await responded).status).toBe(202);
    expect(api.hasResponded).toBe(true);
  });

  test('throws the error in the trailers, after the chunks before it', async () => {
    const { out, responded, chunks } = await beginStream();
    const told = { errorType: 'RangeError', errorMessage: 'too much', trace: ['RangeError: too much'] };
    out.addTrailers({
      'Lambda-Runtime-Function-Error-Type': 'RangeError',
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(told)).toString('base64'),
    });
    out.end();
    expect(String((await chunks.next()).value)).toBe('first');
    await expect(chunks.next()).rejects.toMatchObject({ error: told });
    expect((await responded).status).toBe(202);
  });

  test('throws if it is cut off', async () => {
    const { out, chunks } = await beginStream();
    expect(String((await chunks.next()).value)).toBe('first');
    out.destroy();
    await expect(chunks.next()).rejects.toThrow(InvocationFailure);
    await expect(beginStream()).resolves.toBeDefined();
  });

  test('throws if the runtime is stopped', async () => {
    const { chunks } = await beginStream();
    await chunks.next();
    const pending = chunks.next();
    api.fail({ errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 3.00 seconds' });
    await expect(pending).rejects.toMatchObject({ error: { errorType: 'Sandbox.Timedout' } });
  });

  test('is accepted no faster than it is read', async () => {
    const { out, responded, chunks } = await beginStream();
    let taken = 0;
    for (let i = 0; i < 64; i++) out.write(Buffer.alloc(1024 * 1024), () => taken++);
    // Nobody reads, so only the buffers of both ends are filled.
    for (let last = -1; last !== taken; ) {
      last = taken;
      for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(taken).toBeLessThan(64);
    out.end();
    let length = 0;
    for (let each = await chunks.next(); each.done !== true; each = await chunks.next()) length += each.value.length;
    expect([taken, length]).toEqual([64, 'first'.length + 64 * 1024 * 1024]);
    expect((await responded).status).toBe(202);
  });
});

describe('errors', () => {
  test('fail an invocation', async () => {
    const [outcome] = await begin();
    const error = { errorType: 'InvalidEvent', errorMessage: 'no event', trace: ['at x'] };
    expect((await send('POST', `${INVOCATION_PATH}/error`, JSON.stringify(error))).status).toBe(202);
    expect(await outcome).toEqual({ kind: 'error', error });
  });

  test('that are not JSON have the type in their header', async () => {
    const [outcome] = await begin();
    await send('POST', `${INVOCATION_PATH}/error`, 'oops', { 'Lambda-Runtime-Function-Error-Type': 'Unhandled' });
    expect(await outcome).toEqual({ kind: 'error', error: { errorType: 'Unhandled', errorMessage: '' } });
  });

  test('at initialisation fail the waiting invocation, and later ones', async () => {
    const waiting = api.invoke(INVOCATION);
    const error = { errorType: 'Runtime.ImportModuleError', errorMessage: "Cannot find module './gone'" };
    expect((await send('POST', `${RUNTIME}/init/error`, JSON.stringify(error))).status).toBe(202);
    expect(await waiting).toEqual({ kind: 'error', error });
    expect(await api.invoke(INVOCATION)).toEqual({ kind: 'error', error });
  });

  test('at initialisation are forbidden after it', async () => {
    await begin();
    expect(await send('POST', `${RUNTIME}/init/error`, '{}')).toMatchObject({
      status: 403,
      body: { errorType: 'InvalidStateTransition' },
    });
  });
});

test.each([
  ['GET', `${RUNTIME}/invocation/next/`],
  ['POST', `${RUNTIME}/invocation/next`],
  ['GET', `${INVOCATION_PATH}/response`],
  ['POST', '/2020-01-01/runtime/init/error'],
])('%s %s is a 404', async (method, path) => {
  expect((await send(method, path)).status).toBe(404);
});
