import { HttpError } from './http-error.js';
import { BadRequestError } from './http-errors.js';

/** A body as the door has it: text that a gateway has already decoded, or bytes. */
export type RawBody = string | Uint8Array;

/** The answer to a body above the limit. */
export function tooLarge(limit: number): HttpError {
  return new HttpError(413, `The body is larger than ${limit} bytes`);
}

/** Refuses what is above the limit, counted in bytes. */
export function assertSize(body: RawBody, limit: number): RawBody {
  if (typeof body !== 'string') {
    if (body.byteLength > limit) throw tooLarge(limit);
  } else if (body.length > limit || (body.length * 3 > limit && Buffer.byteLength(body) > limit)) {
    throw tooLarge(limit);
  }
  return body;
}

/** How deep JSON may be nested. */
export const JSON_DEPTH = 64;

/** Parses JSON within the depth limit. What is malformed is a 400; the message does not echo what was sent. */
export function parseJson(text: string): unknown {
  if (exceedsDepth(text, JSON_DEPTH)) throw new BadRequestError(`The JSON is nested deeper than ${JSON_DEPTH} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BadRequestError('The body is not valid JSON', { cause });
  }
  return value;
}

function exceedsDepth(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22 /* " */) {
      for (i++; i < text.length; i++) {
        const inner = text.charCodeAt(i);
        if (inner === 0x5c /* \ */) i++;
        else if (inner === 0x22) break;
      }
    } else if (code === 0x5b /* [ */ || code === 0x7b /* { */) {
      if (++depth > limit) return true;
    } else if (code === 0x5d || code === 0x7d) {
      depth--;
    }
  }
  return false;
}

const SUSPICIOUS = /(?:_|\\u005f){2}proto(?:_|\\u005f){2}|constructor|\\u00/i;

/** Whether JSON text can hold a key that must not reach a prototype; cheap, and never wrong in saying no. */
export function mayPollute(text: string): boolean {
  return SUSPICIOUS.test(text);
}

/** Drops `__proto__`, and `constructor` where it holds a `prototype`, at every depth. */
export function dropPrototypeKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (const item of value) dropPrototypeKeys(item);
    return value;
  }
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) {
    if (isPrototypeKey(record, key)) delete record[key];
    else dropPrototypeKeys(record[key]);
  }
  return value;
}

/** Whether this own key of a parsed object is one of those that must not reach a prototype. */
export function isPrototypeKey(record: Record<string, unknown>, key: string): boolean {
  if (key === '__proto__') return true;
  if (key !== 'constructor') return false;
  const held = record[key];
  return typeof held === 'object' && held !== null && Object.hasOwn(held, 'prototype');
}
