import type { ALBResult, APIGatewayProxyResult, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { App } from '../app.js';
import { collect, isChunked } from '../http/chunks.js';
import { HttpError } from '../http/http-error.js';
import { closeBody, type HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { openRoom, type Room } from '../invoke/room.js';
import { withTimeout } from '../invoke/timeout.js';
import { albCodec } from './alb-codec.js';
import { type BufferedReply, type EventCodec, isObject } from './event-codec.js';
import { httpCodec } from './http-codec.js';
import { restCodec } from './rest-codec.js';
import { urlCodec } from './url-codec.js';

/** What {@link createHandler} takes. */
export interface HandlerOptions<Other = never> {
  /**
   * A prefix that stands before all paths in the gateway, such as the base path of a custom domain or the rule of a
   * load balancer; it is taken off, at a segment border. Default: none.
   */
  basePath?: string;
  /** How long before Lambda's deadline a request that has no answer yet is a 504, in milliseconds. Default: 250. */
  deadlineMarginMs?: number;
  /** Takes events that are no HTTP requests, such as schedules, queues and pings. Default: such an event is an error. */
  otherwise?: (event: unknown, context: Context) => Other;
}

/** What a gateway reads as an answer. */
export type LambdaResult = APIGatewayProxyResult | APIGatewayProxyStructuredResultV2 | ALBResult;

/** A native Lambda handler. */
export type LambdaHandler<Other = never> = (
  event: unknown,
  context?: Context,
) => Promise<LambdaResult | Awaited<Other>>;

type AnyCodec = EventCodec<object, LambdaResult>;

/** In the order in which an event is held against them. */
const CODECS = [albCodec, httpCodec, urlCodec, restCodec] as unknown as readonly AnyCodec[];

/**
 * Makes a Lambda handler of an app: it takes the events of REST APIs, HTTP APIs, load balancers and Function URLs,
 * told apart by what is in them, and answers each in its own form.
 *
 * @throws StartupError with every mistake in the app
 * @example
 * ```ts
 * export const handler = createHandler(app);
 * ```
 */
export function createHandler<Other = never>(app: App, options: HandlerOptions<Other> = {}): LambdaHandler<Other> {
  const room = openRoom(app);
  const basePath = normaliseBasePath(options.basePath);
  const { otherwise, deadlineMarginMs: margin = 250 } = options;
  // Lambda sends it before it takes the sandbox away, where an extension is registered.
  if (app.options.onStop !== undefined) process.once('SIGTERM', () => stop(room));
  return async (event, context): Promise<LambdaResult | Awaited<Other>> => {
    const codec = isObject(event) ? CODECS.find((candidate) => candidate.recognises(event)) : undefined;
    if (codec === undefined) {
      if (otherwise === undefined) throw unknownEvent(event);
      return (await otherwise(event, context as Context)) as Awaited<Other>;
    }
    const request = codec.toRequest({ source: codec.source, event: event as object, context }, basePath);
    // Awaited only where there is something to wait for: each await costs a promise and a turn of the queue.
    const answer = room.answer(request);
    const isWhole = !(answer instanceof Promise) && !isChunked(answer.body);
    const whole = isWhole ? answer : await inTime(wholeOf(answer, request, room), request, context, margin, room);
    const result = codec.toResult(whole as BufferedReply, event as object);
    return isTooLarge(result, codec.limit) ? tooLarge(codec, event as object, request, room) : result;
  };
}

async function stop({ lifecycle }: Room): Promise<void> {
  try {
    await lifecycle.stop();
  } catch (error) {
    console.error('onStop failed:', error);
  }
}

/** The answer, its body collected where it comes in chunks: this door sends whole answers. Never rejects. */
async function wholeOf(answer: HttpReply | Promise<HttpReply>, request: HttpRequest, room: Room): Promise<HttpReply> {
  const reply = await answer;
  const { body } = reply;
  if (!isChunked(body)) return reply;
  request.signal.addEventListener('abort', () => closeBody(body));
  try {
    reply.body = await collect(body);
    return reply;
  } catch (error) {
    return room.answerError(error, request);
  }
}

/** The answer, or a 504 shortly before Lambda's deadline, which would be a gateway's own error without a word. */
function inTime(
  reply: Promise<HttpReply>,
  request: HttpRequest,
  context: Context | undefined,
  margin: number,
  room: Room,
): Promise<HttpReply> {
  const remaining = context?.getRemainingTimeInMillis?.();
  if (remaining === undefined) return reply;
  const reason = `There was no answer ${margin} ms before Lambda's deadline`;
  return withTimeout(reply, request, Math.max(remaining - margin, 0), reason, room.answerError);
}

/** What is answered in place of a result that is too large, which would be a gateway's 502 without a word. */
async function tooLarge(codec: AnyCodec, event: object, request: HttpRequest, room: Room): Promise<LambdaResult> {
  const error = new HttpError(
    500,
    `The answer is larger than the ${codec.limit} bytes that ${codec.source} takes of a function. Stream it, or answer with a link to where it is.`,
    { expose: false },
  );
  return codec.toResult((await room.answerError(error, request)) as BufferedReply, event);
}

/** Headers beside the body; each character is at most six in JSON. */
const HEADROOM = 64 * 1024;

function isTooLarge(result: LambdaResult, limit: number): boolean {
  const length = result.body?.length ?? 0;
  if (length * 6 + HEADROOM < limit) return false;
  return Buffer.byteLength(JSON.stringify(result)) > limit;
}

function normaliseBasePath(basePath = ''): string {
  const trimmed = basePath.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}

function unknownEvent(event: unknown): TypeError {
  const came = isObject(event)
    ? `an object with ${Object.keys(event).length === 0 ? 'no members' : `the members ${Object.keys(event).slice(0, 12).join(', ')}`}`
    : event === null || event === undefined
      ? String(event)
      : Array.isArray(event)
        ? 'a list'
        : `a ${typeof event}`;
  return new TypeError(
    'This event is no HTTP request of API Gateway (REST or HTTP API), a Function URL or an Application Load Balancer: ' +
      `it is ${came}. Give createHandler an "otherwise" that takes it, or correct the event.`,
  );
}
