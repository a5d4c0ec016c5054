import type { RawBody } from './body/body.js';
import type { FormValue } from './body/request-body.js';
import { loadRequestBody } from './body/request-body.lazy.js';
import type { Client, Peer } from './client.js';
import type { Cookies } from './cookies.js';
import type { HeaderFields } from './header-fields.js';
import { type NamedValues, parseNamedValues } from './named-values.js';
import { loadRequestParts } from './request/request-parts.lazy.js';
import { type Deadline, INTERNALS, type RequestInternals } from './request-access.js';
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
  /** When the door needs a reply. Omit it where the door has no deadline of its own. */
  deadline?(raw: Raw): Deadline | undefined;
  /** How the rest is read, which few requests need: a door may load it for the first of them. */
  details(): DetailsReader<Raw>;
}

/** How a door reads what few requests need. */
export interface DetailsReader<Raw> {
  /** The other end of the connection. */
  peer(raw: Raw): Peer;
  /** A name for this request in logs and in the reply to a bug; called once. */
  id(raw: Raw): string;
  /** What an authorizer in front of the app knows about the client. */
  claims?(raw: Raw): Record<string, unknown> | undefined;
  /** Members to add to each log line. Omit it where people read the log. */
  logFields?(raw: Raw, request: HttpRequest): Record<string, unknown>;
  /** What the client's path has in front of the request's; see `HttpRequest.basePath`. Omit it where that is nothing. */
  basePath?(raw: Raw, request: HttpRequest): string;
  /** Calls `leave` when the client leaves. Omit it where the door cannot know. Called once, when `signal` is first read. */
  onLeave?(raw: Raw, leave: (reason: Error) => void): void;
}

/** Values that middleware leaves for later middleware and the handler. Add your own members by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: users merge their own members into it
export interface RequestState {}

export type { FormValue };

/**
 * A request, the same through every door. Its query, headers, cookies and body are parsed when something first reads them,
 * and only once.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: defineOnDemand() defines the members of the interface
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

  /** @param path empty for `/`: some gateways leave the root's slash out */
  constructor(method: string, path: string, reader: RequestReader<never>, raw: unknown) {
    this.method = method;
    this.path = path || '/';
    this.#internals = {
      reader: reader as RequestInternals['reader'],
      raw,
      exchange: undefined,
      headers: undefined,
      query: undefined,
      state: undefined,
      body: undefined,
      parts: undefined,
    };
  }

  /** The route that was chosen; undefined where no route matches, as for a 404. */
  get route(): RequestRoute | undefined {
    return this.#internals.exchange!.match.route;
  }

  /** All values of each query name. */
  get queryValues(): NamedValues {
    const internals = this.#internals;
    internals.query ??= parseNamedValues(internals.reader.query(internals.raw));
    return internals.query;
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

  /** Values that middleware leaves for later middleware and the handler; empty at first. */
  get state(): RequestState {
    this.#internals.state ??= {};
    return this.#internals.state;
  }

  /** The body's bytes, exactly as sent where they arrive so: check signatures against these. */
  rawBody(): Promise<Uint8Array> {
    return loadRequestBody().bytesOf(this);
  }

  /** The body as it arrives, neither limited nor decoded, for a handler that reads it itself. */
  stream(): AsyncIterable<Uint8Array> {
    return loadRequestBody().streamOf(this);
  }

  /** The body as text. */
  text(): Promise<string> {
    return loadRequestBody().textOf(this);
  }

  /** The body parsed as JSON, whatever its type says. */
  json(): Promise<unknown> {
    return loadRequestBody().jsonOf(this);
  }

  /**
   * The form in the body, names in code-unit order: a multipart form with its files, where the type says so, else an
   * urlencoded one. A name that was repeated has a list, texts before files. A part of JSON is its text, which `@Body` parses.
   *
   * @throws HttpError 400 for a malformed multipart form, 413 above a limit
   */
  form(): Promise<Record<string, FormValue | FormValue[]>> {
    return loadRequestBody().formOf(this);
  }
}

export interface HttpRequest {
  /** The name of this request in the log and in the reply to a bug: the gateway's or Lambda's own, else a UUID. */
  readonly id: string;
  /** The path's parameters, decoded; a `*rest` as a string keeps its `%2F`. */
  readonly params: Record<string, string>;
  /**
   * What stands in front of `path` in the URL that the client called: the door's `basePath`, where a router is mounted, the
   * stage of an API that is called by its own domain. Empty where nothing does. Begins with one slash, ends with none.
   */
  readonly basePath: string;
  /** The query string, without the question mark. */
  readonly rawQuery: string;
  /** The query as a record, names in code-unit order: a string, or a list where the name was repeated. */
  readonly query: Record<string, string | string[]>;
  /** Cookies by name, percent-decoded where that is possible; of several with one name the first. */
  readonly cookies: Cookies;
  /**
   * Fires when nobody needs the reply any more: the client left (Koa only), or the time is over. Pass it to `fetch` or a
   * database driver.
   */
  readonly signal: AbortSignal;
  /**
   * The client's address and protocol, from the connection or from the gateway's event. Forwarding headers count only as
   * far as the app's `trustProxy` says.
   */
  readonly client: Client;
  /**
   * The claims of the token that `bearer()` of twodoors/auth has verified for this request, else what an authorizer in front
   * of the app knows about the client; undefined without either.
   */
  readonly claims: Record<string, unknown> | undefined;
}

/**
 * Defines members of a request as they are in another file, each when it is first read of any request: most requests need
 * none of them, and a bundle loads the file only then.
 */
function defineOnDemand(names: readonly (keyof HttpRequest)[]): void {
  for (const name of names) {
    Object.defineProperty(HttpRequest.prototype, name, {
      configurable: true,
      get(this: HttpRequest) {
        const member = Object.getOwnPropertyDescriptor(loadRequestParts().requestMembers(), name)!;
        Object.defineProperty(HttpRequest.prototype, name, member);
        return this[name];
      },
    });
  }
}

defineOnDemand(['id', 'params', 'basePath', 'rawQuery', 'query', 'cookies', 'signal', 'client', 'claims']);
