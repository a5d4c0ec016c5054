import type { Context } from 'aws-lambda';
import type { HeaderFields } from '../http/header-fields.js';
import type { HttpRequest } from '../http/http-request.js';

/** What can be in front of a function. */
export type EventSource = 'rest' | 'http' | 'url' | 'alb' | 'lattice';

/** One invocation, as the runtime gives it. */
export interface Invocation<Event> {
  readonly source: EventSource;
  readonly event: Event;
  readonly context: Context | undefined;
  /** Whether it is the first that this process answers. */
  readonly coldStart: boolean;
  /** How long before Lambda's deadline there must be an answer, in milliseconds. */
  readonly deadlineMarginMs: number;
}

/** An answer whose body is whole, as every result needs it. */
export interface BufferedReply {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly cookies: readonly string[];
  readonly body: string | Uint8Array | undefined;
}

/** How one event source is read and answered. */
export interface EventCodec<Event = never, Result = unknown> {
  readonly source: EventSource;
  /** How large the result may be, serialised, in bytes. */
  readonly limit: number;
  /** How large the values of all its headers may be together, in bytes; absent where no limit is documented. */
  readonly headerLimit?: number;
  /** Whether the event is this source's; strict, so that a queue's event is never answered as a request. */
  recognises(event: Record<string, unknown>): boolean;
  /** @param basePath taken off the path, at a segment border */
  toRequest(invocation: Invocation<Event>, basePath: string): HttpRequest;
  toResult(reply: BufferedReply, event: Event): Result;
}

/** Lambda's limit on a buffered result, in bytes. */
export const LAMBDA_LIMIT = 6 * 1024 * 1024;

/**
 * API Gateway's limit on the values of all headers, in bytes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const GATEWAY_HEADER_LIMIT = 10_240;

/** An object, and no list: what events and their parts are. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The path without a prefix, where it begins with it and a segment ends there. */
export function withoutPrefix(path: string, prefix: string): string {
  if (prefix === '' || !path.startsWith(prefix)) return path;
  if (path.length === prefix.length) return '/';
  return path[prefix.length] === '/' ? path.slice(prefix.length) : path;
}

/** What every event source has of a body. */
export interface EventBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}
