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
  /**
   * The first field with a type that the source never sends, of an event that is of this source; undefined for a right
   * event. Fields may be missing or null: hand-made events leave out anything.
   */
  findWrongField(event: Record<string, unknown>): string | undefined;
  /** Makes a request of what it reads of an event at once; the rest is left to the reader of the request. */
  toRequest(invocation: Invocation<SourceEvents[Source]>): HttpRequest;
  toResult(reply: BufferedReply, event: SourceEvents[Source]): SourceResults[Source];
}

/** A codec that knows the events of its source. */
export interface RecognisingCodec<Source extends EventSource> extends EventCodec<Source> {
  /** Whether an event is of this source; strict, so that a queue's event is never handled as a request. */
  recognises(event: Record<string, unknown>): boolean;
}

/** A codec of any source, for events that are of this source. */
export interface AnyCodec {
  readonly source: EventSource;
  findWrongField(event: Record<string, unknown>): string | undefined;
  toRequest(invocation: Invocation<object>): HttpRequest;
  toResult(reply: BufferedReply, event: object): LambdaResult;
}
