import type { HttpRequest } from '../../http/http-request.js';
import { loadRequestParts } from '../../http/request/request-parts.lazy.js';

/** What the access log knows of a request. */
export interface AccessEntry {
  /** When the reply was complete, as ISO 8601 in UTC. */
  readonly time: string;
  readonly requestId: string;
  /** The client's address; see `request.client`. */
  readonly client: string | undefined;
  readonly method: string;
  /** Percent-encoded, as it came. */
  readonly path: string;
  /** The path of the route, as declared; undefined where none matches. */
  readonly route: string | undefined;
  /** Such as `HTTP/1.1`. */
  readonly protocol: string;
  readonly status: number;
  /** Of the body, as sent, without the framing. */
  readonly bytes: number;
  /** From the middleware to the end of the body, in milliseconds. */
  readonly durationMs: number;
  /** Whether the client left, or the body broke off. */
  readonly aborted: boolean;
  readonly userAgent: string | undefined;
  readonly referer: string | undefined;
  /** What the door adds to its log, such as `traceId` and `coldStart` on Lambda. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** How a request ended. */
interface Outcome {
  readonly status: number;
  readonly bytes: number;
  readonly isBroken: boolean;
  /** By `performance.now()`. */
  readonly startedAt: number;
  /** Whether the path is logged with its query. */
  readonly query: boolean;
}

/** Makes the entry of a request. */
export function entryOf(request: HttpRequest, outcome: Outcome): AccessEntry {
  const { method, path, rawQuery, headers } = request;
  return {
    time: new Date().toISOString(),
    requestId: request.id,
    client: request.client.address,
    method,
    path: outcome.query && rawQuery !== '' ? `${path}?${rawQuery}` : path,
    route: request.route?.path,
    protocol: protocolOf(request),
    status: outcome.status,
    bytes: outcome.bytes,
    durationMs: Math.round((performance.now() - outcome.startedAt) * 10) / 10,
    aborted: outcome.isBroken || hasLeft(request),
    userAgent: headers['user-agent'],
    referer: headers['referer'],
    fields: loadRequestParts().logFieldsOf(request) ?? {},
  };
}

/** Whether the client has left. */
export function hasLeft({ signal }: HttpRequest): boolean {
  return signal.aborted && (signal.reason as { readonly status?: unknown } | undefined)?.status === 499;
}

/** What a request has of its door, if that is Koa's or Lambda's. */
interface DoorParts {
  readonly koa?: { readonly req: { readonly httpVersion: string } };
  readonly lambda?: {
    readonly event: { readonly requestContext?: { protocol?: unknown; http?: { protocol?: unknown } } };
  };
}

function protocolOf(request: object): string {
  const { koa, lambda } = request as DoorParts;
  if (koa !== undefined) return `HTTP/${koa.req.httpVersion}`;
  const context = lambda?.event.requestContext;
  const protocol = context?.http?.protocol ?? context?.protocol;
  return typeof protocol === 'string' ? protocol : 'HTTP/1.1';
}
