import type { Context } from 'aws-lambda';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import type { HttpRequest } from '../http/http-request.js';
import type { AnyCodec } from './codecs/event-codec.js';
import type { LambdaInvocation } from './invocation.js';
import type { PrefixedRequests } from './prefixed-requests.js';
import { loadPrefixedRequests } from './prefixed-requests.lazy.js';
import { loadStopOnSignal } from './stop-on-signal.lazy.js';

/** Options of {@link createHandler}. */
export interface HandlerOptions<Other = never> {
  /**
   * A path in front of all paths of the app that only the gateway knows, such as the base path of a custom domain or the
   * rule of a load balancer: a plain path, compared as the paths of routes are. Requests outside of it get a 404.
   * Default: none.
   */
  basePath?: string | undefined;
  /**
   * How long before Lambda's deadline a request without a reply becomes a 504, in milliseconds from 0 on. Default: 250.
   */
  deadlineMarginMs?: number | undefined;
  /** Handles events that are not HTTP requests, such as schedules and queues. Default: such an event is an error. */
  onOtherEvent?: ((event: unknown, context: Context) => Other) | undefined;
}

/** Options of {@link createStreamingHandler}. */
export type StreamingHandlerOptions = Omit<HandlerOptions, 'onOtherEvent'>;

/** The way of events into an app. */
export interface EventIntake {
  /** Makes a request of an event that `codec` has recognised. */
  receive(codec: AnyCodec, event: unknown, context: Context | undefined): HttpRequest;
  /** Undefined for a handler without a base path. */
  readonly prefixed: PrefixedRequests | undefined;
}

/**
 * Makes the intake of a handler.
 *
 * @throws TypeError for a base path that is not a plain path, or a margin that is not a number from 0 on
 */
export function openIntake(dispatcher: Dispatcher, options: StreamingHandlerOptions): EventIntake {
  const { basePath, deadlineMarginMs = 250 } = options;
  const prefixed =
    basePath === undefined ? undefined : loadPrefixedRequests().openPrefixedRequests(basePath, dispatcher.options);
  if (!(deadlineMarginMs >= 0)) throw new TypeError(`deadlineMarginMs is ${deadlineMarginMs}. Use 0 or more.`);
  if (dispatcher.options.onStop !== undefined) loadStopOnSignal().stopOnSignal(dispatcher);
  if (process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] === 'provisioned-concurrency') dispatcher.table.linkAll();
  let coldStart = true;
  return {
    receive(codec, event, context) {
      const invocation = { source: codec.source, event: event as object, context, coldStart, deadlineMarginMs };
      coldStart = false;
      const request = codec.toRequest(invocation);
      request.lambda = invocation as LambdaInvocation;
      return prefixed === undefined ? request : prefixed.take(request);
    },
    prefixed,
  };
}
