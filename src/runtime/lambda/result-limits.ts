import { HttpError } from '../http/http-error.js';
import type { HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import type { Room } from '../invoke/room.js';
import type { BufferedReply } from './event-codec.js';
import type { AnyCodec, LambdaResult } from './event-codecs.js';

/** Headers beside the body; each character is at most six in JSON. */
const HEADROOM = 64 * 1024;

/** What is wrong with the size of a result, in words that name the limit and the cure; undefined where it fits. */
export function excessOf(result: LambdaResult, reply: HttpReply, codec: AnyCodec): string | undefined {
  const { limit, headerLimit = Number.POSITIVE_INFINITY, source } = codec;
  const say = (what: string, most: number, cure: string) =>
    `The ${what} larger than the ${most} bytes that ${source} takes of a function. ${cure}.`;
  if (sizeOfHeaders(reply) > headerLimit) return say('headers are', headerLimit, 'Set fewer, or shorter ones');
  const length = result.body?.length ?? 0;
  if (length * 6 + HEADROOM < limit || Buffer.byteLength(JSON.stringify(result)) <= limit) return undefined;
  return say('answer is', limit, 'Stream it, or answer with a link to where it is');
}

/** Of the values, which are latin1: a byte for each character. */
function sizeOfHeaders({ headers, cookies }: HttpReply): number {
  let size = 0;
  for (const name in headers) size += headers[name]!.length;
  for (const cookie of cookies) size += cookie.length;
  return size;
}

/** What is answered in place of a result that is too large, which would be a gateway's 502 without a word. */
export async function refuse(
  excess: string,
  codec: AnyCodec,
  event: object,
  request: HttpRequest,
  room: Room,
): Promise<LambdaResult> {
  const error = new HttpError(500, excess, { expose: false });
  return codec.toResult((await room.answerError(error, request)) as BufferedReply, event);
}
