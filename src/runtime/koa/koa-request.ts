import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { bodyTooLarge } from '../http/body.js';
import { foldHeaders } from '../http/header-fields.js';
import { HttpError } from '../http/http-error.js';
import { HttpRequest, type RequestReader } from '../http/http-request.js';
import { encodeBytes } from '../http/percent.js';

declare module '../http/http-request.js' {
  interface HttpRequest {
    /** Koa's context; undefined on Lambda. */
    koa?: Context;
  }
}

const KOA_READER: RequestReader<Context> = {
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
  // Called by whoever reads the claims, so that an error in it becomes a reply like any other.
  claims: (context) => (context.state as { claims?: () => Record<string, unknown> | undefined }).claims?.(),
  onLeave: ({ res }, leave) => {
    if (res.destroyed && !res.writableFinished) leave();
    else res.once('close', () => res.writableFinished || leave());
  },
};

/** The path of a request's target, percent-encoded; `*` for the whole server. */
export function pathOf(context: Context): string {
  return encodeBytes(splitTarget(context.req.url ?? '').path);
}

/** Makes a request of Koa's context. Only the method and the path are read yet. */
export function fromKoa(context: Context, path: string): HttpRequest {
  const request = new HttpRequest(context.req.method ?? '', path, KOA_READER, context);
  request.koa = context;
  return request;
}

/** Splits a target in origin form, or in absolute form, which a server must accept (RFC 9112 §3.2.2). */
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
      new Error('The body was already read by other Koa middleware. Remove the body parser, or put it after this app.'),
    );
  }
  return collectBody(req, limit);
}

function collectBody(req: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const onData = (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size > limit) refuse(bodyTooLarge(limit));
      else chunks.push(chunk);
    };
    const onEnd = () => {
      stopReading();
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size));
    };
    const onError = (cause: Error) => refuse(new HttpError(400, 'The body ended early', { cause }));
    const onClose = () => refuse(new HttpError(400, 'The body ended early'));
    const stopReading = () => req.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
    const refuse = (error: Error) => {
      // The rest must be read and dropped, or the client would never get to read the reply.
      stopReading()
        .on('error', () => {})
        .resume();
      reject(error);
    };
    req.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
  });
}
