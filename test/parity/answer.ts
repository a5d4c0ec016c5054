import type { RawResponse } from 'twodoors/testing';

/** An answer without what belongs to the connection: two that are equal are the same to a client. */
export interface Answer {
  readonly status: number | 'cut off';
  /** Names in lower case and in order; of one name the values in their own order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** A character a byte. */
  readonly body: string;
}

/** What frames a message: each door has its own. */
const FRAMING = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']);

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** An answer that ended before it was whole. */
export const CUT_OFF: Answer = { status: 'cut off', headers: [], body: '' };

/** The answer without its framing, and in a 500 without the name of the request. */
export function toAnswer({ status, headers, body }: RawResponse): Answer {
  const text = Buffer.from(body).toString('latin1');
  return {
    status,
    headers: inOrder(
      headers.map(([name, value]) => [name.toLowerCase(), value] as const).filter(([name]) => !FRAMING.has(name)),
    ),
    body: status === 500 ? text.replace(ID, '<id>') : text,
  };
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
