import type { HttpRequest } from '../../http/http-request.js';

/** Where a parameter's value comes from; `request`: a function makes it from the request. */
export type ParamSource = 'path' | 'query' | 'header' | 'cookie' | 'body' | 'file' | 'files' | 'request';

/** Limits on uploaded files. */
export interface UploadOptions {
  /** Maximum size of one file, in bytes. Default: 1 MiB. */
  maxBytes?: number | undefined;
  /** Accepted content types, such as `image/png` or `image/*`. Default: any. */
  types?: readonly string[] | undefined;
  /** Maximum number of files, for `@UploadedFiles`. Default: 10. */
  max?: number | undefined;
  /** Whether the file may be missing: the value is then `undefined`, or an empty list. Default: false, a 400. */
  optional?: boolean | undefined;
}

/** What a parameter decorator takes besides a name and a type. */
export interface ParamOptions {
  /** Whether the value may be missing: it is then `undefined`. Default: whether the name ends with `?`. */
  optional?: boolean | undefined;
  /** Whether a missing value is a 400 although the parameter, or one before it, has a default. Default: false. */
  required?: boolean | undefined;
  /** The class-validator groups whose validators run on a DTO. Default: all validators run. */
  groups?: readonly string[] | undefined;
  /**
   * What a DTO does with names that it does not declare: `reject` is a 400, `strip` drops them, `keep` keeps them. Default:
   * what the app says; else `reject` for JSON, `strip` for forms, queries, headers and cookies.
   */
  unknownProperties?: 'reject' | 'strip' | 'keep' | undefined;
  /**
   * Whether validators of a DTO's property do not run where it is missing or null, except `@IsDefined`; then no property of it
   * is required. Default: what the app says.
   */
  skipMissingProperties?: boolean | undefined;
  /** Whether the first failed validator of a DTO's property is the only one that is reported. Default: what the app says. */
  stopAtFirstError?: boolean | undefined;
  /** Splits each value of a list, such as `,` for `?tag=a,b`. Default: a value is one item. */
  separator?: string | undefined;
  /**
   * Whether a body's texts lose the spaces around them before they are converted and checked, at every depth; passwords and
   * `@Secret()` properties keep them. For bodies alone. Default: false.
   */
  trim?: boolean | undefined;
}

/** What one parameter decorator has recorded. */
export interface ParamRecord {
  /** The parameter's position, counted from 0. */
  index: number;
  /** The decorator's name for messages, such as `@Query`. */
  decorator: string;
  source: ParamSource;
  /** Undefined for the whole query, body, … */
  name: string | undefined;
  /** The type passed to the decorator; undefined where the compiler's metadata decides. */
  type: unknown;
  options: ParamOptions;
  /** Whether the parameter is at or beyond the function's `length`: it, or one before it, has a default. */
  hasDefault: boolean;
  /** Undefined but for uploaded files. */
  upload: UploadOptions | undefined;
  /** Makes the value, where the source is `request`; else undefined. */
  read: ((request: HttpRequest) => unknown) | undefined;
}
