import type { Dispatcher } from '../../dispatch/dispatcher.js';
import { exchangeOf } from '../../dispatch/exchange.js';
import { loadFailureReplies } from '../../dispatch/failure-replies.lazy.js';
import { orTimeout } from '../../dispatch/time/body-timeout.js';
import { type ChunkedBody, collect } from '../../http/body/chunks.js';
import type { HttpRequest } from '../../http/http-request.js';
import { closeBody } from '../../http/reply/body-owner.js';
import type { HttpReply } from '../../http/reply/http-reply.js';

/**
 * Collects the body of a reply that comes in chunks, for a handler that returns whole results. A body that fails, or is
 * not whole in time, is replaced by the reply to its error. Never rejects.
 */
export async function bufferBody(reply: HttpReply, request: HttpRequest, dispatcher: Dispatcher): Promise<HttpReply> {
  const body = reply.body as ChunkedBody;
  exchangeOf(request).isCollected = true;
  request.signal.addEventListener('abort', () => closeBody(body));
  try {
    reply.body = await orTimeout(collect(body), request);
    return reply;
  } catch (error) {
    closeBody(body);
    return loadFailureReplies().replyToLateError(dispatcher, error, request);
  }
}
