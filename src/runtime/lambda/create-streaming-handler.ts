import type { Context } from 'aws-lambda';
import type { App } from '../app.js';
import { openDispatcher } from '../dispatch/dispatcher.js';
import { loadFailureReplies } from '../dispatch/failure-replies.lazy.js';
import type { EventSource } from '../event-sources.js';
import { closeBody } from '../http/reply/body-owner.js';
import { codecFor } from './codecs/codec-for.js';
import { openIntake, type StreamingHandlerOptions } from './event-intake.js';
import { loadOtherEvent } from './other-event.lazy.js';
import { type AwsLambda, type ResponseStream, sendReply } from './response-stream.js';
import { loadResultExcess } from './results/result-excess.lazy.js';
import { SMALLEST_HEADERS, sizeOfHeaders } from './results/result-size.js';

/** A Lambda handler that streams its responses. */
export type StreamingHandler = (event: unknown, stream: ResponseStream, context?: Context) => Promise<void>;

/** The sources that cannot read a stream, in words; undefined for those that can. */
const NOT_STREAMED: Readonly<Record<EventSource, string | undefined>> = {
  rest: undefined,
  http: 'an HTTP API',
  url: undefined,
  alb: 'a load balancer',
  lattice: 'VPC Lattice',
};

/**
 * Makes a Lambda handler that streams: the status and headers go out with the first chunk, and then each chunk as the
 * controller yields it, as fast as the client reads. It works with Function URLs (`InvokeMode: RESPONSE_STREAM`) and
 * with REST APIs whose integration uses the STREAM transfer mode; no other source reads a stream.
 *
 * A body that fails midway fails the invocation, and the client sees a response that breaks off. Lambda does not report
 * a client that leaves: the body ends when a write fails, or at the deadline.
 *
 * @throws StartupError with every mistake in the app, TypeError for a base path that is not a plain path, or a
 *   `deadlineMarginMs` that is not a number from 0 on
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 * @example
 * ```ts
 * export const handler = createStreamingHandler(app);
 * ```
 */
export function createStreamingHandler(app: App, options: StreamingHandlerOptions = {}): StreamingHandler {
  const dispatcher = openDispatcher(app);
  const intake = openIntake(dispatcher, options);
  // The runtime sets it before it loads the handler. Other tools set an empty object.
  const { awslambda } = globalThis as unknown as { awslambda?: Partial<AwsLambda> };
  if (!canStream(awslambda)) return rejectWithoutRuntime;

  return awslambda.streamifyResponse(async function handleStreamedEvent(
    event: unknown,
    stream: ResponseStream,
    context?: Context,
  ): Promise<void> {
    const codec = codecFor(event);
    if (codec === undefined) return loadOtherEvent().takeOtherEvent<never>(dispatcher, event, context);
    const unable = NOT_STREAMED[codec.source];
    if (unable !== undefined) throw (await import('./lambda-errors.js')).notStreamed(unable);
    const request = intake.receive(codec, event, context);
    let reply = await dispatcher.dispatch(request, intake.prefixed?.matchOf(request));
    if (sizeOfHeaders(reply) > SMALLEST_HEADERS) {
      const { excessError, findHeaderExcess } = loadResultExcess();
      const excess = findHeaderExcess(reply, codec.source);
      if (excess !== undefined) {
        closeBody(reply.body);
        reply = await loadFailureReplies().replyToLateError(dispatcher, await excessError(excess), request);
      }
    }
    await sendReply(reply, { request, dispatcher, stream, awslambda });
  });
}

function canStream(awslambda: Partial<AwsLambda> | undefined): awslambda is AwsLambda {
  return typeof awslambda?.streamifyResponse === 'function';
}

async function rejectWithoutRuntime(): Promise<never> {
  throw (await import('./lambda-errors.js')).missingRuntime();
}
