import type { HeaderFields } from './header-fields.js';

/** Who asks. */
export interface Client {
  /** An IP address; empty where none is known. */
  readonly address: string;
  readonly protocol: 'http' | 'https';
}

/** The other end of the connection, as a door knows it. */
export interface Peer extends Client {
  /** Whether the last entry of `x-forwarded-for` is this very peer, written by the gateway, rather than one before it. */
  readonly isForwarded: boolean;
}

/**
 * The client behind a number of proxies. Each proxy writes whom it was asked by at the end of `x-forwarded-for`; what
 * stands further to the left than those that are trusted may be made up.
 *
 * @param trustProxy `false`: the peer itself; a number: so many proxies stand between; `true`: all of them
 */
export function clientOf(peer: Peer, headers: HeaderFields, trustProxy: boolean | number): Client {
  if (trustProxy === false || trustProxy === 0) return { address: peer.address, protocol: peer.protocol };
  const forwarded = listOf(headers['x-forwarded-for']);
  const chain = peer.isForwarded && forwarded.length > 0 ? forwarded : [...forwarded, peer.address];
  const address = trustProxy === true ? chain[0]! : chain[Math.max(0, chain.length - 1 - trustProxy)]!;
  const [protocol] = listOf(headers['x-forwarded-proto']);
  return { address, protocol: protocol === 'https' || protocol === 'http' ? protocol : peer.protocol };
}

function listOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
