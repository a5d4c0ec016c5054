import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { EventSource } from '../event-sources.js';
import { HttpRequest, type RequestReader } from '../http/http-request.js';
import type { Deadline } from '../http/request-access.js';
import type { LatticeEvent, LatticeV1Event } from './codecs/lattice-events.js';
import { withoutPrefix } from './path-prefix.js';

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
 * Makes a request of an invocation, whatever its source.
 *
 * @param path percent-encoded; the base path is taken off where it comes first
 * @param raw what `reader` reads, if that is not the invocation itself
 */
export function createRequest<Raw extends Invocation<unknown>>(
  method: string,
  path: string,
  basePath: string,
  reader: RequestReader<Raw>,
  invocation: Invocation<unknown>,
  raw = invocation,
): HttpRequest {
  const request = new HttpRequest(method, withoutPrefix(path, basePath) || '/', reader, raw);
  request.lambda = invocation as LambdaInvocation;
  return request;
}

/**
 * When the reply must be ready: shortly before Lambda's deadline, after which the gateway sends an error of its own that
 * says nothing.
 */
export function deadlineOf({ context, deadlineMarginMs: margin }: Invocation<unknown>): Deadline | undefined {
  const remaining = context?.getRemainingTimeInMillis?.();
  if (remaining === undefined) return undefined;
  return {
    at: Date.now() + remaining - margin,
    reason: `There was no reply ${margin} ms before Lambda's deadline`,
    grace: margin / 2,
  };
}
