import type { App } from '../app.js';
import { roleOf } from '../declarations/records/middleware-role.js';
import { openExchange } from '../dispatch/exchange.js';
import { HttpRequest, type RequestReader } from '../http/http-request.js';
import { HttpReply } from '../http/reply/http-reply.js';
import { applyCookies } from '../web/cookies/cookie-queue.js';
import { sessionUsers, type UserId } from '../web/session-users.js';
import { sessionOf } from '../web/sessions/session.js';

/** The part of a session that a test may change. */
export type SessionValues = Record<string, unknown>;

/** A request that has cookies alone: what the middleware of sessions reads. */
const READER: RequestReader<string> = {
  query: () => '',
  headers: (cookie): Record<string, string> => (cookie === '' ? {} : { cookie }),
  body: () => {
    throw new Error('This request has no body.');
  },
  details: () => ({
    peer: () => ({ address: '127.0.0.1', protocol: 'https', isForwarded: false }),
    id: () => 'test',
  }),
};

/**
 * Runs the app's own `sessions()` for a client, and what is to be done with the session.
 *
 * @param cookies the `cookie` header
 * @returns the `Set-Cookie` values that the client gets
 * @throws Error where the app has no sessions
 */
async function inSession(app: App, cookies: string, act: (request: HttpRequest) => void): Promise<readonly string[]> {
  const sessions = app.options.use?.find((use) => roleOf(use)?.kind === 'sessions');
  if (sessions === undefined) {
    throw new Error('The app has no sessions in "use:" of defineApp. Add sessions() of twodoors/sessions.');
  }
  const request = new HttpRequest('GET', '/', READER, cookies);
  openExchange(request, { kind: 'unknown' }, app.options);
  const reply = (await sessions(request, async () => {
    act(request);
    return new HttpReply();
  })) as HttpReply;
  return applyCookies(request, reply).cookies;
}

/** The data of a client's session. */
export async function readSession(app: App, cookies: string): Promise<SessionValues> {
  let values: SessionValues = {};
  await inSession(app, cookies, (request) => {
    values = structuredClone({ ...sessionOf<SessionValues>(request) });
  });
  return values;
}

/** Changes the data of a client's session. Gives the `Set-Cookie` values. */
export function changeSession(
  app: App,
  cookies: string,
  change: (session: SessionValues) => void,
): Promise<readonly string[]> {
  return inSession(app, cookies, (request) => change(sessionOf(request) as SessionValues));
}

/** Gives a client's session a user, or none. Gives the `Set-Cookie` values. */
export function changeUser(app: App, cookies: string, id: UserId | undefined): Promise<readonly string[]> {
  return inSession(app, cookies, (request) => {
    const user = sessionUsers.of!(request)!;
    if (id === undefined) user.signOut();
    else user.signIn(id, undefined);
  });
}
