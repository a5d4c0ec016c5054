/** Where a parameter's value comes from. */
export type ParamSource = 'param' | 'query' | 'headers' | 'cookie' | 'body' | 'file' | 'files' | 'request' | 'custom';

/** Limits on uploaded files. */
export interface UploadOptions {
  /** Maximum size of one file, in bytes. Default: 1 MiB. */
  maxBytes?: number;
  /** Accepted content types, such as `image/png` or `image/*`. Default: any. */
  types?: readonly string[];
  /** Maximum number of files, for `@UploadedFiles`. Default: 10. */
  max?: number;
  /** A missing file is `undefined` (or an empty list) instead of a mistake. The same as a name that ends with `?`. */
  optional?: boolean;
}

/** What a parameter decorator takes besides a name and a type. */
export interface ParamOptions {
  /** A missing value is `undefined` instead of a mistake. The same as a name that ends with `?`. */
  optional?: boolean;
  /** A missing value is a mistake even if the parameter, or one before it, has a default. */
  required?: boolean;
  /** The groups of class-validator whose validators run on a DTO. */
  groups?: readonly string[];
}

/** What carries a decorator out. `link` defines its form; a record only passes it on. */
export type Carrier = (context: never) => object;

/** One decorated parameter, as its decorator saw it. */
export interface ParamRecord {
  index: number;
  source: ParamSource;
  name: string | undefined;
  /** The type given to the decorator; undefined where it comes from the compiler's metadata. */
  type: unknown;
  options: ParamOptions;
  /** Whether the parameter was at or beyond the function's `length`: it, or one before it, has a default. */
  hasDefault: boolean;
  /** Makes the binder at startup. The decorator brings it, so that an app carries only what its decorators need. */
  plan: Carrier;
  upload?: UploadOptions;
}
