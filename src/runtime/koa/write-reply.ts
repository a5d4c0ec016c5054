import type { Context } from 'koa';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { replyToError, replyToLateError } from '../dispatch/error-replies.js';
import { orTimeout } from '../dispatch/time/body-timeout.js';
import { closeSource, isWhole, toBytes } from '../http/body/chunks.js';
import type { HttpRequest } from '../http/http-request.js';
import { closeBody } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { addVary } from '../http/reply/vary.js';
import { ReplyStream } from './reply-stream.js';

/** Writes a reply to Koa's context, where Koa middleware can still change it. Never throws. */
export function writeReply(
  reply: HttpReply,
  context: Context,
  request: HttpRequest,
  dispatcher: Dispatcher,
): void | Promise<void> {
  if (!isWhole(reply.body)) return writeChunked(reply, context, request, dispatcher);
  writeHead(reply, context);
  writeBody(reply.body, context, reply);
}

function writeHead(reply: HttpReply, context: Context): void {
  context.status = reply.status;
  const { res } = context;
  // Outer middleware has set this one: a cache would give the reply to clients that must not get it.
  const outerVary = res.getHeader('vary');
  for (const name of Object.keys(reply.headers)) res.setHeader(name, reply.headers[name]!);
  if (outerVary !== undefined && reply.headers['vary'] !== undefined) {
    res.setHeader('vary', mergeVary(String(outerVary), reply.headers['vary']));
  }
  if (reply.cookies.length > 0) context.append('set-cookie', reply.cookies);
}

function mergeVary(outer: string, own: string): string {
  const merged = { vary: outer };
  addVary(merged, ...own.split(',').map((each) => each.trim()));
  return merged.vary;
}

function writeBody(body: string | Uint8Array | undefined, context: Context, reply: HttpReply): void {
  if (typeof body === 'string') {
    // Node writes the head together with a text body, both as UTF-8; but a head is latin1 (RFC 9110 §5.5).
    context.body = isAscii(reply) ? body : Buffer.from(body);
    return;
  }
  if (body !== undefined) {
    context.body = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    return;
  }
  // Koa would fill an empty body with the reason phrase, and give it a type.
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
  const close = () => source !== undefined && closeSource(source);
  try {
    source = (reply.body as AsyncIterable<string | Uint8Array>)[Symbol.asyncIterator]();
    res.once('close', close);
    const first = await orTimeout(source.next(), request);
    if (first.done !== true) toBytes(first.value);
    res.off('close', close);
    writeHead(reply, context);
    const breakOff = (error: unknown) => {
      replyToError(dispatcher, error, request);
      res.destroy();
    };
    context.body = new ReplyStream(source, first, breakOff);
  } catch (error) {
    close();
    res.off('close', close);
    await writeReply(await replyToLateError(dispatcher, error, request), context, request, dispatcher);
  }
}
