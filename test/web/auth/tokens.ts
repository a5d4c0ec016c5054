import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An issuer of tokens, with its keys at an address of this machine. */
export class Issuer {
  readonly issuer = 'https://issuer.example/';
  /** How often the keys were fetched. */
  fetches = 0;
  /** What the server says instead of the keys. */
  failure: number | undefined;
  readonly #keys = new Map<string, { readonly privateKey: CryptoKey; readonly jwk: object }>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((_request, response) => {
      this.fetches++;
      response.statusCode = this.failure ?? 200;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(this.keySet));
    });
  }

  get keySet() {
    return { keys: [...this.#keys.values()].map(({ jwk }) => ({ ...jwk })) };
  }

  /** The address of its keys. */
  get jwks(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks.json`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async addKey(kid: string, alg = 'RS256'): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    this.#keys.set(kid, { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } });
  }

  removeKey(kid: string): void {
    this.#keys.delete(kid);
  }

  /** A token, valid for a minute unless its claims say otherwise. */
  sign(claims: Record<string, unknown> = {}, kid = 'one', alg = 'RS256'): Promise<string> {
    const seconds = Math.floor(Date.now() / 1000);
    const all = { iss: this.issuer, aud: 'todos', sub: '1', exp: seconds + 60, ...claims };
    return new SignJWT(all as JWTPayload).setProtectedHeader({ alg, kid }).sign(this.#keys.get(kid)!.privateKey);
  }

  /** The public key as an attacker knows it, as text. */
  publicText(kid = 'one'): string {
    return JSON.stringify(this.#keys.get(kid)!.jwk);
  }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token with any head, signature and claims. */
export function forge(head: object, claims: object, signature = ''): string {
  return `${encode(head)}.${encode(claims)}.${signature}`;
}

/** A token that a secret has signed. */
export function signWithSecret(claims: JWTPayload, secret: string, alg = 'HS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(Buffer.from(secret));
}
