import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Context } from 'aws-lambda';
import { Controller, defineApp, Get, HttpReply, type HttpRequest, Req, type ServerSentEvent, sse } from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { type AwsLambda, createStreamingHandler, type ResponseStream, type StreamMetadata } from 'twodoors/lambda';
import { albEvent, httpEvent, latticeEvent, otherEvents, restEvent, urlEvent } from './fixtures/events/events.js';

/** A gate that a test opens: chunks come when it says so, and not after some time. */
function createGate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

let gate = createGate();
const told: string[] = [];
const logged: string[] = [];

@Controller()
class StreamController {
  @Get('/text') text() {
    return new HttpReply('λ', {
      status: 201,
      headers: { 'x-own': '1' },
      cookies: ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'],
    });
  }
  @Get('/nothing') nothing() {}
  @Get('/bytes') bytes() {
    return new Uint8Array([0, 255]);
  }
  @Get('/chunks') async *chunks() {
    yield 'first ';
    await gate.opened;
    yield Buffer.from('second');
  }
  @Get('/none') async *none() {}
  @Get('/fails-at-once') async *failsAtOnce() {
    yield* [] as string[];
    throw new Error('at once');
  }
  @Get('/wide') wide() {
    const body = new Readable({
      destroy(error, done) {
        told.push('returned');
        done(error);
      },
    });
    return new HttpReply(body, { headers: { 'x-wide': 'x'.repeat(20_000) } });
  }
  @Get('/fails-midway') async *failsMidway() {
    yield 'beginning';
    throw new Error('midway');
  }
  @Get('/large') async *large() {
    for (let i = 0; i < 64; i++) {
      told.push(`chunk ${i}`);
      yield 'x'.repeat(64 * 1024);
    }
  }
  @Get('/hangs') async *hangs(@Req() request: HttpRequest) {
    yield 'then nothing';
    await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    told.push(`aborted: ${(request.signal.reason as Error).message}`);
  }
  @Get('/events') events() {
    return sse(
      (async function* (): AsyncGenerator<ServerSentEvent | string> {
        yield { id: '1', event: 'tick', retry: 500, data: { n: 1 } };
        yield 'two\nlines';
        yield { comment: 'still here' };
        await gate.opened;
        yield 'last';
      })(),
      { heartbeat: 5 },
    );
  }
}

const app = defineApp({ controllers: [StreamController], log: (error) => logged.push((error as Error).message) });

/**
 * The runtime's part, as aws-lambda-ric 4 does it: the response is a chunked request to the Runtime API; the prelude and
 * eight NULs go out with the first write, and an end alone loses them; what a handler throws becomes a trailer.
 */
const awslambda: AwsLambda = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: {
    from(stream, metadata) {
      const inner = stream as ResponseStream & { setHeader(name: string, value: string): void };
      inner.setHeader('content-type', 'application/vnd.awslambda.http-integration-response');
      const write = stream.write.bind(stream);
      let isFirst = true;
      stream.write = (chunk) => {
        if (isFirst) {
          isFirst = false;
          write(JSON.stringify(metadata));
          write(new Uint8Array(8));
        }
        return write(chunk);
      };
      return stream;
    },
  },
};

interface Streamed {
  metadata: StreamMetadata | undefined;
  body: string;
  bytes: Buffer;
  error: string | undefined;
}

type Invoke = (
  event: unknown,
  context?: Context,
  read?: (request: IncomingMessage) => Promise<void>,
) => Promise<Streamed>;

