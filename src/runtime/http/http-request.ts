import type { RawBody } from './body/body.js';
import type { FormValue } from './body/request-body.js';
import type { Client, Peer } from './client.js';
import type { Cookies } from './cookies.js';
import type { HeaderFields } from './header-fields.js';
import { type NamedValues, parseNamedValues, toRecord } from './named-values.js';
import { loadRequestParts } from './request/request-parts.lazy.js';
import {
  clientTraceOf,
  type Deadline,
  INTERNALS,
  paramValuesOf,
  type RequestInternals,
  requestBodyOf,
  requestPartsOf,
} from './request-access.js';
import type { RequestRoute } from './request-route.js';

/**
 * How one door reads its raw request (an event, a socket). A door has one reader for all of its requests; each function
 * is called only when something reads that part of the request.
 */
export interface RequestReader<Raw> {
  /** The query string, percent-encoded, without the question mark. */
  query(raw: Raw): string;
  /** All header fields, folded (see `foldHeaders`). */
  headers(raw: Raw): HeaderFields;
  /** The body; rejects with a 413 above the limit (in bytes). */
  body(raw: Raw, limit: number): RawBody | Promise<RawBody>;
  /** The body in chunks as they arrive. Omit it where the door has the whole body already. */
  stream?(raw: Raw): AsyncIterable<Uint8Array>;
  /** The other end of the connection. */
  peer(raw: Raw): Peer;
  /** A name for this request in logs and in the reply to a bug; called once. */
  id(raw: Raw): string;
  /** What an authorizer in front of the app knows about the client. */
  claims?(raw: Raw): Record<string, unknown> | undefined;
  /** When the door needs a reply. Omit it where the door has no deadline of its own. */
  deadline?(raw: Raw): Deadline | undefined;
  /** Members to add to each log line. Omit it where people read the log. */
  logFields?(raw: Raw, request: HttpRequest): Record<string, unknown>;
  /** What the client's path has in front of the request's; see `HttpRequest.basePath`. Omit it where that is nothing. */
  basePath?(raw: Raw, request: HttpRequest): string;
  /** Calls `leave` when the client leaves. Omit it where the door cannot know. Called once, when `signal` is first read. */
  onLeave?(raw: Raw, leave: () => void): void;
}

/** Values that middleware leaves for later middleware and the handler. Add your own members by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: users merge their own members into it
export interface RequestState {}

export type { FormValue };

/**
 * A request, the same through every door. Its query, headers, cookies and body are parsed when something first reads them,
 * and only once.
 */
export class HttpRequest {
  /** In upper case, as sent. */
  readonly method: string;
  /** Percent-encoded as it came, without the query; begins with `/`. */
  readonly path: string;

  readonly #internals: RequestInternals;

  static {
    // Where another copy of twodoors finds them, too.
    Object.defineProperty(this.prototype, INTERNALS, {
      get(this: HttpRequest) {
        return this.#internals;
      },
    });
  }

  constructor(method: string, path: string, reader: RequestReader<never>, raw: unknown) {
    this.method = method;
    this.path = path;
    this.#internals = {
      reader: reader as RequestReader<unknown>,
      raw,
      exchange: undefined,
      id: undefined,
      headers: undefined,
      query: undefined,
      cookies: undefined,
      state: undefined,
      body: undefined,
      parts: undefined,
    };
  }

  /** The name of this request in the log and in the reply to a bug: the gateway's or Lambda's own, else a UUID. */
  get id(): string {
    const internals = this.#internals;
    internals.id ??= internals.reader.id(internals.raw);
    return internals.id;
  }

  /** The route that was chosen; undefined where no route matches, as for a 404. */
  get route(): RequestRoute | undefined {
    return this.#internals.exchange!.match.route;
  }

  /** The path's parameters, decoded; a `*rest` as a string keeps its `%2F`. */
  get params(): Record<string, string> {
    return loadRequestParts().readParams(this.route, paramValuesOf(this));
  }

  /**
   * What stands in front of `path` in the URL that the client called: the door's `basePath`, where a router is mounted, the
   * stage of an API that is called by its own domain. Empty where nothing does. Begins with one slash, ends with none.
   */
  get basePath(): string {
    const { reader, raw } = this.#internals;
    return reader.basePath?.(raw, this) ?? '';
  }

  /** The query string, without the question mark. */
  get rawQuery(): string {
    return this.#internals.reader.query(this.#internals.raw);
  }

  /** All values of each query name. */
  get queryValues(): NamedValues {
    this.#internals.query ??= parseNamedValues(this.rawQuery);
    return this.#internals.query;
  }

  /** The query as a record, names in code-unit order: a string, or a list where the name was repeated. */
  get query(): Record<string, string | string[]> {
    return toRecord(this.queryValues);
  }

  /** Fields by lower-case name, names in code-unit order; repeated ones joined with `,` and no space. */
  get headers(): HeaderFields {
    const internals = this.#internals;
    internals.headers ??= internals.reader.headers(internals.raw);
    return internals.headers;
  }

  /** One header field, its name in any case. */
  header(name: string): string | undefined {
    return this.headers[name.toLowerCase()];
  }

  /** Cookies by name, percent-decoded where that is possible; of several with one name the first. */
  get cookies(): Cookies {
    this.#internals.cookies ??= loadRequestParts().parseCookies(this.headers['cookie'] ?? '');
    return this.#internals.cookies;
  }

  /** Values that middleware leaves for later middleware and the handler; empty at first. */
  get state(): RequestState {
    this.#internals.state ??= {};
    return this.#internals.state;
  }

  /**
   * Fires when nobody needs the reply any more: the client left (Koa only), or the time is over. Pass it to `fetch` or a
   * database driver.
   */
  get signal(): AbortSignal {
    return requestPartsOf(this).signal;
  }

  /**
   * The client's address and protocol, from the connection or from the gateway's event. Forwarding headers count only as
   * far as the app's `trustProxy` says.
   */
  get client(): Client {
    return clientTraceOf(this).client;
  }

  /**
   * The claims of the token that `bearer()` of twodoors/auth has verified for this request, else what an authorizer in front
   * of the app knows about the client; undefined without either.
   */
  get claims(): Record<string, unknown> | undefined {
    const { reader, raw, exchange } = this.#internals;
    return exchange!.claims ?? reader.claims?.(raw);
  }

  /** The body's bytes, exactly as sent where they arrive so: check signatures against these. */
  rawBody(): Promise<Uint8Array> {
    return requestBodyOf(this).bytes();
  }

  /** The body as it arrives, neither limited nor decoded, for a handler that reads it itself. */
  stream(): AsyncIterable<Uint8Array> {
    return requestBodyOf(this).stream();
  }

  /** The body as text. */
  text(): Promise<string> {
    return requestBodyOf(this).text();
  }

  /** The body parsed as JSON, whatever its type says. */
  json(): Promise<unknown> {
    return requestBodyOf(this).json();
  }

  /**
   * The form in the body, names in code-unit order: a multipart form with its files, where the type says so, else an
   * urlencoded one. A name that was repeated has a list, texts before files.
   *
   * @throws HttpError 400 for a malformed multipart form, 413 above a limit
   */
  form(): Promise<Record<string, FormValue | FormValue[]>> {
    return requestBodyOf(this).form();
  }
}
