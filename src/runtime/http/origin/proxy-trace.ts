import { BlockList, isIP } from 'node:net';
import { bareAddress, type ClientTrace, type Peer, type TrustProxy } from '../client.js';
import type { HeaderFields } from '../header-fields.js';

/**
 * Finds the client behind the trusted proxies. Each proxy appends the address of its own client to `x-forwarded-for`;
 * entries to the left of the trusted ones can be forged. With address ranges, all addresses in them are trusted, from the
 * peer leftwards up to the first other one.
 */
export function traceProxies(peer: Peer, headers: HeaderFields, trust: TrustProxy): ClientTrace {
  const forwarded = listOf(headers['x-forwarded-for']);
  const chain = peer.isForwarded && forwarded.length > 0 ? forwarded : [...forwarded, peer.address];
  const hops = countHops(chain, trust);
  if (hops === 0) return { client: { address: toIpAddress(peer.address), protocol: peer.protocol }, host: undefined };
  // The last entry of a gateway is its own, and the gateway is not one of the proxies.
  const protocol = entryBefore(listOf(headers['x-forwarded-proto']), hops + (peer.isForwarded ? 1 : 0));
  return {
    client: {
      address: toIpAddress(entryBefore(chain, hops + 1)!),
      protocol: protocol === 'https' || protocol === 'http' ? protocol : peer.protocol,
    },
    host: entryBefore(listOf(headers['x-forwarded-host']), hops),
  };
}

/** How many trusted proxies are at the end of a chain of addresses. */
function countHops(chain: readonly string[], trust: TrustProxy): number {
  if (typeof trust === 'boolean') return trust ? Number.POSITIVE_INFINITY : 0;
  if (typeof trust === 'number') return trust;
  const trusted = rangesOf(trust);
  const others = chain.map(toIpAddress).findLastIndex((address) => address === undefined || !isIn(trusted, address));
  return chain.length - 1 - others;
}

/** The entry `count` places from the end; the first where there are fewer, undefined where there are none. */
function entryBefore(entries: readonly string[], count: number): string | undefined {
  return entries[Math.max(0, entries.length - count)];
}

function listOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** The address in an entry; undefined for anything else, such as `unknown`: clients write these headers as well. */
function toIpAddress(text: string): string | undefined {
  const address = bareAddress(text);
  return isIP(address) === 0 ? undefined : address;
}

/** Names for ranges that are the same everywhere, as in Express. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const readBefore = new WeakMap<readonly string[], BlockList>();

/** The address ranges of an app, read once. */
function rangesOf(ranges: readonly string[]): BlockList {
  let list = readBefore.get(ranges);
  if (list === undefined) {
    list = readRanges(ranges);
    readBefore.set(ranges, list);
  }
  return list;
}

/**
 * What is wrong with the value of `trustProxy`, with the fix; undefined where nothing is. A range is an IP address
 * (`10.1.2.3`, `::1`), a prefix (`10.0.0.0/8`, `fc00::/7`), or `loopback`, `linklocal` or `uniquelocal`.
 */
export function trustMistake(trust: number | readonly string[]): string | undefined {
  if (typeof trust === 'number') {
    return Number.isInteger(trust) && trust > 0
      ? undefined
      : `${trust} is not a number of proxies. Use a whole number.`;
  }
  if (!Array.isArray(trust)) {
    return `${JSON.stringify(trust)} is not a list of addresses. Use true, a number of proxies, or a list such as ["loopback"].`;
  }
  try {
    readRanges(trust);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** @throws TypeError for a text that is not an address range */
function readRanges(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges.flatMap((each) => NAMED[each] ?? [each])) {
    const [address, bits] = String(range).split('/') as [string, string?];
    try {
      if (bits === undefined) list.addAddress(address, familyOf(address));
      // Node refuses what is not a number of bits; 0 would be every address.
      else list.addSubnet(address, Number(bits) || -1, familyOf(address));
    } catch (cause) {
      const fix = 'Write it like "10.0.0.0/8", "::1", "loopback" or "uniquelocal".';
      throw new TypeError(`${JSON.stringify(range)} is not an IP address or a range of them. ${fix}`, { cause });
    }
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}
