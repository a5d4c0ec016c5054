import type { BearerOptions } from './bearer-options.js';

/** What is wrong with the options of `bearer()`, each with its fix; what a function gives is checked at first use. */
export function bearerMistakes(options: BearerOptions): string[] {
  const { issuer, audience, jwks, secret, algorithms, clockTolerance } = options;
  const mistakes: string[] = [];
  const add = (what: string) => mistakes.push(`bearer(): ${what}`);
  if (isMissing(issuer)) add("issuer is missing. Name who issues the tokens: their 'iss'.");
  if (audience !== false && isMissing(audience)) {
    add("audience is missing. Name whom the tokens are for: their 'aud'; or false, if the issuer's tokens have none.");
  }
  if ((jwks === undefined) === (secret === undefined)) {
    add('it needs either jwks, the address of the public keys, or secret. Pass one of them.');
  } else if (jwks !== undefined) {
    const mistake = keySetMistake(jwks);
    if (mistake !== undefined) add(mistake);
  } else if (typeof secret === 'string' || Array.isArray(secret)) {
    for (const key of [secret].flat()) if (key !== undefined) addAll(mistakes, secretMistake(key));
  }
  const right = jwks !== undefined ? /^(?:[RPE]S(?:256|384|512)|EdDSA)$/ : /^HS(?:256|384|512)$/;
  if (algorithms !== undefined && (algorithms.length === 0 || !algorithms.every((each) => right.test(each)))) {
    add(
      `algorithms: ${JSON.stringify(algorithms)} are not algorithms for ${jwks !== undefined ? 'jwks: use RS256, PS256, ES256 or EdDSA' : 'a secret: use HS256, HS384 or HS512'}.`,
    );
  }
  if (clockTolerance !== undefined && !(clockTolerance >= 0 && clockTolerance <= 600)) {
    add(`clockTolerance: ${clockTolerance} is not a number of seconds from 0 to 600. Correct it, or leave it out.`);
  }
  return mistakes;
}

function addAll(mistakes: string[], mistake: string | undefined): void {
  if (mistake !== undefined) mistakes.push(mistake);
}

function isMissing(value: unknown): boolean {
  if (typeof value === 'function') return false;
  return Array.isArray(value) ? value.length === 0 || value.some(isMissing) : typeof value !== 'string' || value === '';
}

/** What is wrong with a secret (RFC 7518 §3.2); undefined where nothing is. */
export function secretMistake(key: string): string | undefined {
  return Buffer.byteLength(key) >= 32
    ? undefined
    : 'bearer(): secret is shorter than 32 bytes, so that it could be guessed from a token. Use a random one, such as "openssl rand -base64 32" prints.';
}

/** What is wrong with a set of keys or its address; undefined where nothing is. */
export function keySetMistake(jwks: unknown): string | undefined {
  if (typeof jwks === 'function') return undefined;
  if (typeof jwks === 'object' && jwks !== null) {
    return Array.isArray((jwks as { keys?: unknown }).keys)
      ? undefined
      : 'jwks has no list of keys. Pass { keys: […] }, or an address.';
  }
  const url = typeof jwks === 'string' && URL.canParse(jwks) ? new URL(jwks) : undefined;
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return undefined;
  return `jwks: ${JSON.stringify(jwks)} is not an https address. Write it like 'https://issuer.example/.well-known/jwks.json'.`;
}
