import type { Context } from 'aws-lambda';
import type { App } from '../app.js';
import { type Dispatcher, openDispatcher } from '../dispatch/dispatcher.js';
import { orTimeout } from '../dispatch/timeout.js';
import { collect, isChunked } from '../http/body/chunks.js';
import type { HttpRequest } from '../http/http-request.js';
import { closeBody } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import type { LambdaResult } from './codecs/event-codec.js';
import { codecFor } from './codecs/event-codecs.js';
import type { BufferedReply } from './codecs/result-fields.js';
import { type HandlerOptions, openIntake, takeOtherEvent } from './event-intake.js';
import { excessError, findExcess } from './result-excess.js';

/** A native Lambda handler. */
export type LambdaHandler<Other = never> = (
  event: unknown,
  context?: Context,
) => Promise<LambdaResult | Awaited<Other>>;

/**
 * Makes a Lambda handler of an app. It detects the event source from the event's shape (REST API, HTTP API, Function URL,
 * Application Load Balancer or VPC Lattice) and returns the result that this source expects.
 *
 * @throws StartupError with every mistake in the app, TypeError for a base path that is not a plain path, or a
 *   `deadlineMarginMs` that is not a number from 0 on
 * @example
 * ```ts
 * export const handler = createHandler(app);
 * ```
 */
export function createHandler<Other = never>(app: App, options: HandlerOptions<Other> = {}): LambdaHandler<Other> {
  const dispatcher = openDispatcher(app);
  const intake = openIntake(dispatcher, options);
  const { onOtherEvent } = options;
  return async function handleEvent(event, context): Promise<LambdaResult | Awaited<Other>> {
    const codec = codecFor(event);
    if (codec === undefined) return takeOtherEvent(dispatcher, event, context, onOtherEvent);
    const request = intake.receive(codec, event, context);
    const dispatched = intake.dispatch(request);
    // Awaited only where there is something to wait for: each await costs a promise and a turn of the queue.
    const isBuffered = !(dispatched instanceof Promise) && !isChunked(dispatched.body);
    const reply = isBuffered ? dispatched : await bufferReply(dispatched, request, dispatcher);
    const result = codec.toResult(reply as BufferedReply, event as object);
    const excess = findExcess(result, reply, codec.source);
    if (excess === undefined) return result;
    const refusal = await dispatcher.replyToLateError(await excessError(excess), request);
    return codec.toResult(refusal as BufferedReply, event as object);
  };
}

/** The reply, its body collected if it comes in chunks: this handler returns whole results. Never rejects. */
async function bufferReply(
  dispatched: HttpReply | Promise<HttpReply>,
  request: HttpRequest,
  dispatcher: Dispatcher,
): Promise<HttpReply> {
  const reply = await dispatched;
  const { body } = reply;
  if (!isChunked(body)) return reply;
  request.signal.addEventListener('abort', () => closeBody(body));
  try {
    reply.body = await orTimeout(collect(body), request);
    return reply;
  } catch (error) {
    closeBody(body);
    return dispatcher.replyToLateError(error, request);
  }
}
