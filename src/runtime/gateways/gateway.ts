import type { GatewayName } from '../event-sources.js';
import type { RawRequest, RawResponse } from './raw-http.js';

export type { GatewayName } from '../event-sources.js';

/** What a gateway knows of a request beside the request itself, and how the gateway is set up. */
export interface GatewayContext {
  /** The client's address. Default: 127.0.0.1. */
  readonly sourceIp?: string | undefined;
  /** The protocol of the client's connection. Default: https. */
  readonly protocol?: 'http' | 'https' | undefined;
  /** The port of the client's connection. Default: 443, or 80 for http. */
  readonly port?: number | undefined;
  /**
   * Whether the gateway adds its own headers (`x-forwarded-*`, `x-amzn-trace-id`). Default: true; the doors of
   * `openDoors` set it to false, so that an app sees the same headers through each.
   */
  readonly addsHeaders?: boolean | undefined;
  /** REST only: whether the API has binaryMediaTypes of any type. Default: true. */
  readonly hasBinaryMediaTypes?: boolean | undefined;
  /** REST and HTTP only. Default: `$default` for HTTP, `live` for REST. */
  readonly stage?: string | undefined;
  /** The time of the request. Default: now. */
  readonly time?: Date | undefined;
  /** The id of the request. Default: a UUID. */
  readonly requestId?: string | undefined;
}

/**
 * A model of one gateway: it makes the event that AWS makes of a request, and the response that AWS makes of a handler's
 * result.
 *
 * @example
 * ```ts
 * const request = toRawRequest('/todos?page=2');
 * const result = await handler(gateways.rest.toEvent(request));
 * const response = gateways.rest.toResponse(result, request);
 * ```
 */
export interface Gateway {
  readonly name: GatewayName;
  /** Makes the event of a request. */
  toEvent(request: RawRequest, context?: GatewayContext): object;
  /** Makes the response of a handler's result. A result that the gateway cannot read is a 502, with an HTTP API a 500. */
  toResponse(result: unknown, request: RawRequest, context?: GatewayContext): RawResponse;
}
