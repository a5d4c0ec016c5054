import type { ALBResult, APIGatewayProxyResult, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { EventSource } from '../../event-sources.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { Invocation, SourceEvents } from '../invocation.js';
import type { LatticeResult } from './lattice-events.js';
import type { BufferedReply } from './result-fields.js';

/** The result that each source expects from a function. */
export interface SourceResults {
  rest: APIGatewayProxyResult;
  http: APIGatewayProxyStructuredResultV2;
  url: APIGatewayProxyStructuredResultV2;
  alb: ALBResult;
  lattice: LatticeResult;
}

/** The result of a handler, in the form of the source whose event it was. */
export type LambdaResult = SourceResults[EventSource];

/** How the events of one source are read and its results are made. */
export interface EventCodec<Source extends EventSource> {
  readonly source: Source;
  /** Whether an event is of this source; strict, so that a queue's event is never handled as a request. */
  recognises(event: Record<string, unknown>): boolean;
  /** @param basePath taken off the path, at a segment border */
  toRequest(invocation: Invocation<SourceEvents[Source]>, basePath: string): HttpRequest;
  toResult(reply: BufferedReply, event: SourceEvents[Source]): SourceResults[Source];
}
