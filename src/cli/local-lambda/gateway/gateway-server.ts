import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { GatewayContext, GatewayName } from '../../../runtime/gateways/gateway.js';
import type { RawHeaders, RawRequest } from '../../../runtime/gateways/raw-http.js';
import type { CorsConfig } from '../../config/config.js';
import type { FunctionError } from '../function/invocation.js';
import { readPayload } from '../runtime-api/payload.js';
import { preflight, withCors } from './cors.js';
import { FRONTS, type Front } from './gateway-limits.js';
import { type Answer, answerOf, type GatewayFunction } from './gateway-reply.js';
import { type AnsweredRequest, requestLine } from './request-line.js';

/** What a gateway in front of a local function is made with. */
export interface GatewayServerOptions {
  readonly front: GatewayName;
  /** The function that a request is for, waited for; undefined where there is none that could be built. */
  readonly target: () => Promise<GatewayFunction | undefined>;
  /** What the front does itself; HTTP APIs and Function URLs alone. */
  readonly cors?: CorsConfig | undefined;
  /** How long the gateway waits, in milliseconds. Default: as long as the real one. */
  readonly timeLimit?: number | undefined;
  /** What is around each request. Default: what the connection tells. */
  readonly surroundings?: GatewayContext;
  /** Takes the line of each request. Default: it is written to the standard output. */
  readonly log?: (line: string) => void;
  /** Takes what is to be said beside. Default: it is written to the standard error. */
  readonly warn?: (message: string) => void;
  /** Told of each function error. Those that the runtime has not logged itself are said anyway. */
  readonly onFunctionError?: (error: FunctionError) => void;
}

/**
 * A gateway in front of a local function: HTTP in, the event that AWS makes of it, the function, and HTTP out, with the
 * limits of the real one and its answers to whatever fails. Not listening yet.
 */
export function createGatewayServer(options: GatewayServerOptions): Server {
  const front = withTimeLimit(FRONTS[options.front], options.timeLimit);
  const { log = console.log } = options;
  const server = createServer((request, response) => {
    void handle(request, response, front, options).then((answered) => log(requestLine(answered)));
  });
  // Lambda answers when it answers.
  server.requestTimeout = server.timeout = 0;
  return server;
}

function withTimeLimit(front: Front, timeLimit: number | undefined): Front {
  return timeLimit === undefined ? front : { ...front, timeLimit };
}

/** Answers one request, and gives what is to be said of it. Never rejects. */
async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  front: Front,
  options: GatewayServerOptions,
): Promise<AnsweredRequest> {
  const start = performance.now();
  const { method = 'GET', url: target = '/' } = incoming;
  const line = { door: front.name, method, target };
  const time = () => performance.now() - start;
  const body = await readPayload(incoming, front.bodyLimit);
  if (body === 'truncated') return { ...line, status: 400, time: time(), note: 'the client left' };
  const request: RawRequest = { method, target, headers: pairs(incoming.rawHeaders), body: toBytes(body) };
  const answer =
    body === 'too large' ? { response: front.tooLarge } : await toAnswer(request, incoming, front, options);
  const note = await write(response, answer, front, options.warn ?? console.error);
  const answered = { ...line, status: response.statusCode, time: time(), note: note ?? answer.note };
  if (answer.invocation === undefined) return answered;
  const { isCold, done } = answer.invocation;
  // What the gateway did not wait for, the line does not wait for either.
  return { ...answered, isCold, memory: answer.isAbandoned === true ? undefined : await done };
}

async function toAnswer(
  request: RawRequest,
  incoming: IncomingMessage,
  front: Front,
  options: GatewayServerOptions,
): Promise<Answer> {
  const { cors } = options;
  const own = cors && preflight(request, cors, front.name === 'http' ? 204 : 200);
  if (own !== undefined) return { response: own, note: 'preflight' };
  const { remoteAddress = '127.0.0.1', localPort = 80 } = incoming.socket;
  const sourceIp = remoteAddress.replace(/^::ffff:/, '');
  const surroundings = { protocol: 'http', port: localPort, sourceIp, ...options.surroundings } as const;
  const onFunctionError = (error: FunctionError) => {
    // What came of the runtime has a trace, and stands in the function's log.
    if (error.trace === undefined) (options.warn ?? console.error)(`${error.errorType}: ${error.errorMessage}`);
    options.onFunctionError?.(error);
  };
  const answer = await answerOf(request, surroundings, front, await options.target(), onFunctionError);
  if (cors === undefined) return answer;
  return { ...answer, response: { ...answer.response, headers: withCors(answer.response.headers, request, cors) } };
}

/** What frames a message is this server's to say. */
const FRAMING = /^(?:content-length|transfer-encoding|connection|keep-alive)$/i;

/** Sends an answer; gives what ended it early. */
async function write(
  outgoing: ServerResponse,
  answer: Answer,
  front: Front,
  warn: (message: string) => void,
): Promise<string | undefined> {
  const { response, stream } = answer;
  try {
    if (response.status < 200) throw new RangeError(`${response.status} is no final status.`);
    const headers = response.headers.filter(([name]) => !FRAMING.test(name));
    if (stream === undefined) headers.push(['content-length', String(response.body.byteLength)]);
    outgoing.writeHead(response.status, headers.flat());
  } catch (error) {
    warn(`The gateway cannot send what the function returned: ${(error as Error).message}`);
    outgoing.writeHead(front.functionError.status, front.functionError.headers.flat());
    outgoing.end(front.functionError.body);
    if (stream !== undefined) await drain(stream);
    return undefined;
  }
  if (stream === undefined) {
    outgoing.end(response.body);
    return undefined;
  }
  // The head goes out before the first chunk comes.
  outgoing.write(Buffer.alloc(0));
  return pump(stream, outgoing);
}

/** Passes chunks on as they come. Lambda is not told that a client has left: the function goes on. */
async function pump(stream: AsyncIterable<Uint8Array>, outgoing: ServerResponse): Promise<string | undefined> {
  let hasLeft = false;
  outgoing.once('close', () => {
    hasLeft = !outgoing.writableFinished;
  });
  try {
    for await (const chunk of stream) {
      if (hasLeft || chunk.byteLength === 0 || outgoing.write(chunk)) continue;
      await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
    }
  } catch {
    // Ended here, it would look complete.
    outgoing.destroy();
    return 'broken off';
  }
  outgoing.end();
  return hasLeft ? 'the client left' : undefined;
}

async function drain(stream: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of stream);
  } catch {
    // It is no longer anybody's.
  }
}

function toBytes(body: Buffer | 'too large'): Uint8Array {
  return body === 'too large' ? new Uint8Array(0) : body;
}

function pairs(flat: readonly string[]): RawHeaders {
  const headers: [string, string][] = [];
  for (let i = 0; i < flat.length; i += 2) headers.push([flat[i]!, flat[i + 1]!]);
  return headers;
}
