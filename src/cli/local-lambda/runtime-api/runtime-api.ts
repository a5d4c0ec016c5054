import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FunctionError, type Invocation, type Outcome, RESULT_LIMIT } from '../function/invocation.js';
import { readPayload } from './read-payload.js';
import { ResponseBody } from './response-body.js';

const ROUTE = /^\/2018-06-01\/runtime\/(?:(init\/error)|invocation\/(?:(next)|([^/]+)\/(response|error)))$/;

/** An invocation that waits for the runtime's response. */
interface Running {
  readonly invocation: Invocation;
  readonly settle: (outcome: Outcome) => void;
  /** Its streamed response, once that has started. */
  body?: ResponseBody;
}

/**
 * A server of the Lambda Runtime API, version 2018-06-01, for one runtime. It hands out invocations one after another, and
 * takes their responses. Like Lambda's own it cannot distinguish runtimes, so each runtime needs its own server.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * @example
 * ```ts
 * const api = await RuntimeApi.listen();
 * spawn('node', ['client.js'], { env: { AWS_LAMBDA_RUNTIME_API: api.address } });
 * const outcome = await api.invoke(invocation);
 * ```
 */
export class RuntimeApi {
  /** The value of `AWS_LAMBDA_RUNTIME_API`: host and port. */
  readonly address: string;
  readonly #server: Server;
  #waiting: ServerResponse | undefined;
  #queued: Running | undefined;
  #running: Running | undefined;
  #isInitialised = false;
  #failure: FunctionError | undefined;
  #onIdle: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#route(request, response));
  }

  /** Listens on a free port of the loopback interface. */
  static async listen(): Promise<RuntimeApi> {
    const server = createServer();
    // A runtime may wait for its next invocation without a limit, frozen or not.
    server.requestTimeout = server.headersTimeout = server.timeout = server.keepAliveTimeout = 0;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RuntimeApi(server);
  }

  /** Whether the runtime has responded to every invocation. It may not have requested the next one yet. */
  get hasResponded(): boolean {
    return this.#queued === undefined && this.#running === undefined;
  }

  /** Whether the runtime is waiting for an invocation. */
  get isIdle(): boolean {
    return this.#waiting !== undefined && this.hasResponded;
  }

  /** Resolves when the runtime waits for an invocation, or when it never will. */
  async idle(): Promise<void> {
    if (this.isIdle || this.#failure !== undefined) return;
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  /**
   * Hands an invocation to the runtime as soon as it requests one. Resolves when the runtime has responded, or has started
   * to stream.
   *
   * @throws Error while another invocation is running: a runtime takes one at a time
   */
  invoke(invocation: Invocation): Promise<Outcome> {
    if (!this.hasResponded) {
      throw new Error('Another invocation is running, and a runtime takes one at a time. Wait for it.');
    }
    if (this.#failure !== undefined) return Promise.resolve({ kind: 'error', error: this.#failure });
    return new Promise((settle) => {
      this.#queued = { invocation, settle };
      this.#dispatch();
    });
  }

  /** Fails the current invocation and every later one, because the runtime is gone or will be. The first error counts. */
  fail(error: FunctionError): void {
    this.#failure ??= error;
    const running = this.#running ?? this.#queued;
    this.#running = this.#queued = undefined;
    if (running !== undefined) failInvocation(running, this.#failure);
    this.#wakeIfIdle();
  }

  /** Stops listening, and closes every connection. */
  close(): void {
    this.fail({ errorType: 'Runtime.Unknown', errorMessage: 'The runtime was stopped.' });
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const [, init, next, id, kind] = ROUTE.exec(request.url ?? '') ?? [];
    const isPost = request.method === 'POST';
    if (next !== undefined && request.method === 'GET') this.#handOutNext(response);
    else if (init !== undefined && isPost) void this.#takeInitError(request, response);
    else if (kind === 'response' && isPost) void this.#takeResponse(decodeId(id!), request, response);
    else if (kind === 'error' && isPost) void this.#takeError(decodeId(id!), request, response);
    else {
      request.resume();
      respond(response, 404, { errorMessage: `There is no ${request.method} ${request.url}`, errorType: 'NotFound' });
    }
  }

  #handOutNext(response: ServerResponse): void {
    // AWS's own client requests the next invocation while the end of a streamed response is still arriving: it waits.
    if (this.#waiting !== undefined) {
      forbid(response, 'Ready', 'Ready');
      return;
    }
    this.#isInitialised = true;
    this.#waiting = response;
    response.once('close', () => {
      if (this.#waiting === response) this.#waiting = undefined;
    });
    this.#dispatch();
    this.#wakeIfIdle();
  }

  #dispatch(): void {
    const response = this.#waiting;
    const running = this.#queued;
    if (response === undefined || running === undefined) return;
    this.#waiting = this.#queued = undefined;
    this.#running = running;
    const { requestId, event, deadlineMs, functionArn, traceId } = running.invocation;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(event),
      'Lambda-Runtime-Aws-Request-Id': requestId,
      'Lambda-Runtime-Deadline-Ms': deadlineMs,
      'Lambda-Runtime-Invoked-Function-Arn': functionArn,
      'Lambda-Runtime-Trace-Id': traceId,
    });
    response.end(event);
  }

  async #takeResponse(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const running = this.#runningOf(id, request, response);
    if (running === undefined) return;
    const mode = request.headers['lambda-runtime-function-response-mode'];
    if (mode === 'streaming') return this.#stream(running, request, response);
    if (mode !== undefined) {
      request.resume();
      const errorMessage = `Unknown response mode ${JSON.stringify(mode)}.`;
      this.#settle(running, { kind: 'error', error: { errorType: 'Runtime.InvalidResponseModeHeader', errorMessage } });
      return respond(response, 400, {
        errorMessage: 'Invalid function response mode',
        errorType: 'InvalidFunctionResponseMode',
      });
    }
    const payload = await readPayload(request, RESULT_LIMIT);
    if (payload === 'truncated') return this.#settle(running, { kind: 'error', error: TRUNCATED });
    if (payload === 'too large') {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESULT_LIMIT} bytes).`;
      this.#settle(running, { kind: 'error', error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } });
      return tooLarge(response);
    }
    this.#settle(running, { kind: 'result', payload });
    accept(response);
  }

  async #stream(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    const body = new ResponseBody(request);
    running.body = body;
    running.settle({ kind: 'stream', contentType, body });
    const isWhole = await body.done;
    this.#release(running);
    if (isWhole) accept(response);
    else tooLarge(response);
  }

  async #takeError(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const running = this.#runningOf(id, request, response);
    if (running === undefined) return;
    this.#settle(running, { kind: 'error', error: await readError(request) });
    accept(response);
  }

  async #takeInitError(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#isInitialised) {
      request.resume();
      return forbid(response, this.#running === undefined ? 'Ready' : 'Running', 'InitError');
    }
    const error = await readError(request);
    accept(response);
    this.fail(error);
  }

  /** Finds the running invocation with this id. Responds with an error if it is not running. */
  #runningOf(id: string, request: IncomingMessage, response: ServerResponse): Running | undefined {
    const running = this.#running;
    if (running?.invocation.requestId === id && running.body === undefined) return running;
    request.resume();
    respond(response, 400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' });
    return undefined;
  }

  #settle(running: Running, outcome: Outcome): void {
    running.settle(outcome);
    this.#release(running);
  }

  #release(running: Running): void {
    if (this.#running === running) this.#running = undefined;
    this.#wakeIfIdle();
  }

  #wakeIfIdle(): void {
    if (!this.isIdle && this.#failure === undefined) return;
    for (const wake of this.#onIdle.splice(0)) wake();
  }
}

/** Decodes an id from a path. A malformed id matches no invocation. */
function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return '';
  }
}

const TRUNCATED: FunctionError = {
  errorType: 'Runtime.TruncatedResponse',
  errorMessage: 'The runtime closed the connection before its response was complete.',
};

function failInvocation({ settle, body }: Running, error: FunctionError): void {
  if (body === undefined) settle({ kind: 'error', error });
  else body.fail(error);
}

async function readError(request: IncomingMessage): Promise<FunctionError> {
  const type = request.headers['lambda-runtime-function-error-type'];
  const payload = await readPayload(request, RESULT_LIMIT);
  let reported: Partial<Record<keyof FunctionError, unknown>> = {};
  try {
    if (typeof payload !== 'string') reported = (JSON.parse(payload.toString()) as typeof reported | null) ?? {};
  } catch {
    // The header still has the type.
  }
  return {
    errorType:
      typeof reported.errorType === 'string' ? reported.errorType : typeof type === 'string' ? type : 'Runtime.Unknown',
    errorMessage: typeof reported.errorMessage === 'string' ? reported.errorMessage : '',
    ...(Array.isArray(reported.trace) ? { trace: reported.trace.map(String) } : {}),
  };
}

function accept(response: ServerResponse): void {
  respond(response, 202, { status: 'OK' });
}

function tooLarge(response: ServerResponse): void {
  const errorMessage = `Exceeded maximum allowed payload size (${RESULT_LIMIT} bytes).`;
  respond(response, 413, { errorMessage, errorType: 'RequestEntityTooLarge' });
}

function forbid(response: ServerResponse, from: string, to: string): void {
  respond(response, 403, {
    errorMessage: `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`,
    errorType: 'InvalidStateTransition',
  });
}

function respond(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
