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

/**
 * The headers of a result that takes one value a name. Several cookies go under names that differ in case: joined with
 * a comma they would be lost, since a cookie's Expires has a comma of its own.
 */
export function singleResultHeaders(reply: BufferedReply): Record<string, string> {
  const headers: Record<string, string> = { ...resultHeaders(reply) };
  reply.cookies.forEach((cookie, i) => {
    headers[spellingOf('set-cookie', i)] = cookie;
  });
  return headers;
}

/** The `n`th way to write a name in upper and lower case; the 0th is lower case. */
function spellingOf(name: string, n: number): string {
  let bits = n;
  return name.replace(/[a-z]/g, (letter) => {
    const isUpper = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return isUpper ? letter.toUpperCase() : letter;
  });
}
