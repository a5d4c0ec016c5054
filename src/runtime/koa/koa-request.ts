import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { clientLeft } from '../http/errors/request-errors.js';
import { foldHeaders } from '../http/fold-headers.js';
import { type DetailsReader, HttpRequest, type RequestReader } from '../http/http-request.js';
import { basePathBefore } from '../http/origin/front-path.js';
import { encodeBytes } from '../http/percent.js';
import { readBody, streamBody } from './read-body.js';

declare module '../http/http-request.js' {
  interface HttpRequest {
    /** Koa's context; undefined on Lambda. */
    koa?: Context;
  }
}

const KOA_DETAILS: DetailsReader<Context> = {
  id: () => randomUUID(),
  peer: ({ req: { socket } }) => ({
    address: socket.remoteAddress ?? '',
    protocol: 'encrypted' in socket ? 'https' : 'http',
    isForwarded: false,
  }),
  basePath: ({ originalUrl }, { path }) => basePathBefore(encodeBytes(splitTarget(originalUrl).path), path),
  // Called by whoever reads the claims, so that an error in it becomes a reply like any other.
  claims: (context) => (context.state as { claims?: () => Record<string, unknown> | undefined }).claims?.(),
  onLeave: ({ res }, leave) => {
    if (res.destroyed && !res.writableFinished) leave(clientLeft());
    else res.once('close', () => res.writableFinished || leave(clientLeft()));
  },
};

const KOA_READER: RequestReader<Context> = {
  query: ({ req }) => encodeBytes(splitTarget(req.url ?? '').query),
  headers: ({ req }) => foldHeaders(req.rawHeaders),
  body: readBody,
  stream: ({ req }) => streamBody(req),
  details: () => KOA_DETAILS,
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
