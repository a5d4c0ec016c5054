import { closeSource, isWhole, toBytes } from '../../http/body/chunks.js';
import type { HttpRequest } from '../../http/http-request.js';
import { closeBody } from '../../http/reply/body-owner.js';
import type { ChunkedBody, HttpReply } from '../../http/reply/http-reply.js';
import type { FailingApp } from '../failing-app.js';
import { loadFailureReplies } from '../failure-replies.lazy.js';
import { orTimeout } from '../time/body-timeout.js';

/** HEAD: GET's status and headers without its body (RFC 9110 §9.3.2). */
export function toHeadReply(
  reply: HttpReply | Promise<HttpReply>,
  request: HttpRequest,
  app: FailingApp,
): HttpReply | Promise<HttpReply> {
  if (reply instanceof Promise) return reply.then((made) => toHeadReply(made, request, app));
  const { body } = reply;
  if (body === undefined) return reply;
  if (!isWhole(body)) return dropStream(reply, body, request, app);
  reply.headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  reply.body = undefined;
  return reply;
}

/** Waits for the first chunk, as GET does: a stream that fails before it has another status. It is closed then, not drained. */
async function dropStream(
  reply: HttpReply,
  body: ChunkedBody,
  request: HttpRequest,
  app: FailingApp,
): Promise<HttpReply> {
  let source: AsyncIterator<string | Uint8Array> | undefined;
  const close = () => (source === undefined ? closeBody(body) : closeSource(source));
  const { signal } = request;
  try {
    source = body[Symbol.asyncIterator]();
    signal.addEventListener('abort', close);
    const first = await orTimeout(source.next(), request);
    if (first.done === true) reply.headers['content-length'] = '0';
    else toBytes(first.value);
  } catch (error) {
    return toHeadReply(loadFailureReplies().replyToError(app, error, request), request, app);
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
  reply.body = undefined;
  return reply;
}
