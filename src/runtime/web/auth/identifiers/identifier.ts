import type { AuthScheme } from '../../../declarations/records/middleware-role.js';
import type { HttpRequest } from '../../../http/http-request.js';
import type { UserId } from '../../session-users.js';

/** What an identifier finds: the id of the user; nothing where this client is not known by it. */
export type FoundId<Id extends UserId> = Id | undefined | null;

/**
 * Finds out which user a request comes from, such as by the session or by a token. {@link session}, `bearer(…)` and
 * `basicAuth(…)` make them. A function alone is one as well: `(request) => keys.get(request.header('x-api-key') ?? '')`.
 */
export interface Identifier<Id extends UserId = UserId> {
  readonly scheme: AuthScheme;
  /** Finds the id of the user. What it throws is the reply: a store that fails is not an unknown user. */
  identify(request: HttpRequest): FoundId<Id> | Promise<FoundId<Id>>;
  /** What the client should send, and what was wrong with what it sent: a value of `WWW-Authenticate`. */
  challenge?(request: HttpRequest): string | undefined;
  /** Called where there is no user with this id any more. */
  forget?(request: HttpRequest): void;
  /** What is wrong with its options, each with its fix. */
  findMistakes?(): readonly string[];
}

/** An identifier, or its function alone. */
export type Identify<Id extends UserId> =
  | Identifier<Id>
  | ((request: HttpRequest) => FoundId<Id> | Promise<FoundId<Id>>);

/** The credentials of an `Authorization` header; undefined for a request without one, or with another scheme. */
export function credentialsOf(request: HttpRequest, scheme: 'bearer' | 'basic'): string | undefined {
  const header = request.headers['authorization'];
  if (header === undefined || header.slice(0, scheme.length).toLowerCase() !== scheme) return undefined;
  const rest = header.slice(scheme.length);
  // "Bearer" alone has empty credentials; "Bearers x" is another scheme.
  return rest === '' || rest.startsWith(' ') ? rest.trim() : undefined;
}
