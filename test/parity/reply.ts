import { type ComparableResponse, type RawResponse, toComparable } from 'twodoors/testing';

/** What a door replied, or that it was cut off. */
export type Reply = Omit<ComparableResponse, 'status'> & { readonly status: number | 'cut off' };

/** A reply that ended before it was whole. */
export const CUT_OFF: Reply = { status: 'cut off', headers: [], body: '' };

/** The reply without its framing. */
export function toReply(response: RawResponse): Reply {
  return toComparable(response);
}

/** Headers in the order of their names. */
export function inOrder(headers: Reply['headers']): Reply['headers'] {
  return headers.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** One reply for a person. */
export function printReply({ status, headers, body }: Reply): string {
  const lines = [String(status), ...headers.map(([name, value]) => `${name}: ${value}`)];
  return [...lines, ...(body === '' ? [] : ['', body.length > 600 ? `${body.slice(0, 600)}…` : body])].join('\n');
}

/** Whether two replies are the same, byte for byte. */
export function isSame(a: Reply, b: Reply): boolean {
  return (
    a.status === b.status &&
    a.body === b.body &&
    a.headers.length === b.headers.length &&
    a.headers.every(([name, value], i) => name === b.headers[i]![0] && value === b.headers[i]![1])
  );
}
