import { isIPv6 } from 'node:net';

/** The addresses that stand for every address of the machine. A browser cannot open them on every system. */
const ALL_ADDRESSES = new Set(['0.0.0.0', '::']);

/** The URL of a server on this machine. @param host the address that it listens on; undefined: all */
export function urlOf(host: string | undefined, port: number): string {
  if (host === undefined || ALL_ADDRESSES.has(host)) return `http://localhost:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
