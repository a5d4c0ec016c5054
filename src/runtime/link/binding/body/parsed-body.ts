import type { RawBody } from '../../../http/body/body.js';
import type { MediaType } from '../../../http/body/media-type.js';
import type { UploadedFile } from '../../../http/body/multipart.js';
import type { HttpRequest } from '../../../http/http-request.js';

/** A parsed body. */
export interface ParsedBody {
  readonly value: unknown;
  /** What it was parsed from: the scalars of a form are text, and are still to be converted. */
  readonly format: 'json' | 'form' | 'raw';
  /** Whether nothing was sent. */
  readonly isEmpty: boolean;
  /** The text that JSON was parsed from, empty for a body without keys; undefined for a form. */
  readonly json: string | undefined;
  readonly files: ReadonlyMap<string, readonly UploadedFile[]> | undefined;
  /** The names of a multipart form whose parts are JSON (RFC 7578 §4.4), and are parsed. */
  readonly jsonParts?: ReadonlySet<string>;
  /** How large the values of a multipart form are without its files, in bytes. */
  readonly fieldsSize?: number;
}

/** Parses one request's body. @throws HttpError 415, 413 or 400 */
export type BodyParser = (request: HttpRequest) => ParsedBody | Promise<ParsedBody>;

/** @param type undefined where the body has none */
export type Parse = (
  raw: RawBody,
  type: MediaType | undefined,
  request: HttpRequest,
) => ParsedBody | Promise<ParsedBody>;
