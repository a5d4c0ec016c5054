/** What decorators say about a route's successful replies, as its plan has it; decided at startup. */
export interface ReplyDefaults {
  /** By `@HttpCode`. */
  readonly status?: number;
  /** By `@ContentType`. */
  readonly contentType?: string;
  /** `contentType` with the charset that text needs. */
  readonly textType?: string;
  /** By `@Header`, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole `Set-Cookie` values, by `@Header`. */
  readonly cookies?: readonly string[];
  /** By `@OnNull`: the status for a result of `null`. */
  readonly onNull?: number;
  /** By `@OnUndefined`: the status for a result of `undefined`. */
  readonly onUndefined?: number;
}

/** The defaults of a route without such decorators. */
export const NO_DEFAULTS: ReplyDefaults = {};
