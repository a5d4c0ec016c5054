import type { Asked, Visitor } from './visitor.js';

/** What a visitor has seen, and what is to be seen in Flask's app (`there`) and in ours. */
export interface Demonstration {
  readonly seen: unknown;
  readonly there: unknown;
  readonly here: unknown;
}

/** Differences that no sequence walks into, each shown by requests. */
export const DEMONSTRATIONS: Readonly<Record<string, (visitor: Visitor, name: string) => Promise<Demonstration>>> = {
  'Other clients': async (visitor) => ({
    seen: await status(visitor, { path: '/create', headers: { accept: 'application/json' } }),
    there: 302,
    here: 401,
  }),
  'Forms of other sites': async (visitor, name) => ({
    seen: await status(visitor, {
      path: '/auth/register',
      form: { username: name, password: 'pw' },
      headers: { 'sec-fetch-site': 'cross-site' },
    }),
    there: 302,
    here: 403,
  }),
  JSON: async (visitor, name) => ({
    seen: await status(visitor, { path: '/auth/register', json: { username: name, password: 'pw' } }),
    there: 400,
    here: 303,
  }),
  'After signing in': async (visitor, name) => {
    const form = { username: name, password: 'pw' };
    await visitor.ask({ path: '/auth/register', form });
    return {
      seen: (await visitor.ask({ path: '/auth/login?next=%2Fcreate', form })).location,
      there: '/',
      here: '/create',
    };
  },
  OPTIONS: async (visitor) => ({
    seen: await status(visitor, { path: '/', method: 'OPTIONS' }),
    there: 200,
    here: 204,
  }),
  'Plain text': async (visitor) => ({
    seen: (await visitor.fetch({ path: '/hello' })).headers.get('content-type'),
    there: 'text/html; charset=utf-8',
    here: 'text/plain; charset=utf-8',
  }),
  NUL: async (visitor, name) => ({
    seen: await status(visitor, { path: '/auth/register', form: { username: `${name}\0`, password: 'pw' } }),
    there: 302,
    here: 400,
  }),
  'Large forms': async (visitor, name) => ({
    seen: await status(visitor, { path: '/auth/register', form: { username: name, password: 'p'.repeat(600_000) } }),
    there: 413,
    here: 303,
  }),
  Pages: async (visitor, name) => {
    await signIn(visitor, name);
    for (let i = 0; i < 11; i++) await visitor.ask({ path: '/create', form: { title: `${i}`, body: '' } });
    const page = await (await visitor.fetch({ path: '/' })).text();
    return { seen: page.includes('?page=2'), there: false, here: true };
  },
  'Doubled slashes': async (visitor) => ({
    seen: await status(visitor, { path: '/auth//login' }),
    there: 308,
    here: 404,
  }),
};

const status = async (visitor: Visitor, asked: Asked) => (await visitor.fetch(asked)).status;

async function signIn(visitor: Visitor, username: string): Promise<void> {
  for (const path of ['/auth/register', '/auth/login']) await visitor.ask({ path, form: { username, password: 'pw' } });
}
