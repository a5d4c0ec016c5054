import type { HttpRequest } from '../../http/http-request.js';

/** `'*'`, an origin as browsers write it, or an expression for whole origins. */
export type CorsOrigin = string | RegExp;

/** What `cors` takes. */
export interface CorsOptions {
  /**
   * Who may read replies: `'*'` for everybody, an origin as browsers write it (`https://app.example`), a regular
   * expression from `^` to `$`, a list of these, or a function. The origins named here may also send forms.
   */
  origin: CorsOrigin | readonly CorsOrigin[] | ((origin: string, request: HttpRequest) => boolean | Promise<boolean>);
  /** Which methods may be used. Default: those of the routes. */
  methods?: readonly string[] | undefined;
  /** Which headers scripts may set. Default: those that the browser asks for. */
  allowedHeaders?: readonly string[] | undefined;
  /** Which headers scripts may read, beside those that they always may, such as `content-type`. Default: none. */
  exposedHeaders?: readonly string[] | undefined;
  /** Whether the browser may send cookies along, and scripts may read the reply then. Default: false. */
  credentials?: boolean | undefined;
  /** How long browsers may keep the answer to a preflight, in seconds. Default: the browser's own, 5 seconds. */
  maxAge?: number | undefined;
  /** Whether public pages may reach the app where it is on a private network. Default: false. */
  privateNetwork?: boolean | undefined;
}
