import { FORM, MULTIPART, mediaTypeOf } from '../body/media-type.js';
import type { HeaderFields } from '../header-fields.js';

/**
 * Whether a page may send a body of this type anywhere without asking first (a "simple" request of CORS): a form's types,
 * text, or none. What is not a media type counts as none.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function needsNoPreflight(headers: HeaderFields): boolean {
  const essence = mediaTypeOf(headers)?.essence;
  return essence === undefined || essence === FORM || essence === MULTIPART || essence === 'text/plain';
}
