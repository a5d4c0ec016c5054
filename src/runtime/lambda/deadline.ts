import type { Context } from 'aws-lambda';
import type { HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import type { Room } from '../invoke/room.js';
import { withTimeout } from '../invoke/timeout.js';

/** The answer, or a 504 shortly before Lambda's deadline, which would be a gateway's own error without a word. */
export function inTime(
  reply: Promise<HttpReply>,
  request: HttpRequest,
  context: Context | undefined,
  margin: number,
  room: Room,
): Promise<HttpReply> {
  const remaining = context?.getRemainingTimeInMillis?.();
  if (remaining === undefined) return reply;
  const reason = `There was no answer ${margin} ms before Lambda's deadline`;
  return withTimeout(reply, request, Math.max(remaining - margin, 0), reason, room.answerError);
}
