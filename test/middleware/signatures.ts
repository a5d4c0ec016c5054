/** Never run: what the compiler must accept, and what it must not. */

import { type Class, defineApp, type HttpRequest, type Interceptor, UseInterceptor } from 'twodoors';
import {
  type AccessEntry,
  accessLog,
  cacheControl,
  compress,
  cors,
  cspNonce,
  etag,
  requestId,
  securityHeaders,
} from 'twodoors/middleware';

export function origins(): void {
  cors({ origin: '*' });
  cors({ origin: [/^https:\/\/a\.example$/, 'https://b.example'], methods: ['PUT'], maxAge: 5 });
  cors({ origin: async (origin, request) => origin === request.path });
  // @ts-expect-error an origin is required: nobody opens an app by accident
  cors();
  // @ts-expect-error an origin is required
  cors({});
  // @ts-expect-error nor is there a word for all
  cors({ origin: true });
  // @ts-expect-error a function says yes or no
  cors({ origin: (origin) => origin });
  // @ts-expect-error a list
  cors({ origin: '*', exposedHeaders: 'x-total' });
}

export function others(request: HttpRequest): string | undefined {
  securityHeaders({ contentSecurityPolicy: { 'img-src': ["'self'"], 'form-action': false }, hsts: false });
  // @ts-expect-error a list of sources
  securityHeaders({ contentSecurityPolicy: { 'img-src': "'self'" } });
  // @ts-expect-error 'none', 'self' or a list
  securityHeaders({ frameAncestors: 'all' });
  // @ts-expect-error no directives say nothing
  cacheControl();
  cacheControl({ maxAge: 1, public: undefined });
  // @ts-expect-error in seconds
  cacheControl({ maxAge: '1h' });
  compress({ types: /^text\// });
  etag({ weak: true });
  requestId({ trust: ({ client }) => client.address === '10.0.0.1' });
  accessLog({ format: (entry: AccessEntry) => `${entry.status}`, skip: ({ route }) => route === undefined });
  // @ts-expect-error there is no such format
  accessLog({ format: 'combined' });
  // @ts-expect-error it may be undefined: an app need not have a policy
  const nonce: string = cspNonce(request);
  return nonce;
}

interface Todo {
  title: string;
}

export function interceptors(controllers: Class[]): void {
  UseInterceptor((value) => ({ data: value }));
  UseInterceptor(
    async ({ title }: Todo) => title,
    (value: string, request) => value + request.path,
  );
  const envelope: Interceptor = (value, { method }) => ({ value, method });
  defineApp({ controllers, interceptors: [envelope, ({ title }: Todo) => title] });
  // @ts-expect-error what a handler returned is not known, unless the interceptor says so
  UseInterceptor((value) => value.title);
  // @ts-expect-error a function
  UseInterceptor('envelope');
  // @ts-expect-error a list
  defineApp({ controllers, interceptors: envelope });
}
