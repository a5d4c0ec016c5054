import { HttpError } from '../http/http-error.js';
import type { HttpReply } from '../http/http-reply.js';
import type { AnyCodec, LambdaResult } from './event-codecs.js';
import type { Excess } from './excess-message.js';

/** What is beside the values; each character is at most six in JSON. */
const HEADROOM = 64 * 1024;

/** What of a result its source would not take; undefined where it fits. */
export function excessOf(result: LambdaResult, reply: HttpReply, codec: AnyCodec): Excess | undefined {
  const { limit, source } = codec;
  const length = (result.body?.length ?? 0) + sizeOfHeaders(reply);
  const isLarge = length * 6 + HEADROOM >= limit && Buffer.byteLength(JSON.stringify(result)) > limit;
  return isLarge ? { of: 'answer', limit, source } : excessOfHeaders(reply, codec);
}

/** As {@link excessOf}, of the headers alone. */
export function excessOfHeaders(reply: HttpReply, { headerLimit: limit, source }: AnyCodec): Excess | undefined {
  return limit !== undefined && sizeOfHeaders(reply) > limit ? { of: 'headers', limit, source } : undefined;
}

/** Of the values, which are latin1: a byte for each character. */
function sizeOfHeaders({ headers, cookies }: HttpReply): number {
  let size = 0;
  for (const name in headers) size += headers[name]!.length;
  for (const cookie of cookies) size += cookie.length;
  return size;
}

/** What is answered in place of a result that is too large, which would be a gateway's 502 without a word. */
export async function tooLarge(excess: Excess): Promise<HttpError> {
  const { excessMessage } = await import('./excess-message.js');
  return new HttpError(500, excessMessage(excess), { expose: false });
}
