import type { RawRequest, RawResponse } from './raw-http.js';

/** Lambda's limit on a serialised result, in bytes. */
export const LAMBDA_RESULT_LIMIT = 6 * 1024 * 1024;

/** A response that API Gateway makes itself, such as for a result that it cannot read. */
export function gatewayError(status: number, message: string): RawResponse {
  return {
    status,
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/** The body of a result; undefined if a gateway cannot read it. */
export function resultBody(
  result: Record<string, unknown>,
  request: RawRequest,
  decodesBase64 = true,
): Uint8Array | undefined {
  const { body, isBase64Encoded, statusCode } = result;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  if (isBase64Encoded !== undefined && typeof isBase64Encoded !== 'boolean') return undefined;
  if (request.method === 'HEAD' || statusCode === 204 || statusCode === 304) return new Uint8Array(0);
  return Buffer.from(body ?? '', isBase64Encoded === true && decodesBase64 ? 'base64' : 'utf8');
}

/** Whether a result is an object with a valid status. */
export function hasStatus(result: unknown): result is Record<string, unknown> & { statusCode: number } {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return false;
  const { statusCode } = result as { statusCode?: unknown };
  return Number.isInteger(statusCode) && (statusCode as number) >= 100 && (statusCode as number) <= 599;
}

/** Whether a result, serialised, is within a limit. */
export function isWithin(result: unknown, limit: number): boolean {
  return Buffer.byteLength(JSON.stringify(result) ?? '') <= limit;
}

/** The headers of a map of single values; undefined if a value is not text, a number or a boolean. */
export function singleHeaders(map: unknown): [string, string][] | undefined {
  if (map === undefined || map === null) return [];
  if (typeof map !== 'object' || Array.isArray(map)) return undefined;
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(map)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    headers.push([name, String(value)]);
  }
  return headers;
}

/** The headers of a map of lists; undefined if it is not such a map. */
export function multiHeaders(map: unknown): [string, string][] | undefined {
  if (map === undefined || map === null) return [];
  if (typeof map !== 'object' || Array.isArray(map)) return undefined;
  const headers: [string, string][] = [];
  for (const [name, values] of Object.entries(map)) {
    if (!Array.isArray(values) || values.some((value) => typeof value !== 'string')) return undefined;
    for (const value of values) headers.push([name, value]);
  }
  return headers;
}
