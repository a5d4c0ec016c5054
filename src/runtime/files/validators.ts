import fresh from 'fresh';
import { loadRequestErrors } from '../http/errors/request-errors.lazy.js';
import type { HeaderFields } from '../http/header-fields.js';

/** What a client may compare: the version of a content. */
export interface Validators {
  readonly etag: string;
  /** In milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Whether the time only distinguishes contents: it must then be the same, and not only later. */
  readonly isTimeMade: boolean;
}

/**
 * Whether the client has this version already, so that the reply is a 304 (RFC 9110 §13.2.2).
 *
 * @throws HttpError 412 where the client wants another version
 */
export function isNotModified(headers: HeaderFields, { etag, modifiedAt, isTimeMade }: Validators): boolean {
  const match = headers['if-match'];
  const unmodifiedSince = Date.parse(headers['if-unmodified-since'] ?? '');
  const isOther = isTimeMade ? unmodifiedSince !== modifiedAt : unmodifiedSince < modifiedAt;
  const isWanted = match === undefined ? Number.isNaN(unmodifiedSince) || !isOther : listsTag(match, etag);
  if (!isWanted) throw loadRequestErrors().httpError(412);
  const since = headers['if-modified-since'];
  if (isTimeMade && headers['if-none-match'] === undefined && Date.parse(since ?? '') !== modifiedAt) return false;
  return fresh(headers, { etag, 'last-modified': new Date(modifiedAt).toUTCString() });
}

/** Whether a range still belongs to this version (RFC 9110 §13.1.5): a weak tag and an older time do not count. */
export function isRangeCurrent(
  condition: string | undefined,
  { etag, modifiedAt }: Omit<Validators, 'isTimeMade'>,
): boolean {
  if (condition === undefined || condition === etag) return true;
  return !condition.includes('"') && Date.parse(condition) === modifiedAt;
}

function listsTag(list: string, etag: string): boolean {
  return list.trim() === '*' || list.split(',').some((tag) => tag.trim() === etag);
}
