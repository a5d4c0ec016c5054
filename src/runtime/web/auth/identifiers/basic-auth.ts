import type { HttpRequest } from '../../../http/http-request.js';
import type { UserId } from '../../session-users.js';
import { credentialsOf, type FoundId, type Identifier } from './identifier.js';

type Verified<Id extends UserId> = FoundId<Id> | false;

/** What {@link basicAuth} takes. */
export interface BasicAuthOptions<Id extends UserId> {
  /**
   * Checks name and password, such as by `verifyPassword`, and gives the id of the user; `undefined`, `null` or `false` where
   * they are wrong. It runs at each request that needs the user.
   */
  verify: (name: string, password: string, request: HttpRequest) => Verified<Id> | Promise<Verified<Id>>;
  /** What browsers show when they ask for the password, in ASCII. Default: `Restricted`. */
  realm?: string | undefined;
}

/**
 * Knows users by the name and password that a client sends with each request (RFC 7617), for scripts and internal tools.
 * A header in the wrong form is a client that is not known.
 *
 * @example
 * ```ts
 * auth({ loadUser, identify: basicAuth({ verify: async (name, password) => {
 *   const user = await users.byName(name);
 *   return (await verifyPassword(password, user?.passwordHash)) && user!.id;
 * } }) })
 * ```
 */
export function basicAuth<Id extends UserId>({ verify, realm = 'Restricted' }: BasicAuthOptions<Id>): Identifier<Id> {
  return {
    scheme: 'basic',
    async identify(request) {
      const credentials = credentialsOf(request, 'basic');
      const pair = credentials === undefined ? undefined : decode(credentials);
      if (pair === undefined) return undefined;
      const id = await verify(pair.name, pair.password, request);
      return id === false ? undefined : id;
    },
    challenge: () => `Basic realm="${realm}", charset="UTF-8"`,
    findMistakes() {
      const mistakes: string[] = [];
      if (typeof verify !== 'function') {
        mistakes.push('basicAuth(): verify is missing. Pass a function that checks a name and a password.');
      }
      if (!/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(realm)) {
        mistakes.push('basicAuth(): realm must be ASCII without quotes and backslashes. Write it in plain letters.');
      }
      return mistakes;
    },
  };
}

/** Name and password (RFC 7617 §2); undefined where they are not base64 of UTF-8 text with a colon. */
function decode(credentials: string): { name: string; password: string } | undefined {
  if (!/^[A-Za-z\d+/]+={0,2}$/.test(credentials)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(credentials, 'base64'));
  } catch {
    return undefined;
  }
  const colon = text.indexOf(':');
  // RFC 7617 §2: neither may have control characters.
  if (colon === -1 || /[\x00-\x1f\x7f]/.test(text)) return undefined;
  return { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
