import type { Context } from 'koa';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { orTimeout } from '../dispatch/timeout.js';
import { closeSource, isChunked, toBytes } from '../http/chunks.js';
import { closeBody, type HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { ReplyStream } from './reply-stream.js';

/** Writes an answer to Koa's context, where Koa's own middleware can still see it. Never throws. */
export function writeReply(
  reply: HttpReply,
  context: Context,
  request: HttpRequest,
  dispatcher: Dispatcher,
): void | Promise<void> {
  if (isChunked(reply.body)) return writeChunked(reply, context, request, dispatcher);
  writeHead(reply, context);
  writeBody(reply.body, context, reply);
}

function writeHead(reply: HttpReply, context: Context): void {
  context.status = reply.status;
  const { res } = context;
  for (const name of Object.keys(reply.headers)) res.setHeader(name, reply.headers[name]!);
  if (reply.cookies.length > 0) context.append('set-cookie', reply.cookies);
}

function writeBody(body: string | Uint8Array | undefined, context: Context, reply: HttpReply): void {
  if (typeof body === 'string') {
    // Node writes the head together with a body of text, and then as UTF-8, where a head is latin1 (RFC 9110 §5.5).
    context.body = isAscii(reply) ? body : Buffer.from(body);
    return;
  }
  if (body !== undefined) {
    context.body = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    return;
  }
  // Koa would put the reason phrase into an empty body, and a type on it.
  context.body = '';
  const { res } = context;
  if (reply.headers['content-type'] === undefined) res.removeHeader('content-type');
  if (context.method !== 'HEAD') return;
  const length = reply.headers['content-length'];
  if (length === undefined) res.removeHeader('content-length');
  else res.setHeader('content-length', length);
}

function isAscii({ headers, cookies }: HttpReply): boolean {
  for (const name in headers) if (/[\x80-\xff]/.test(headers[name]!)) return false;
  return cookies.length === 0 || !cookies.some((cookie) => /[\x80-\xff]/.test(cookie));
}

async function writeChunked(
  reply: HttpReply,
  context: Context,
  request: HttpRequest,
  dispatcher: Dispatcher,
): Promise<void> {
  const { res } = context;
  if (res.destroyed) {
    closeBody(reply.body);
    return;
  }
  let source: AsyncIterator<string | Uint8Array> | undefined;
  const leave = () => source !== undefined && closeSource(source);
  try {
    source = (reply.body as AsyncIterable<string | Uint8Array>)[Symbol.asyncIterator]();
    res.once('close', leave);
    const first = await orTimeout(source.next(), request);
    if (first.done !== true) toBytes(first.value);
    res.off('close', leave);
    writeHead(reply, context);
    context.body = new ReplyStream(source, first, (error) => {
      dispatcher.replyToError(error, request);
      res.destroy();
    });
  } catch (error) {
    leave();
    res.off('close', leave);
    await writeReply(await dispatcher.replyToError(error, request), context, request, dispatcher);
  }
}
