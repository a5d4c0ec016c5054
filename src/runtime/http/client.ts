import type { HeaderFields } from './header-fields.js';

/** The client of a request. */
export interface Client {
  /** An IP address; empty if it is unknown. */
  readonly address: string;
  readonly protocol: 'http' | 'https';
}

/** The other end of the connection, as a door sees it. */
export interface Peer extends Client {
  /** Whether the last entry of `x-forwarded-for` is this peer itself, written by the gateway, and not one before it. */
  readonly isForwarded: boolean;
}

/**
 * Finds the client behind a number of proxies. Each proxy appends the address of its own client to `x-forwarded-for`;
 * entries to the left of the trusted ones can be forged.
 *
 * @param trustProxy how many proxies are trusted; `false`: none, the client is the peer itself; `true`: all
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
