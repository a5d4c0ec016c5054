import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { EventSource } from '../event-sources.js';
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