/** Invokes the handler as the runtime would, against a Runtime API on a socket. */
const invoke: Invoke = async (event, context, read) => {
  (globalThis as { awslambda?: unknown }).awslambda = awslambda;
  const handler = createStreamingHandler(app);
  const chunks: Buffer[] = [];
  let settle!: (request: IncomingMessage) => void;
  const arrived = new Promise<IncomingMessage>((resolve) => {
    settle = resolve;
  });
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    settle(request);
    void (read?.(request) ?? Promise.resolve()).then(() => {
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.end());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const out = httpRequest({
    port: (server.address() as AddressInfo).port,
    method: 'POST',
    headers: { trailer: 'Lambda-Runtime-Function-Error-Type', 'transfer-encoding': 'chunked' },
  });
  const responded = once(out, 'response');
  try {
    await handler(event, out as unknown as ResponseStream, context);
  } catch (error) {
    out.addTrailers({ 'Lambda-Runtime-Function-Error-Type': (error as Error).name });
    out.end();
  }
  const [response] = (await responded) as [IncomingMessage];
  response.resume();
  const request = await arrived;
  server.close();
  server.closeAllConnections();
  const all = Buffer.concat(chunks);
  const mark = all.indexOf(Buffer.alloc(8));
  const bytes = mark === -1 ? all : all.subarray(mark + 8);
  return {
    metadata: mark === -1 ? undefined : (JSON.parse(all.subarray(0, mark).toString()) as StreamMetadata),
    body: bytes.toString(),
    bytes,
    error: request.trailers['lambda-runtime-function-error-type'],
  };
};

const at = (path: string) => urlEvent({ rawPath: path });

beforeEach(() => {
  gate = createGate();
  told.length = logged.length = 0;
});

afterEach(() => {
  delete (globalThis as { awslambda?: unknown }).awslambda;
});

describe('createStreamingHandler', () => {
  test.each([
    ['Function URL', urlEvent({ rawPath: '/text' })],
    ['REST', restEvent({ path: '/text' })],
  ])('%s: status, headers and cookies go before the body', async (_name, event) => {
    expect(await invoke(event)).toMatchObject({
      metadata: {
        statusCode: 201,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'x-own': '1' },
        cookies: ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'],
      },
      body: 'λ',
      error: undefined,
    });
  });

  test.each(['/nothing', '/none'])('an empty body (%s) does not lose the head', async (path) => {
    const { metadata, body, error } = await invoke(at(path));
    expect([metadata?.statusCode, body, error]).toEqual([path === '/nothing' ? 204 : 200, '', undefined]);
  });

  test('bytes are bytes', async () => {
    expect([...(await invoke(at('/bytes'))).bytes]).toEqual([0, 255]);
  });

  test('404 and the like, too', async () => {
    expect(await invoke(at('/nowhere'))).toMatchObject({ metadata: { statusCode: 404 }, error: undefined });
  });

  test('chunks go out as they come', async () => {
    const { metadata, body } = await invoke(at('/chunks'), undefined, async (request) => {
      // The first chunk is here before the gate lets the second be made.
      await once(request, 'readable');
      gate.open();
    });
    expect([metadata?.statusCode, body]).toEqual([200, 'first second']);
  });

  test('a stream that fails at once is a plain 500', async () => {
    expect(await invoke(at('/fails-at-once'))).toMatchObject({ metadata: { statusCode: 500 }, error: undefined });
    expect(logged).toEqual(['at once']);
  });

  test('headers beyond what a REST API takes are a logged 500, and what they belong to is closed', async () => {
    const event = restEvent({ path: '/wide' });
    expect(await invoke(event)).toMatchObject({ metadata: { statusCode: 500 }, error: undefined });
    expect(logged).toEqual([expect.stringContaining('headers are larger than the 10240 bytes')]);
    expect(told).toEqual(['returned']);
  });

  test('a stream that fails midway never looks complete, and is logged', async () => {
    expect(await invoke(at('/fails-midway'))).toMatchObject({
      metadata: { statusCode: 200 },
      body: 'beginning',
      error: 'Error',
    });
    expect(logged).toEqual(['midway']);
  });

  test('no more is made than the client takes', async () => {
    let before = 0;
    const { bytes } = await invoke(at('/large'), undefined, async () => {
      // Nothing is read until the handler waits: what the buffers of both ends hold is all that was made.
      for (let last = -1; last !== told.length || told.length === 0; ) {
        last = told.length;
        for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
      }
      before = told.length;
    });
    expect(before).toBeLessThan(64);
    expect([told.length, bytes.byteLength]).toEqual([64, 64 * 64 * 1024]);
  });

  test('the deadline breaks a body off, and fires the signal', async () => {
    const near = { getRemainingTimeInMillis: () => 270 } as Context;
    expect(await invoke(at('/hangs'), near)).toMatchObject({ body: 'then nothing', error: 'HttpError' });
    expect(told).toEqual(["aborted: The body had not ended 250 ms before Lambda's deadline"]);
  });

  test.each([
    ['an HTTP API', httpEvent()],
    ['a load balancer', albEvent()],
    ['VPC Lattice', latticeEvent()],
  ])('%s reads no stream, and the error says so', async (source, event) => {
    (globalThis as { awslambda?: unknown }).awslambda = awslambda;
    const handler = createStreamingHandler(app);
    await expect(handler(event, {} as ResponseStream)).rejects.toThrow(
      `comes from ${source}, which does not read streamed`,
    );
  });

  test.each(Object.entries(otherEvents))('%s is not a request', async (_name, event) => {
    (globalThis as { awslambda?: unknown }).awslambda = awslambda;
    await expect(createStreamingHandler(app)(event, {} as ResponseStream)).rejects.toThrow('is not an HTTP request');
  });

  test.each([undefined, null, {}, { HttpResponseStream: {} }])(
    'a global %j is not the runtime’s, and the error says so',
    async (other) => {
      (globalThis as { awslambda?: unknown }).awslambda = other;
      await expect(createStreamingHandler(app)(at('/text'), {} as ResponseStream)).rejects.toThrow(
        /needs the global "awslambda".*use createHandler/,
      );
    },
  );
});

describe('sse', () => {
  const FIRST = 'id: 1\nevent: tick\nretry: 500'.split('\n');

  test('frames, a heartbeat while nothing comes, and the same on Koa', async () => {
    const open = async () => gate.open();
    const streamed = await invoke(at('/events'), undefined, async (request) => {
      await once(request, 'readable');
      await open();
    });
    expect(streamed.metadata?.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const frames = streamed.body.replace(/(?::\n\n)+/g, '').split('\n\n');
    expect(frames[0]!.split('\n').sort()).toEqual([...FIRST, 'data: {"n":1}'].sort());
    expect(frames.slice(1)).toEqual(['data: two\ndata: lines', ': still here', 'data: last', '']);

    gate = createGate();
    const server = createServer(toKoa(app).callback()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/events`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('\n:\n\n')) text += (await reader.read()).value;
    gate.open();
    for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value;
    expect(text.replace(/(?::\n\n)+/g, '').split('\n\n')).toEqual(frames);
    server.close();
    server.closeAllConnections();
  });
});
