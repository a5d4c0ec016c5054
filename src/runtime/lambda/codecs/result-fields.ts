import type { HeaderFields } from '../../http/header-fields.js';

/** A reply whose body is complete, as a result needs it. */
export interface BufferedReply {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly cookies: readonly string[];
  readonly body: string | Uint8Array | undefined;
}

/** The body of a result: text as it is, bytes as base64. */
export function bodyOf(reply: BufferedReply): { body: string; isBase64Encoded: boolean } {
  const { body } = reply;
  if (body === undefined) return { body: '', isBase64Encoded: false };
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  return {
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'),
    isBase64Encoded: true,
  };
}

/** The headers of a result, without `content-length`, which the gateway sets. */
export function resultHeaders(reply: Pick<BufferedReply, 'headers'>): Record<string, string> {
  if (reply.headers['content-length'] === undefined) return reply.headers;
  const { 'content-length': _, ...headers } = reply.headers;
  return headers;
}
