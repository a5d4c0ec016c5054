import type { RawBody } from '../../http/body/body.js';
import type { Peer } from '../../http/client.js';
import type { HttpRequest } from '../../http/http-request.js';
import { loadFrontPath } from '../front-path.lazy.js';
import type { Invocation } from '../invocation.js';
import { loadEncodedBody } from './encoded-body.lazy.js';

/** What every source has in its events; hand-made events may leave out anything. */
export interface AnyEvent {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  readonly requestContext?: object | undefined;
}

/** Lambda's own id for the invocation, else the gateway's, else a UUID. */
export function requestIdOf({ event, context }: Invocation<AnyEvent>): string {
  const ofGateway = event.requestContext as { requestId?: string } | undefined;
  return context?.awsRequestId ?? ofGateway?.requestId ?? crypto.randomUUID();
}

/** The body: bytes if the gateway sent base64, else the text that the gateway decoded. */
export function readBody({ event }: Invocation<AnyEvent>, limit: number): RawBody {
  const { body } = event;
  if (typeof body !== 'string') return '';
  return event.isBase64Encoded === true ? loadEncodedBody().decodeBody(body, limit) : body;
}

/** What the client's URL has in front of the request's path. */
export function readBasePath(invocation: Invocation<AnyEvent>, request: HttpRequest): string {
  return loadFrontPath().basePathOf(invocation, request);
}

/** Members for each log line. */
export function eventLogFields({ coldStart }: Invocation<AnyEvent>, request: HttpRequest): Record<string, unknown> {
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
export function peerOf(address: string | undefined, headers: readonly string[]): Peer {
  const protocol = lastForwarded(headers, 'x-forwarded-proto');
  return { address: address ?? '', protocol: protocol === 'http' ? 'http' : 'https', isForwarded: true };
}

/** The last entry of a forwarding header, which the gateway itself wrote. */
export function lastForwarded(headers: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (let i = 0; i < headers.length; i += 2) if (headers[i]!.toLowerCase() === name) found = headers[i + 1];
  return found?.split(',').at(-1)?.trim();
}
