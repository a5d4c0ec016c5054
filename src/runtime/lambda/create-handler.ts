import type { Context } from 'aws-lambda';
import type { App } from '../app.js';
import { type Dispatcher, openDispatcher } from '../dispatch/dispatcher.js';
import { orTimeout } from '../dispatch/timeout.js';
import { collect, isChunked } from '../http/chunks.js';
import { closeBody, type HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import type { BufferedReply } from './event-codec.js';
import { codecFor, type LambdaResult } from './event-codecs.js';
import { type HandlerOptions, normaliseBasePath } from './handler-options.js';
import { excessOf, tooLarge } from './result-limits.js';
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
  const dispatcher = openDispatcher(app);
  const basePath = normaliseBasePath(options.basePath);
  const { onOtherEvent, deadlineMarginMs = 250 } = options;
  let coldStart = true;
  stopOnSignal(dispatcher);
  return async (event, context): Promise<LambdaResult | Awaited<Other>> => {
    const codec = codecFor(event);
    if (codec === undefined) {
      if (onOtherEvent === undefined) throw (await import('./unknown-event.js')).unknownEvent(event);
      return (await onOtherEvent(event, context as Context)) as Awaited<Other>;
    }
    const { source } = codec;
    const invocation = { source, event: event as object, context, coldStart, deadlineMarginMs };
    coldStart = false;
    const request = codec.toRequest(invocation, basePath);
    // Awaited only where there is something to wait for: each await costs a promise and a turn of the queue.
    const answer = dispatcher.dispatch(request);
    const isWhole = !(answer instanceof Promise) && !isChunked(answer.body);
    const whole = isWhole ? answer : await wholeOf(answer, request, dispatcher);
    const result = codec.toResult(whole as BufferedReply, event as object);
    const excess = excessOf(result, whole, codec);
    if (excess === undefined) return result;
    return codec.toResult(
      (await dispatcher.replyToError(await tooLarge(excess), request)) as BufferedReply,
      event as object,
    );
  };
}

/** The answer, its body collected where it comes in chunks: this door sends whole answers. Never rejects. */
async function wholeOf(
  answer: HttpReply | Promise<HttpReply>,
  request: HttpRequest,
  dispatcher: Dispatcher,
): Promise<HttpReply> {
  const reply = await answer;
  const { body } = reply;
  if (!isChunked(body)) return reply;
  request.signal.addEventListener('abort', () => closeBody(body));
  try {
    reply.body = await orTimeout(collect(body), request);
    return reply;
  } catch (error) {
    closeBody(body);
    return dispatcher.replyToError(error, request);
  }
}
