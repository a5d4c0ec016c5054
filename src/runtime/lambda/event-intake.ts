import type { Context } from 'aws-lambda';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { createPathPrefix, matchOutsidePrefix } from '../dispatch/path-prefix.js';
import { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { type AnyCodec, findWrongField } from './codecs/event-codecs.js';
import type { LambdaInvocation, OpenRequest } from './invocation.js';

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
  /** Replies to a request that was received here. Never throws and never rejects. */
  dispatch(request: HttpRequest): HttpReply | Promise<HttpReply>;
}

/**
 * Makes the intake of a handler.
 *
 * @throws TypeError for a base path that is not a plain path, or a margin that is not a number from 0 on
 */
export function openIntake(dispatcher: Dispatcher, options: StreamingHandlerOptions): EventIntake {
  const prefix = createPathPrefix(options.basePath, dispatcher.options);
  const outside = new WeakSet<HttpRequest>();
  const { deadlineMarginMs = 250 } = options;
  if (!(deadlineMarginMs >= 0)) throw new TypeError(`deadlineMarginMs is ${deadlineMarginMs}. Use 0 or more.`);
  let coldStart = true;
  stopOnSignal(dispatcher);
  const openRequest: OpenRequest = (invocation, method, target, reader, raw = invocation) => {
    const path = prefix === undefined || target === '*' ? target : prefix.remove(target);
    const request = new HttpRequest(method, (path ?? target) || '/', reader, raw);
    request.lambda = invocation as LambdaInvocation;
    if (path === undefined) outside.add(request);
    return request;
  };
  return {
    receive(codec, event, context) {
      const invocation = { source: codec.source, event: event as object, context, coldStart, deadlineMarginMs };
      coldStart = false;
      return codec.toRequest(invocation, openRequest);
    },
    dispatch: (request) =>
      dispatcher.dispatch(request, outside.has(request) ? matchOutsidePrefix(request.path) : undefined),
  };
}

/**
 * Passes on an event that no codec recognises, once the app has started. Without `onOtherEvent` it rejects, saying what
 * was expected.
 */
export async function takeOtherEvent<Other>(
  { lifecycle }: Dispatcher,
  event: unknown,
  context: Context | undefined,
  onOtherEvent?: HandlerOptions<Other>['onOtherEvent'],
): Promise<Awaited<Other>> {
  if (onOtherEvent === undefined) throw (await import('./lambda-errors.js')).unknownEvent(event, findWrongField(event));
  await lifecycle.start();
  return await onOtherEvent(event, context as Context);
}

/** Dispatchers whose `onStop` a signal runs already: several handlers may share one. */
const watched = new WeakSet<Dispatcher>();

/** Runs the app's `onStop` when Lambda shuts the sandbox down. Lambda only signals that if an extension is registered. */
function stopOnSignal(dispatcher: Dispatcher): void {
  if (dispatcher.options.onStop === undefined || watched.has(dispatcher)) return;
  // Outside of Lambda, as in a test, the signal belongs to someone else.
  if (process.env['AWS_LAMBDA_RUNTIME_API'] === undefined) return;
  watched.add(dispatcher);
  process.once('SIGTERM', () => stopApp(dispatcher));
}

async function stopApp({ lifecycle }: Dispatcher): Promise<void> {
  try {
    await lifecycle.stop();
  } catch (error) {
    console.error('onStop failed:', error);
  }
}
