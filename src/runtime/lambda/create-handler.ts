import type { Context } from 'aws-lambda';
import type { App } from '../app.js';
import { collect, isChunked } from '../http/chunks.js';
import { HttpError } from '../http/http-error.js';
import { closeBody, type HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { openRoom, type Room } from '../invoke/room.js';
import { orTimeout } from '../invoke/timeout.js';
import { inTime } from './deadline.js';
import type { BufferedReply } from './event-codec.js';
import { type AnyCodec, codecFor, type LambdaResult, unknownEvent } from './event-codecs.js';
import { type HandlerOptions, normaliseBasePath } from './handler-options.js';
import { stopOnSignal } from './shutdown.js';

/** A native Lambda handler. */
export type LambdaHandler<Other = never> = (
  event: unknown,
  context?: Context,
) => Promise<LambdaResult | Awaited<Other>>;

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
  stopOnSignal(room);
  return async (event, context): Promise<LambdaResult | Awaited<Other>> => {
    const codec = codecFor(event);
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

/** The answer, its body collected where it comes in chunks: this door sends whole answers. Never rejects. */
async function wholeOf(answer: HttpReply | Promise<HttpReply>, request: HttpRequest, room: Room): Promise<HttpReply> {
  const reply = await answer;
  const { body } = reply;
  if (!isChunked(body)) return reply;
  request.signal.addEventListener('abort', () => closeBody(body));
  try {
    const { timeout } = room.options;
    const whole = collect(body);
    reply.body = await (timeout === undefined ? whole : orTimeout(whole, request, timeout));
    return reply;
  } catch (error) {
    closeBody(body);
    return room.answerError(error, request);
  }
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
