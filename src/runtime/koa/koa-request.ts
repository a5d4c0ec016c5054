import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { bodyTooLarge } from '../http/body.js';
import { foldHeaders } from '../http/header-fields.js';
import { HttpError } from '../http/http-error.js';
import { HttpRequest, type RequestReader } from '../http/http-request.js';
import { encodeBytes } from '../http/percent.js';

declare module '../http/http-request.js' {
  interface HttpRequest {
    /** Koa's context, behind that door. */
    koa?: Context;
  }
}

const READER: RequestReader<Context> = {
  query: ({ req }) => encodeBytes(splitTarget(req.url ?? '').query),
  headers: ({ req }) => foldHeaders(req.rawHeaders),
  body: readBody,
  stream: ({ req }) => req,
  id: () => randomUUID(),
  peer: ({ req: { socket } }) => ({
    address: socket.remoteAddress ?? '',
    protocol: 'encrypted' in socket ? 'https' : 'http',
    isForwarded: false,
  }),
  // Asked for by whoever reads them, so that a failure is the dispatcher's to answer.
  claims: (context) => (context.state as { claims?: () => Record<string, unknown> | undefined }).claims?.(),
  onLeave: ({ res }, leave) => {
    if (res.destroyed && !res.writableFinished) leave();
    else res.once('close', () => res.writableFinished || leave());
  },
};

/** The path of a request's target, percent-encoded; `*` for the server as a whole. */
export function pathOf(context: Context): string {
  return encodeBytes(splitTarget(context.req.url ?? '').path);
}

/** Makes a request of Koa's context; nothing but the method and the path is read yet. */
export function fromKoa(context: Context, path: string): HttpRequest {
  const request = new HttpRequest(context.req.method ?? '', path, READER, context);
  request.koa = context;
  return request;
}

/** Takes a target apart: in origin form, or in absolute form, which a server must accept (RFC 9112 §3.2.2). */
function splitTarget(target: string): { path: string; query: string } {
  let rest = target;
  const authority = target.startsWith('/') ? null : /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target);
  if (authority !== null) {
    rest = target.slice(authority[0].length);
    if (!rest.startsWith('/')) rest = `/${rest}`;
  }
  const mark = rest.indexOf('?');
  return mark === -1 ? { path: rest, query: '' } : { path: rest.slice(0, mark), query: rest.slice(mark + 1) };
}

const EMPTY = new Uint8Array(0);

function readBody({ req, request }: Context, limit: number): Uint8Array | Promise<Uint8Array> {
  const declared = req.headers['content-length'];
  if (declared === undefined && req.headers['transfer-encoding'] === undefined) return EMPTY;
  if (Number(declared) > limit) return Promise.reject(bodyTooLarge(limit));
  if (req.readableEnded || req.readableDidRead) {
    const kept = (request as { rawBody?: unknown }).rawBody;
    if (typeof kept === 'string') return Buffer.from(kept);
    return Promise.reject(
      new Error('The body was already read by other Koa middleware. Take the body parser out of its way, or off.'),
    );
  }
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const settle = (error?: Error) => {
      req.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
      if (error === undefined) {
        resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size));
      } else {
        // What still comes must be read away, or the client would never get to read the answer.
        req.on('error', () => {}).resume();
        reject(error);
      }
    };
    const onData = (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size > limit) settle(bodyTooLarge(limit));
      else chunks.push(chunk);
    };
    const onEnd = () => settle();
    const onError = (cause: Error) => settle(new HttpError(400, 'The body ended early', { cause }));
    const onClose = () => settle(new HttpError(400, 'The body ended early'));
    req.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
  });
}
