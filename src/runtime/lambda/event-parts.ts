import { bodyTooLarge, type RawBody } from '../http/body.js';
import type { Peer } from '../http/client.js';
import { encodeText } from '../http/percent.js';
import type { BufferedReply, EventBody, Invocation } from './event-codec.js';

/** A map of names to single values, as events have them; hand-made events leave out what they like. */
export type SingleValues = Readonly<Record<string, string | undefined>> | null | undefined;

/** A map of names to all their values. */
export type MultiValues = Readonly<Record<string, readonly string[] | undefined>> | null | undefined;

/** Names and values in one flat list: of the map with all values where it is there, else of the single-valued one. */
export function flatten(multi: MultiValues, single: SingleValues): string[] {
  const flat: string[] = [];
  if (multi !== null && multi !== undefined && Object.keys(multi).length > 0) {
    for (const name of Object.keys(multi)) {
      for (const value of multi[name] ?? []) flat.push(name, String(value));
    }
    return flat;
  }
  for (const name of Object.keys(single ?? {})) {
    const value = single![name];
    if (value !== undefined && value !== null) flat.push(name, String(value));
  }
  return flat;
}

/** A query string of decoded names and values. */
export function encodeQuery(flat: readonly string[]): string {
  const pairs: string[] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push(`${encodeText(flat[i]!)}=${encodeText(flat[i + 1]!)}`);
  return pairs.join('&');
}

/** A query string of names and values that are encoded already. */
export function joinQuery(flat: readonly string[]): string {
  const pairs: string[] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push(`${flat[i]}=${flat[i + 1]}`);
  return pairs.join('&');
}

/** The body: bytes where the gateway says base64, else the text that it has made of it. */
export function readEventBody({ event }: Pick<Invocation<EventBody>, 'event'>, limit: number): RawBody {
  const { body } = event;
  if (typeof body !== 'string') return '';
  if (event.isBase64Encoded !== true) return body;
  // Each four characters are up to three bytes: what is far above the limit is not even decoded.
  if (body.length > (limit / 3) * 4 + 4) throw bodyTooLarge(limit);
  return Buffer.from(body, 'base64');
}

/** A name for the invocation: Lambda's own, else the gateway's, else one of ours. */
export function idOf({
  event,
  context,
}: Invocation<{ readonly requestContext?: { readonly requestId?: string } | undefined }>): string {
  return context?.awsRequestId ?? event.requestContext?.requestId ?? crypto.randomUUID();
}

/** The body as every result has it. */
export function bodyOf(reply: BufferedReply): { body: string; isBase64Encoded: boolean } {
  const { body } = reply;
  if (body === undefined) return { body: '', isBase64Encoded: false };
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  return {
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'),
    isBase64Encoded: true,
  };
}

/** The headers of a result: the length is the gateway's to say. */
export function headersOf(reply: Pick<BufferedReply, 'headers'>): Record<string, string> {
  if (reply.headers['content-length'] === undefined) return reply.headers;
  const { 'content-length': _, ...headers } = reply.headers;
  return headers;
}

/** The last entry of a forwarding header: the gateway's own. */
export function lastForwarded(flat: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (let i = 0; i < flat.length; i += 2) if (flat[i]!.toLowerCase() === name) found = flat[i + 1];
  return found?.split(',').at(-1)?.trim();
}

/** The other end, as a gateway tells it: an address of its own knowledge, and the protocol that it wrote. */
export function peerOf(address: string | undefined, flat: readonly string[], isForwarded: boolean): Peer {
  const protocol = lastForwarded(flat, 'x-forwarded-proto');
  return { address: address ?? '', protocol: protocol === 'http' ? 'http' : 'https', isForwarded };
}
