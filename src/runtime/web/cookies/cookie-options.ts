/** The attributes of a cookie, beside its name and value. */
export interface CookieOptions {
  /** How long the browser keeps it, in seconds. Default: until the browser is closed. */
  maxAge?: number;
  /** When the browser drops it; `maxAge` wins over it. */
  expires?: Date;
  /** The host that gets it, with all of its subdomains. Default: this host alone. */
  domain?: string;
  /** Only requests below this path carry it. Default: `/`. */
  path?: string;
  /** Hidden from scripts in the page. Default: true. */
  httpOnly?: boolean;
  /**
   * Sent over https only. Default: whether this request is https (see `originOf`); always for names that begin with
   * `__Host-` or `__Secure-`, with `sameSite: 'none'` and with `partitioned`.
   */
  secure?: boolean;
  /** Which requests from other sites carry it: none, links to the app, or all. Default: `lax`. */
  sameSite?: 'strict' | 'lax' | 'none';
  /** Kept apart for each site that the app is embedded in (CHIPS). Default: false. */
  partitioned?: boolean;
}

/** What names the cookie to delete beside its name: the attributes that it was set with. */
export type DeletedCookieOptions = Pick<CookieOptions, 'domain' | 'path' | 'secure' | 'sameSite' | 'partitioned'>;
