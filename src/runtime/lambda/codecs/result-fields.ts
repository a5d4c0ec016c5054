import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HeaderFields } from '../../http/header-fields.js';

/** A reply whose body is complete, as a result needs it. */
export interface BufferedReply {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly cookies: readonly string[];
  readonly body: string | Uint8Array | undefined;
}

/** A result of payload format 2.0. All sources take its members but `cookies`. */
export interface WholeResult extends APIGatewayProxyStructuredResultV2 {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** The result of a reply: a body of text as it is, one of bytes as base64. */
export function toWholeResult(reply: BufferedReply): WholeResult {
  const { body, cookies } = reply;
  const result: WholeResult = {
    statusCode: reply.status,
    headers: resultHeaders(reply),
    body:
      typeof body === 'object'
        ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64')
        : (body ?? ''),
    isBase64Encoded: typeof body === 'object',
  };
  if (cookies.length > 0) result.cookies = [...cookies];
  return result;
}

/** The headers of a result, without `content-length`, which the gateway sets. */
export function resultHeaders(reply: Pick<BufferedReply, 'headers'>): Record<string, string> {
  if (reply.headers['content-length'] === undefined) return reply.headers;
  const { 'content-length': _, ...headers } = reply.headers;
  return headers;
}
