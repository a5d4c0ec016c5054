import type { HttpRequest } from '../../../http/http-request.js';
import { setClaims } from '../../../http/request-access.js';
import type { UserId } from '../../session-users.js';
import { bearerMistakes } from './bearer-mistakes.js';
import type { BearerOptions, TokenClaims, TokenVerifier, UserIdOfClaims } from './bearer-options.js';
import { credentialsOf, type Identifier } from './identifier.js';

/**
 * Knows users by the JSON Web Token that a client sends: `Authorization: Bearer …` (RFC 6750). A token counts only with a
 * valid signature by a key of the issuer and one of the algorithms, before its `exp`, which it must have, and not before its
 * `nbf`; its claims are then in `request.claims`, as behind a gateway's authorizer. Needs `npm install jose`, which is loaded for the
 * first token. If the issuer's keys cannot be fetched, that is a 503.
 *
 * @example
 * ```ts
 * auth({
 *   loadUser: (sub: string) => users.bySubject(sub),
 *   identify: [session, bearer({ issuer, audience: 'todos', jwks: () => process.env.JWKS_URL })],
 * })
 * ```
 */
export function bearer<Id extends UserId>(options: BearerOptions & UserIdOfClaims<Id>): Identifier<Id>;
export function bearer(options: BearerOptions): Identifier<string>;
export function bearer(options: BearerOptions & Partial<UserIdOfClaims<UserId>>): Identifier {
  const { userId = subjectOf } = options;
  let verifier: Promise<TokenVerifier> | undefined;
  /** What was wrong with the tokens that were refused. */
  const refusals = new WeakMap<HttpRequest, string>();

  async function verify(token: string): Promise<TokenClaims | string> {
    verifier ??= import('./token-verifier.js').then(({ createTokenVerifier }) => createTokenVerifier(options));
    try {
      return await (await verifier)(token);
    } catch (error) {
      // What was missing may be there the next time.
      verifier = undefined;
      throw error;
    }
  }

  return {
    scheme: 'bearer',
    async identify(request) {
      const token = credentialsOf(request, 'bearer');
      if (token === undefined) return undefined;
      const claims = isToken(token) ? await verify(token) : 'The token is malformed';
      if (typeof claims === 'string') {
        refusals.set(request, claims);
        return undefined;
      }
      setClaims(request, claims);
      return userId(claims);
    },
    // RFC 6750 §3: a client that sends no token is not told of an error.
    challenge(request) {
      const refusal = refusals.get(request);
      return refusal === undefined ? 'Bearer' : `Bearer error="invalid_token", error_description="${refusal}"`;
    },
    findMistakes: () => bearerMistakes(options),
  };
}

/** Whether these are three parts of base64url; the last one is empty for a token that is not signed. */
function isToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

function subjectOf({ sub }: TokenClaims): string | undefined {
  return typeof sub === 'string' && sub !== '' ? sub : undefined;
}
