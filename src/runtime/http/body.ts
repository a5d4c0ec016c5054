import { HttpError } from './http-error.js';

/** A body as a door has it: bytes, or text that a gateway has decoded already. */
export type RawBody = string | Uint8Array;

/**
 * Makes the error for a refused body. A function that takes this as a parameter need not import error classes: its file can
 * be separate in a bundle, where a class in two files would be two classes.
 */
export type RefuseBody = (status: 400 | 413 | 415, message: string, cause?: unknown) => Error;

/** The error for a body above the limit. */
export function bodyTooLarge(limit: number): HttpError {
  return new HttpError(413, `The body is larger than ${limit} bytes`);
}

/** Returns the body; throws a 413 where it is above the limit, in bytes. */
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

/** Whether JSON text can have a key that must not reach a prototype. A cheap test: `false` is certain, `true` is not. */
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

/** Whether an own key of a parsed object must not reach a prototype. */
export function isPrototypeKey(record: Record<string, unknown>, key: string): boolean {
  if (key === '__proto__') return true;
  if (key !== 'constructor') return false;
  const held = record[key];
  return typeof held === 'object' && held !== null && Object.hasOwn(held, 'prototype');
}
