import { bodyTooLarge, type RawBody } from '../../http/body/body.js';
import type { Peer } from '../../http/client.js';
import { HttpError } from '../../http/errors/http-error.js';
import { foldHeaders } from '../../http/fold-headers.js';
import type { HttpRequest, RequestReader } from '../../http/http-request.js';
import { deadlineOf, type Invocation } from '../invocation.js';
import { type EventFields, headersOf } from './event-fields.js';

/** What every source has in its events; hand-made events may leave out anything. */
interface AnyEvent extends EventFields {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  readonly requestContext?: object | undefined;
}

/** The part of reading an invocation that is the same for every source. */
export const EVENT_READER = {
  id: requestIdOf,
  headers: ({ event }) => foldHeaders(headersOf(event)),
  body: readBody,
  deadline: deadlineOf,
  logFields: ({ coldStart }, request) => ({ traceId: traceIdOf(request), coldStart }),
} satisfies Partial<RequestReader<Invocation<AnyEvent>>>;

/** Lambda's own id for the invocation, else the gateway's, else a UUID. */
function requestIdOf({ event, context }: Invocation<AnyEvent>): string {
  const ofGateway = event.requestContext as { requestId?: string } | undefined;
  return context?.awsRequestId ?? ofGateway?.requestId ?? crypto.randomUUID();
}

/** The body: bytes if the gateway sent base64, else the text that the gateway decoded. */
function readBody({ event }: Invocation<AnyEvent>, limit: number): RawBody {
  const { body } = event;
  if (typeof body !== 'string') return '';
  if (event.isBase64Encoded !== true) return body;
  // Four characters are at most three bytes: a body far above the limit is not even decoded.
  if (body.length > (limit / 3) * 4 + 4) throw bodyTooLarge(limit);
  const bytes = Buffer.from(body, 'base64');
  if (!isWholeBase64(body, bytes.byteLength)) throw new HttpError(400, 'The body is not valid base64');
  return bytes;
}

/** Whether nothing of a base64 text was skipped: Node's decoder ignores what is not base64. */
function isWholeBase64(text: string, decodedLength: number): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = text.length - padding;
  return (padding === 0 || text.length % 4 === 0) && length % 4 !== 1 && decodedLength === Math.floor(length * 0.75);
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
