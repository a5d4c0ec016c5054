import type { Context } from 'aws-lambda';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import type { HttpRequest } from '../http/http-request.js';
import type { AnyCodec } from './codecs/event-codecs.js';
import { normaliseBasePath } from './path-prefix.js';

/** Options of {@link createHandler}. */
export interface HandlerOptions<Other = never> {
  /**
   * A prefix of all paths that only the gateway knows, such as the base path of a custom domain or the rule of a load
   * balancer. It is taken off at a segment border. Default: none.
   */
  basePath?: string;
  /** How long before Lambda's deadline a request without a reply becomes a 504, in milliseconds. Default: 250. */
  deadlineMarginMs?: number;
  /** Handles events that are not HTTP requests, such as schedules and queues. Default: such an event is an error. */
  onOtherEvent?: (event: unknown, context: Context) => Other;
}

/** Options of {@link createStreamingHandler}. */
export type StreamingHandlerOptions = Omit<HandlerOptions, 'onOtherEvent'>;

/** Makes a request of an event that `codec` has recognised. */
export type EventIntake = (codec: AnyCodec, event: unknown, context: Context | undefined) => HttpRequest;

/** The way of an event into an app, which both handlers share. */
export function openIntake(dispatcher: Dispatcher, options: StreamingHandlerOptions): EventIntake {
  const basePath = normaliseBasePath(options.basePath);
  const { deadlineMarginMs = 250 } = options;
  let coldStart = true;
  stopOnSignal(dispatcher);
  return function receiveEvent(codec, event, context) {
    const invocation = { source: codec.source, event: event as object, context, coldStart, deadlineMarginMs };
    coldStart = false;
    return codec.toRequest(invocation, basePath);
  };
}

/** Passes on an event that no codec recognises. Without `onOtherEvent` it rejects, saying what was expected. */
export async function takeOtherEvent<Other>(
  event: unknown,
  context: Context | undefined,
  onOtherEvent?: HandlerOptions<Other>['onOtherEvent'],
): Promise<Awaited<Other>> {
  if (onOtherEvent === undefined) throw (await import('./lambda-errors.js')).unknownEvent(event);
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
