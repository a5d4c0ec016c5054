/** The client of a request. */
export interface Client {
  /** An IP address, without a port and never as `::ffff:1.2.3.4`; undefined if it is unknown. */
  readonly address: string | undefined;
  readonly protocol: 'http' | 'https';
}

/** The other end of the connection, as a door sees it. */
export interface Peer {
  readonly address: string;
  readonly protocol: 'http' | 'https';
  /** Whether the last entry of `x-forwarded-for` is this peer itself, written by the gateway, and not one before it. */
  readonly isForwarded: boolean;
}

/** Which proxies are trusted: so many, all, or those at these addresses; see `AppOptions.trustProxy`. */
export type TrustProxy = boolean | number | readonly string[];

/** Where a request came from. */
export interface ClientTrace {
  readonly client: Client;
  /** The host that the client asked for, where a trusted proxy says so; else it is in the `host` header. */
  readonly host: string | undefined;
}

/** Takes the peer for the client: no proxy is trusted. */
export function tracePeer({ address, protocol }: Peer): ClientTrace {
  return { client: { address: bareAddress(address) || undefined, protocol }, host: undefined };
}

/** An address without its port, brackets and zone, and IPv4 where IPv6 only wraps it. */
export function bareAddress(text: string): string {
  return text.replace(/^\[(.*)\](:\d+)?$|^([\d.]+):\d+$|%.*$/g, '$1$3').replace(/^::ffff:(?=.*\.)/i, '');
}
