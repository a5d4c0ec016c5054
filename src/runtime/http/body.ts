import { HttpError } from './http-error.js';

/** A body as the door has it: text that a gateway has already decoded, or bytes. */
export type RawBody = string | Uint8Array;

/**
 * Makes the error of a body that is refused. What takes this imports no errors of its own, nor anything else: in a bundle
 * it may be a file apart, and a class that were there twice would be two.
 */
export type RefuseBody = (status: 400 | 413 | 415, message: string, cause?: unknown) => Error;

/** The answer to a body above the limit. */
export function bodyTooLarge(limit: number): HttpError {
  return new HttpError(413, `The body is larger than ${limit} bytes`);
}

/** Refuses what is above the limit, counted in bytes. */
export function assertSize(body: RawBody, limit: number): RawBody {
  if (typeof body !== 'string') {
    if (body.byteLength > limit) throw bodyTooLarge(limit);
  } else if (body.length > limit || (body.length * 3 > limit && Buffer.byteLength(body) > limit)) {
    throw bodyTooLarge(limit);
  }
  return body;
}

// Any letter of a key can be written as an escape, which begins with \u00.
const SUSPICIOUS = /__proto__|constructor|\\u00/;

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
