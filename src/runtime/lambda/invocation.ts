import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { EventSource } from '../event-sources.js';
import type { HttpRequest, RequestReader } from '../http/http-request.js';
import type { Deadline } from '../http/request-access.js';
import type { LatticeEvent, LatticeV1Event } from './codecs/lattice-events.js';

/** The event that each source invokes a function with. */
export interface SourceEvents {
  rest: APIGatewayProxyEvent;
  http: APIGatewayProxyEventV2;
  url: APIGatewayProxyEventV2;
  alb: ALBEvent;
  lattice: LatticeEvent | LatticeV1Event;
}

/** One invocation, as the runtime makes it. */
export interface Invocation<Event> {
  readonly source: EventSource;
  readonly event: Event;
  readonly context: Context | undefined;
  /** Whether this is the first request of this process. */
  readonly coldStart: boolean;
  /** How long before Lambda's deadline the reply must be ready, in milliseconds. */
  readonly deadlineMarginMs: number;
}

interface InvocationBy<Source extends EventSource> extends Invocation<SourceEvents[Source]> {
  readonly source: Source;
}

/**
 * What Lambda invoked the function with; its `source` decides the type of its `event`.
 *
 * @example
 * ```ts
 * if (request.lambda?.source === 'rest') console.log(request.lambda.event.requestContext.stage);
 * ```
 */
export type LambdaInvocation = { [Source in EventSource]: InvocationBy<Source> }[EventSource];

declare module '../http/http-request.js' {
  interface HttpRequest {
    /** What Lambda invoked the function with; undefined on Koa. */
    lambda?: LambdaInvocation;
  }
}

/**
 * Makes a request of what a codec reads of an event at once.
 *
 * @param path percent-encoded; empty for `/`
 * @param raw what `reader` reads, if that is not the invocation itself
 */
export type OpenRequest = (
  invocation: Invocation<unknown>,
  method: string,
  path: string,
  reader: RequestReader<never>,
  raw?: object,
) => HttpRequest;

/** The longest time of a timer, in milliseconds; Node takes a longer one for 1. */
const LONGEST_TIMER = 0x7fff_ffff;

/**
 * When the reply must be ready: shortly before Lambda's deadline, after which the gateway sends an error of its own that
 * says nothing. A time that no timer can wait for (of an emulator, for example) is no deadline.
 */
export function deadlineOf({ context, deadlineMarginMs: margin }: Invocation<unknown>): Deadline | undefined {
  const ask: unknown = context?.getRemainingTimeInMillis;
  if (ask === undefined || ask === null) return undefined;
  if (typeof ask !== 'function') {
    throw new TypeError(
      `The second argument of the handler is not a context of Lambda: its getRemainingTimeInMillis is a ${typeof ask}, not a function. Pass the context that Lambda passes, or none.`,
    );
  }
  const remaining = context!.getRemainingTimeInMillis();
  if (!(remaining >= 0 && remaining <= LONGEST_TIMER)) return undefined;
  return {
    at: Date.now() + remaining - margin,
    reason: `There was no reply ${margin} ms before Lambda's deadline`,
    grace: margin / 2,
  };
}
