import { currentTime } from '../../http/clock.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { CookieOptions } from '../cookies/cookie-options.js';

/** A session as it came with a request. */
export interface SessionRecord {
  /** Its data as JSON. */
  readonly text: string;
  /** In seconds since 1970. */
  readonly signedAt: number;
  /** Its key in a store; undefined where the cookie holds the data. */
  readonly id?: string;
  /** How long it lives after that, in seconds; undefined for no limit. */
  readonly lifetime: number | undefined;
}

/** How a session is written. */
export interface SessionWrite {
  /** As it came; undefined for a new one. */
  readonly before: SessionRecord | undefined;
  /** Whether it gets a new identity. */
  readonly isRegenerated: boolean;
  /** In seconds; undefined for that of all sessions. */
  readonly lifetime: number | undefined;
}

/** How sessions travel from one request to the next: in the cookie, or in a store whose key is in the cookie. */
export interface SessionCarrier {
  /** Reads the session at once; absent where that takes time. */
  read?(request: HttpRequest): SessionRecord | undefined;
  /** Reads the session from where that takes time; absent where it does not. */
  load?(request: HttpRequest): Promise<SessionRecord | undefined>;
  /** Writes the session. Resolves when it is written. */
  save(request: HttpRequest, text: string, write: SessionWrite): void | Promise<void>;
  /** Removes the session. Resolves when it is removed. */
  remove(request: HttpRequest, before: SessionRecord): void | Promise<void>;
}

/** What both carriers are made of. */
export interface CarrierSettings {
  /** The cookie's name. */
  readonly name: string;
  /** The cookie's attributes. */
  readonly attributes: CookieOptions;
  /** How long a session lives after it was written, in seconds; undefined for no limit. */
  readonly lifetime: number | undefined;
  /** The keys that sign, the current one first. */
  keys(request: HttpRequest): readonly string[];
}

/** Whether a session is older than it may be. */
export function isExpired({ signedAt, lifetime }: SessionRecord): boolean {
  return lifetime !== undefined && currentTime() / 1000 - signedAt > lifetime;
}

/** Whether half of a session's lifetime is over, so that it has to be written again. */
export function isHalfOver(record: SessionRecord | undefined): boolean {
  if (record?.lifetime === undefined) return false;
  return currentTime() / 1000 - record.signedAt > record.lifetime / 2;
}
