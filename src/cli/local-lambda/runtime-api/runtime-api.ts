import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FunctionError, type Invocation, type Outcome, RESULT_LIMIT } from '../function/invocation.js';
import { readPayload } from './payload.js';
import { ResponseBody } from './response-body.js';

const ROUTE = /^\/2018-06-01\/runtime\/(?:(init\/error)|invocation\/(?:(next)|([^/]+)\/(response|error)))$/;

/** An invocation that a runtime has, and has not answered. */
interface Running {
  readonly invocation: Invocation;
  readonly settle: (outcome: Outcome) => void;
  /** Its streamed answer, once that has begun. */
  body?: ResponseBody;
}

/**
 * A server of the Lambda Runtime API, version 2018-06-01, for one runtime: it hands out invocations one after another,
 * and takes what becomes of them. Like Lambda's own it knows runtimes by nothing, so that each needs a server of its own.
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
  /** What `AWS_LAMBDA_RUNTIME_API` is: host and port. */
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
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#take(request, response));
  }

  /** Listens on a free port of the loopback. */
  static async listen(): Promise<RuntimeApi> {
    const server = createServer();
    // A runtime waits for its next invocation for as long as it takes, frozen or not.
    server.requestTimeout = server.headersTimeout = server.timeout = server.keepAliveTimeout = 0;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RuntimeApi(server);
  }

  /** Whether the runtime has answered all that it was given; it may not have asked for more yet. */
  get hasAnswered(): boolean {
    return this.#queued === undefined && this.#running === undefined;
  }

  /** Whether the runtime waits for an invocation. */
  get isIdle(): boolean {
    return this.#waiting !== undefined && this.hasAnswered;
  }

  /** Resolves when a runtime waits for an invocation, or when there will be none that does. */
  async idle(): Promise<void> {
    if (this.isIdle || this.#failure !== undefined) return;
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  /**
   * Hands an invocation to the runtime, as soon as it asks for one; resolves when it has answered, or begun to stream.
   *
   * @throws Error where another is under way: a runtime has one at a time
   */
  invoke(invocation: Invocation): Promise<Outcome> {
    if (!this.hasAnswered) {
      throw new Error('An invocation is under way; a runtime takes one at a time.');
    }
    if (this.#failure !== undefined) return Promise.resolve({ kind: 'error', error: this.#failure });
    return new Promise((settle) => {
      this.#queued = { invocation, settle };
      this.#dispatch();
    });
  }

  /** Ends the invocation under way, if any, and all that come: the runtime is gone, or will be. The first error counts. */
  fail(error: FunctionError): void {
    this.#failure ??= error;
    const running = this.#running ?? this.#queued;
    this.#running = this.#queued = undefined;
    if (running !== undefined) end(running, this.#failure);
    this.#tellIdle();
  }

  /** Stops listening and cuts off whoever is connected. */
  close(): void {
    this.fail({ errorType: 'Runtime.Unknown', errorMessage: 'The runtime was stopped.' });
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const [, init, next, id, answer] = ROUTE.exec(request.url ?? '') ?? [];
    const isPost = request.method === 'POST';
    if (next !== undefined && request.method === 'GET') this.#next(response);
    else if (init !== undefined && isPost) void this.#initError(request, response);
    else if (answer === 'response' && isPost) void this.#response(decoded(id!), request, response);
    else if (answer === 'error' && isPost) void this.#error(decoded(id!), request, response);
    else {
      request.resume();
      reply(response, 404, { errorMessage: `There is no ${request.method} ${request.url}`, errorType: 'NotFound' });
    }
  }

  #next(response: ServerResponse): void {
    // AWS's own client asks while the end of a streamed answer is still on its way: it waits until that is here.
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
    this.#tellIdle();
  }

  #dispatch(): void {
    const response = this.#waiting;
    const running = this.#queued;
    if (response === undefined || running === undefined) return;
    this.#waiting = this.#queued = undefined;
    this.#running = running;
    const { requestId, event, deadline, functionArn, traceId } = running.invocation;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(event),
      'Lambda-Runtime-Aws-Request-Id': requestId,
      'Lambda-Runtime-Deadline-Ms': deadline,
      'Lambda-Runtime-Invoked-Function-Arn': functionArn,
      'Lambda-Runtime-Trace-Id': traceId,
    });
    response.end(event);
  }

  async #response(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const running = this.#answered(id, request, response);
    if (running === undefined) return;
    const mode = request.headers['lambda-runtime-function-response-mode'];
    if (mode === 'streaming') return this.#stream(running, request, response);
    if (mode !== undefined) {
      request.resume();
      const errorMessage = `The runtime says a response mode that there is none of: ${JSON.stringify(mode)}.`;
      this.#settle(running, { kind: 'error', error: { errorType: 'Runtime.InvalidResponseModeHeader', errorMessage } });
      return reply(response, 400, {
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

  async #error(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const running = this.#answered(id, request, response);
    if (running === undefined) return;
    this.#settle(running, { kind: 'error', error: await readError(request) });
    accept(response);
  }

  async #initError(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#isInitialised) {
      request.resume();
      return forbid(response, this.#running === undefined ? 'Ready' : 'Running', 'InitError');
    }
    const error = await readError(request);
    accept(response);
    this.fail(error);
  }

  /** The invocation of this name; where the runtime has none of it, it is told so. */
  #answered(id: string, request: IncomingMessage, response: ServerResponse): Running | undefined {
    const running = this.#running;
    if (running?.invocation.requestId === id && running.body === undefined) return running;
    request.resume();
    reply(response, 400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' });
    return undefined;
  }

  #settle(running: Running, outcome: Outcome): void {
    running.settle(outcome);
    this.#release(running);
  }

  #release(running: Running): void {
    if (this.#running === running) this.#running = undefined;
    this.#tellIdle();
  }

  #tellIdle(): void {
    if (!this.isIdle && this.#failure === undefined) return;
    for (const wake of this.#onIdle.splice(0)) wake();
  }
}

