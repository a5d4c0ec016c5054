import { HttpError, HttpReply, type HttpRequest, type Middleware } from 'twodoors';

/** Every kind of middleware that a table may have somewhere. */
export const MIDDLEWARE = {
  none: undefined,
  header: async (_request, next) => {
    const reply = await next();
    reply.headers['X-Through'] = reply.headers['x-through'] === undefined ? 'once' : 'twice';
    reply.cookies.push('through=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
    return reply;
  },
  guard: async (request, next) => {
    if (request.header('x-deny') !== undefined) {
      throw new HttpError(401, 'Denied', { headers: { 'www-authenticate': 'Bearer realm="x, y"' } });
    }
    return next();
  },
  'replies itself': async (request, next) => (request.method === 'PATCH' ? { instead: request.method } : next()),
  'reads the body': async (request, next) => {
    const text = await request.text().catch((error: Error) => error.message);
    const reply = await next();
    reply.headers['x-length'] = String(text.length);
    return reply;
  },
  'maps errors': async (request, next) => {
    try {
      return await next();
    } catch (error) {
      if (request.header('x-b') === undefined) throw error;
      return new HttpReply('mapped', { status: 418 });
    }
  },
  'returns nothing': (async (request: HttpRequest, next: () => Promise<HttpReply>) =>
    request.method === 'DELETE' ? undefined : next()) as unknown as Middleware,
} satisfies Record<string, Middleware | undefined>;

/** The name of a kind of middleware. */
export type MiddlewareName = keyof typeof MIDDLEWARE;

/** The names of all kinds. */
export const middlewareNames = Object.keys(MIDDLEWARE) as MiddlewareName[];
