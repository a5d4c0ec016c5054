import type { HttpRequest } from '../../http/http-request.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import type { ParsedBody } from '../binding/body/parsed-body.js';

/**
 * Replies to what binding or the handler has thrown, where it is a mistake in a form; throws it again where it is not.
 *
 * @param body undefined where nothing binds the body
 */
export type InvalidReplier = (
  error: unknown,
  request: HttpRequest,
  body: ParsedBody | undefined,
) => HttpReply | Promise<HttpReply>;
