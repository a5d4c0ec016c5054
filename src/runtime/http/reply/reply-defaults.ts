/** What decorators say about a route's successful replies; decided at startup. */
export interface ReplyDefaults {
  /** By `@HttpCode`. */
  readonly status: number | undefined;
  /** By `@ContentType`. */
  readonly contentType: string | undefined;
  /** `contentType` with the charset that text needs. */
  readonly textType: string | undefined;
  /** By `@Header`; undefined for a route without them, so that nothing is copied for each reply. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** Whole `Set-Cookie` values, by `@Header`. */
  readonly cookies: readonly string[];
  /** By `@OnNull`: the status for a result of `null`. */
  readonly onNull: number | undefined;
  /** By `@OnUndefined`: the status for a result of `undefined`. */
  readonly onUndefined: number | undefined;
}

/** The defaults of a route without such decorators. */
export const NO_DEFAULTS: ReplyDefaults = {
  status: undefined,
  contentType: undefined,
  textType: undefined,
  headers: undefined,
  cookies: [],
  onNull: undefined,
  onUndefined: undefined,
};
