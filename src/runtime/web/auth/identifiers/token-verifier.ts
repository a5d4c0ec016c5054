import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { currentTime } from '../../../http/clock.js';
import { HttpError } from '../../../http/errors/http-error.js';
import { keysOf } from '../../cookies/secret.js';
import { keySetMistake, secretMistake } from './bearer-mistakes.js';
import type { BearerOptions, OrLater, TokenClaims, TokenVerifier } from './bearer-options.js';

type Jose = typeof import('jose');

/** One attempt with one key, or with the keys of a set. */
type Attempt = (token: string) => Promise<{ readonly payload: JWTPayload }>;

const PUBLIC_KEY_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** The codes of jose's errors that are about the token. All others are about the keys: the client cannot mend these. */
const TOKEN_ERRORS = new Set([
  'ERR_JWT_EXPIRED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWT_INVALID',
  'ERR_JWS_INVALID',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JOSE_NOT_SUPPORTED',
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
]);

/** What a client is told of a claim that does not hold. */
const CLAIM_REFUSALS: Readonly<Record<string, string>> = {
  aud: 'The token is for another audience',
  iss: 'The token is by another issuer',
  nbf: 'The token is not valid yet',
  exp: 'The token has no time of expiry',
};

/**
 * Makes the verifier of tokens, once there is one; loads jose.
 *
 * @throws Error where jose is not installed; TypeError where an option that is a function gives nothing
 */
export async function createTokenVerifier(options: BearerOptions): Promise<TokenVerifier> {
  const jose = await loadJose();
  const attempts = createAttempts(jose, options);
  return async function verifyToken(token) {
    let refusal = '';
    for (const attempt of attempts()) {
      try {
        return (await attempt(token)).payload as TokenClaims;
      } catch (error) {
        refusal = refusalOf(error);
      }
    }
    return refusal;
  };
}

/** The attempts for a token: with the keys of the set, or with each secret, since a secret can be replaced. */
function createAttempts(jose: Jose, options: BearerOptions): () => Attempt[] {
  const { issuer, audience, clockTolerance = 5 } = options;
  const checks = () => ({
    issuer: mutable(resolveOption(issuer, 'issuer')),
    ...(audience !== false && { audience: mutable(resolveOption(audience, 'audience')) }),
    clockTolerance,
    // A token without it would be valid forever.
    requiredClaims: ['exp'],
    currentDate: new Date(currentTime()),
  });
  if (options.secret !== undefined) {
    const { secret, algorithms = ['HS256'] } = options;
    return () =>
      keysOf(secret, 'bearer()').map((key) => {
        assertRight(secretMistake(key));
        return (token) => jose.jwtVerify(token, Buffer.from(key), { ...checks(), algorithms: [...algorithms] });
      });
  }
  const { jwks, algorithms = PUBLIC_KEY_ALGORITHMS } = options;
  const getKey = keysOfSet(jose, jwks);
  return () => [(token) => jose.jwtVerify(token, getKey, { ...checks(), algorithms: [...algorithms] })];
}

function keysOfSet(jose: Jose, jwks: Extract<BearerOptions, { jwks: unknown }>['jwks'] | undefined): JWTVerifyGetKey {
  if (typeof jwks === 'object') return jose.createLocalJWKSet(jwks as Parameters<Jose['createLocalJWKSet']>[0]);
  const address = resolveOption(jwks!, 'jwks');
  const mistake = keySetMistake(address);
  assertRight(mistake && `bearer(): ${mistake}`);
  return jose.createRemoteJWKSet(new URL(address));
}

function assertRight(mistake: string | undefined): void {
  if (mistake !== undefined) throw new TypeError(mistake);
}

function resolveOption<T>(option: OrLater<T>, name: string): T {
  const value = typeof option === 'function' ? (option as () => T | undefined)() : option;
  if (value === undefined) {
    throw new TypeError(
      `bearer(): the function of its ${name} gives undefined. Set what it reads, such as an environment variable.`,
    );
  }
  return value;
}

function mutable(value: string | readonly string[]): string | string[] {
  return typeof value === 'string' ? value : [...value];
}

/**
 * Says in a sentence why a token does not count.
 *
 * @throws HttpError 503 where that is not the token's fault: the keys could not be fetched
 */
function refusalOf(error: unknown): string {
  const { code, claim } = error as { code?: string; claim?: string };
  if (code === 'ERR_JWT_EXPIRED') return 'The token has expired';
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED')
    return CLAIM_REFUSALS[claim ?? ''] ?? 'The token has an invalid claim';
  if (code !== undefined && TOKEN_ERRORS.has(code)) return 'The token is not valid';
  if (error instanceof TypeError && error.message.startsWith('bearer()')) throw error;
  throw new HttpError(503, "The keys of the tokens' issuer are not to be had", { expose: false, cause: error });
}

async function loadJose(): Promise<Jose> {
  try {
    return await import('jose');
  } catch (cause) {
    throw new Error('bearer() of twodoors/auth needs jose, which is not installed. Install it: npm install jose.', {
      cause,
    });
  }
}
