import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { EventSource, Invocation } from './event-codec.js';
import type { LatticeEvent, LatticeV1Event } from './lattice-events.js';

interface InvocationOf<Source extends EventSource, Event> extends Invocation<Event> {
  readonly source: Source;
}

/** What Lambda was invoked with, told apart by `source`. */
export type LambdaInvocation =
  | InvocationOf<'rest', APIGatewayProxyEvent>
  | InvocationOf<'http' | 'url', APIGatewayProxyEventV2>
  | InvocationOf<'alb', ALBEvent>
  | InvocationOf<'lattice', LatticeEvent | LatticeV1Event>;

declare module '../http/http-request.js' {
  interface HttpRequest {
    /** What Lambda was invoked with, behind that door. */
    lambda?: LambdaInvocation;
  }
}
