import { type ComparableResponse, type RawResponse, toComparable } from 'twodoors/testing';

/** What a door answered, or that it was cut off. */
export type Answer = Omit<ComparableResponse, 'status'> & { readonly status: number | 'cut off' };

/** An answer that ended before it was whole. */
export const CUT_OFF: Answer = { status: 'cut off', headers: [], body: '' };

/** The answer without its framing. */
export function toAnswer(response: RawResponse): Answer {
  return toComparable(response);
}

/** Headers in the order of their names. */
export function inOrder(headers: Answer['headers']): Answer['headers'] {
  return headers.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** One answer for a person. */
export function printAnswer({ status, headers, body }: Answer): string {
  const lines = [String(status), ...headers.map(([name, value]) => `${name}: ${value}`)];
  return [...lines, ...(body === '' ? [] : ['', body.length > 600 ? `${body.slice(0, 600)}…` : body])].join('\n');
}

/** Whether two answers are the same, byte for byte. */
export function isSame(a: Answer, b: Answer): boolean {
  return (
    a.status === b.status &&
    a.body === b.body &&
    a.headers.length === b.headers.length &&
    a.headers.every(([name, value], i) => name === b.headers[i]![0] && value === b.headers[i]![1])
  );
}