/** An id as it was sent; one that is malformed is nobody's. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return '';
  }
}

const TRUNCATED: FunctionError = {
  errorType: 'Runtime.TruncatedResponse',
  errorMessage: 'The runtime ended its answer before it was whole.',
};

function end({ settle, body }: Running, error: FunctionError): void {
  if (body === undefined) settle({ kind: 'error', error });
  else body.fail(error);
}

async function readError(request: IncomingMessage): Promise<FunctionError> {
  const type = request.headers['lambda-runtime-function-error-type'];
  const payload = await readPayload(request, RESULT_LIMIT);
  let told: Partial<Record<keyof FunctionError, unknown>> = {};
  try {
    if (typeof payload !== 'string') told = (JSON.parse(payload.toString()) as typeof told | null) ?? {};
  } catch {
    // Whatever it is, the type stands in the header.
  }
  return {
    errorType:
      typeof told.errorType === 'string' ? told.errorType : typeof type === 'string' ? type : 'Runtime.Unknown',
    errorMessage: typeof told.errorMessage === 'string' ? told.errorMessage : '',
    ...(Array.isArray(told.trace) ? { trace: told.trace.map(String) } : {}),
  };
}

function accept(response: ServerResponse): void {
  reply(response, 202, { status: 'OK' });
}

function tooLarge(response: ServerResponse): void {
  const errorMessage = `Exceeded maximum allowed payload size (${RESULT_LIMIT} bytes).`;
  reply(response, 413, { errorMessage, errorType: 'RequestEntityTooLarge' });
}

function forbid(response: ServerResponse, from: string, to: string): void {
  reply(response, 403, {
    errorMessage: `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`,
    errorType: 'InvalidStateTransition',
  });
}

function reply(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
