import type { Context } from 'aws-lambda';
import type { App } from '../app.js';
import { openDispatcher } from '../dispatch/dispatcher.js';
import { isWhole } from '../http/reply/http-reply.js';
import { codecFor } from './codecs/codec-for.js';
import type { LambdaResult } from './codecs/event-codec.js';
import type { BufferedReply } from './codecs/result-fields.js';
import { type HandlerOptions, openIntake } from './event-intake.js';
import { loadOtherEvent } from './other-event.lazy.js';
import { loadBufferedBody } from './results/buffered-body.lazy.js';
import { loadResultExcess } from './results/result-excess.lazy.js';
import { SAFE_CHARACTERS, SMALLEST_HEADERS, sizeOfHeaders } from './results/result-size.js';

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
    if (codec === undefined) return loadOtherEvent().takeOtherEvent(dispatcher, event, context, onOtherEvent);
    const request = intake.receive(codec, event, context);
    const dispatched = dispatcher.dispatch(request, intake.prefixed?.matchOf(request));
    // Awaited only where there is something to wait for: each await costs a promise and a turn of the queue.
    let reply = dispatched instanceof Promise ? await dispatched : dispatched;
    if (!isWhole(reply.body)) reply = await loadBufferedBody().bufferBody(reply, request, dispatcher);
    const result = codec.toResult(reply as BufferedReply, event as object);
    const size = sizeOfHeaders(reply);
    return size <= SMALLEST_HEADERS && size + (result.body?.length ?? 0) < SAFE_CHARACTERS
      ? result
      : loadResultExcess().resultWithin(result, reply, { codec, event: event as object, request, dispatcher });
  };
}
