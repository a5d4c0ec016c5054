import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Peer } from '../../http/client.js';
import type { HttpRequest } from '../../http/http-request.js';
import { loadFrontPath } from '../front-path.lazy.js';
import type { Invocation } from '../invocation.js';
import type { AnyEvent } from './event-body.js';
import { flatten, isObject } from './event-fields.js';

// What few requests read of an event. Those of payload format 2.0 are read by this module as it is (`DetailsReader`).

/** Lambda's own id for the invocation, else the gateway's, else a UUID. */
export function id({ event, context }: Invocation<AnyEvent>): string {
  const ofGateway = event.requestContext as { requestId?: string } | undefined;
  return context?.awsRequestId ?? ofGateway?.requestId ?? crypto.randomUUID();
}

/** What the client's URL has in front of the request's path. */
export function basePath(invocation: Invocation<AnyEvent>, request: HttpRequest): string {
  return loadFrontPath().basePathOf(invocation, request);
}

/** The client of an event of format 2.0. */
export function peer({ event }: Invocation<APIGatewayProxyEventV2>): Peer {
  return peerOfEvent(event.requestContext.http.sourceIp, flatten(event.headers));
}

/** The claims of a JWT authorizer; of a Lambda or IAM authorizer, all that it says. */
export function claims({ event }: Invocation<APIGatewayProxyEventV2>): Record<string, unknown> | undefined {
  const { authorizer } = event.requestContext as { authorizer?: unknown };
  if (!isObject(authorizer)) return undefined;
  const { jwt, lambda, iam } = authorizer;
  if (isObject(jwt) && isObject(jwt['claims'])) return jwt['claims'];
  return isObject(lambda) ? lambda : isObject(iam) ? iam : undefined;
}

/** Members for each log line. */
export function logFields({ coldStart }: Invocation<AnyEvent>, request: HttpRequest): Record<string, unknown> {
  return { traceId: traceIdOf(request), coldStart };
}

/** X-Ray's header: the front end's own, else the one that Lambda sets for the invocation. */
function traceIdOf(request: HttpRequest): string | undefined {
  const ofInvocation = process.env['_X_AMZN_TRACE_ID'];
  try {
    return request.headers['x-amzn-trace-id'] ?? ofInvocation;
  } catch {
    // The headers of a hand-made event may be unreadable.
    return ofInvocation;
  }
}

/** The gateway's client: its address, and the protocol that the gateway wrote into `x-forwarded-proto`. */
export function peerOfEvent(address: string | undefined, headers: readonly string[]): Peer {
  const protocol = lastForwarded(headers, 'x-forwarded-proto');
  return { address: address ?? '', protocol: protocol === 'http' ? 'http' : 'https', isForwarded: true };
}

/** The last entry of a forwarding header, which the gateway itself wrote. */
export function lastForwarded(headers: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (let i = 0; i < headers.length; i += 2) if (headers[i]!.toLowerCase() === name) found = headers[i + 1];
  return found?.split(',').at(-1)?.trim();
}

/** The error for what is passed to a handler in place of Lambda's context. @param type of its getRemainingTimeInMillis */
export function notAContext(type: string): TypeError {
  return new TypeError(
    `The second argument of the handler is not a context of Lambda: its getRemainingTimeInMillis is a ${type}, not a function. Pass the context that Lambda passes, or none.`,
  );
}
