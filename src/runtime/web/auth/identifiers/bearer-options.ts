import type { Secret } from '../../cookies/secret.js';
import type { UserId } from '../../session-users.js';
import type { FoundId } from './identifier.js';

/** The claims of a verified token (RFC 7519 §4). */
export interface TokenClaims extends Record<string, unknown> {
  readonly iss?: string;
  readonly sub?: string;
  readonly aud?: string | string[];
  /** In seconds since 1970, as are the other times. */
  readonly exp?: number;
  readonly nbf?: number;
  readonly iat?: number;
}

/** The algorithms that sign tokens: with a private key, whose public key anybody may know, or with a secret. */
export type PublicKeyAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA';
/** An algorithm that signs tokens with a secret, which both sides have. */
export type SecretAlgorithm = 'HS256' | 'HS384' | 'HS512';

/** A value, or a function that gives it at first use, such as one of the environment. */
export type OrLater<T> = T | (() => T | undefined);

interface TokenChecks {
  /** Who must have issued the token: its `iss`, exactly as the issuer writes it. */
  readonly issuer: OrLater<string | readonly string[]>;
  /** Whom it must be for: one of its `aud`. `false` for an issuer whose tokens have none, such as Cognito's access tokens. */
  readonly audience: OrLater<string | readonly string[]> | false;
  /** How far the clocks of issuer and app may differ, in seconds. Default: 5. */
  readonly clockTolerance?: number | undefined;
}

/** The keys of an issuer, as its JSON Web Key Set says them (RFC 7517). */
export interface KeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

interface KeySetChecks extends TokenChecks {
  /**
   * Where the issuer publishes its public keys, such as `https://issuer.example/.well-known/jwks.json`, or the keys
   * themselves. They are fetched at the first token, kept for 10 minutes, and fetched again for a key that is new, at most
   * every 30 seconds.
   */
  readonly jwks: OrLater<string> | KeySet;
  readonly secret?: undefined;
  /** Which algorithms a token may be signed with. Default: RS256, PS256, ES256 and EdDSA. */
  readonly algorithms?: readonly PublicKeyAlgorithm[] | undefined;
}

interface SecretChecks extends TokenChecks {
  /** The secret that issuer and app share, of 32 bytes or more; see {@link Secret}. */
  readonly secret: Secret;
  readonly jwks?: undefined;
  /** Which algorithms a token may be signed with. Default: HS256. */
  readonly algorithms?: readonly SecretAlgorithm[] | undefined;
}

/** What {@link bearer} takes: what a token must be like, and its issuer's keys. */
export type BearerOptions = KeySetChecks | SecretChecks;

/** Takes the id of the user from the claims of a token. */
export interface UserIdOfClaims<Id extends UserId> {
  /** Default: `sub`. */
  readonly userId: (claims: TokenClaims) => FoundId<Id>;
}

/** Verifies a token: gives its claims, or in a sentence why it does not count. */
export type TokenVerifier = (token: string) => Promise<TokenClaims | string>;
