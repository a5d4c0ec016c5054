import { assertSize, type RawBody } from './body.js';
import { type Client, clientOf, type Peer } from './client.js';
import { codingsOf, undoCodings } from './content-coding.js';
import { type Cookies, parseCookies } from './cookies.js';
import type { HeaderFields } from './header-fields.js';
import { HttpError } from './http-error.js';
import { type MediaType, parseMediaType } from './media-type.js';
import { type NamedValues, parseNamedValues, toRecord } from './named-values.js';
import { refuseBody } from './refuse-body.js';

/**
 * How one door reads its raw request (an event, a socket): made once a door, called only for what is asked of a
 * request. Nothing is parsed that nobody reads.
 */
export interface RequestReader<Raw> {
  /** The query string, percent-encoded, without the question mark. */
  query(raw: Raw): string;
  /** All fields, folded (see `foldHeaders`). */
  headers(raw: Raw): HeaderFields;
  /** The body; rejects with a 413 above the limit (in bytes). */
  body(raw: Raw, limit: number): RawBody | Promise<RawBody>;
  /** The body as it comes; absent where the door has it whole. */
  stream?(raw: Raw): AsyncIterable<Uint8Array>;
  /** Who is at the other end of the connection. */
  peer(raw: Raw): Peer;
  /** A name for this request in logs and in the answer to a bug; asked once. */
  id(raw: Raw): string;
  /** What an authorizer in front of the app knows of who asks. */
  claims?(raw: Raw): Record<string, unknown> | undefined;
  /** When there must be an answer; absent where the door has no deadline of its own. */
  deadline?(raw: Raw): Deadline | undefined;
  /** What stands in each log line beside the request; absent where lines are for people. */
  logFields?(raw: Raw, request: HttpRequest): Record<string, unknown>;
  /** Calls back when the client leaves; absent where the door is not told. Asked once, when `signal` is first read. */
  onLeave?(raw: Raw, leave: () => void): void;
}

/** When a door must have an answer. */
export interface Deadline {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** For the log. */
  readonly reason: string;
  /** How long after it middleware may still see its 504 through, in milliseconds. */
  readonly grace: number;
}

/** Values that middleware leaves for what comes after it. Add your own by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: users merge their own members into it
export interface RequestState {}

/** What a request knows of the route that was chosen for it. */
export interface RequestRoute {
  /** The class. */
  readonly controller: abstract new (
    ...args: never[]
  ) => unknown;
  /** The name of the method. */
  readonly methodName: string | symbol;
  /** The whole path, as declared. */
  readonly path: string;
  /** In upper case, or `ALL`. */
  readonly method: string;
  /** What decorators of `defineRouteMetadata` left on the method, the class and its base classes, by decorator. */
  readonly metadata: ReadonlyMap<unknown, unknown>;
  /** The path's parameters, in the order of `paramValues`. */
  readonly params: readonly { readonly name: string; read(value: ParamValue): string | undefined }[];
}

/** Of what kind the values behind `route.params` are: text, or the raw segments of a `*rest`. */
export type ParamValue = string | readonly string[] | undefined;

/**
 * A request, the same through every door. All is lazy: query, headers, cookies and body are parsed when they are first
 * asked for, and once.
 */
export class HttpRequest {
  /** In upper case, as sent. */
  readonly method: string;
  /** Percent-encoded as it came, without the query; begins with `/`. */
  readonly path: string;
  /** The route that was chosen; undefined where there is none, as for a 404. */
  route: RequestRoute | undefined;
  /** What the target leads to; the dispatcher's own. */
  match: unknown;
  /** How large a body may be, in bytes. */
  bodyLimit = 1_048_576;
  /** When the app's `timeout` is over, in milliseconds since 1970. */
  expiresAt = Number.POSITIVE_INFINITY;
  /** How many proxies are in front whose forwarding headers count; see `defineApp`. */
  trustProxy: boolean | number = false;
  /** By position of the name in `route.params`; see {@link params}. */
  paramValues: readonly ParamValue[] = [];

  readonly #reader: RequestReader<unknown>;
  readonly #raw: unknown;
  #id: string | undefined;
  #headers: HeaderFields | undefined;
  #query: NamedValues | undefined;
  #cookies: Cookies | undefined;
  #body: RawBody | Promise<RawBody> | undefined;
  #content: RawBody | Promise<RawBody> | undefined;
  #client: Client | undefined;
  #state: RequestState | undefined;
  #abort: AbortController | undefined;
  #abortReason: unknown;

  constructor(method: string, path: string, reader: RequestReader<never>, raw: unknown) {
    this.method = method;
    this.path = path;
    this.#reader = reader as RequestReader<unknown>;
    this.#raw = raw;
  }

  /** A name for this request: the gateway's or Lambda's own, else a UUID. It stands in the log and in a 500. */
  get id(): string {
    this.#id ??= this.#reader.id(this.#raw);
    return this.#id;
  }

  /** The query string, without the question mark. */
  get rawQuery(): string {
    return this.#reader.query(this.#raw);
  }

  /** All values of each query name. */
  get queryValues(): NamedValues {
    this.#query ??= parseNamedValues(this.rawQuery);
    return this.#query;
  }

  /** The query as a record, names in code-unit order: a string, or a list where the name was repeated. */
  get query(): Record<string, string | string[]> {
    return toRecord(this.queryValues);
  }

  /** Fields by lower-case name, names in code-unit order; repeated ones joined with `,` and no space. */
  get headers(): HeaderFields {
    this.#headers ??= this.#reader.headers(this.#raw);
    return this.#headers;
  }

  /** One header field, its name in any case. */
  header(name: string): string | undefined {
    return this.headers[name.toLowerCase()];
  }

  /** Cookies by name, percent-decoded where that is possible; of several with one name the first. */
  get cookies(): Cookies {
    this.#cookies ??= parseCookies(this.headers['cookie'] ?? '');
    return this.#cookies;
  }

  /** The path's parameters, decoded; a `*rest` as a string keeps its `%2F`. */
  get params(): Record<string, string> {
    const record: Record<string, string> = Object.create(null);
    this.route?.params.forEach((param, i) => {
      const value = param.read(this.paramValues[i]);
      if (value !== undefined) record[param.name] = value;
    });
    return record;
  }

  /** What middleware leaves for what comes after it; empty at first. */
  get state(): RequestState {
    this.#state ??= {};
    return this.#state;
  }

  /**
   * Fires when the answer is no longer wanted: the client left (Koa only), or the time is over. Pass it on to `fetch`
   * or a database driver.
   */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.#abortReason !== undefined) this.#abort.abort(this.#abortReason);
      else
        this.#reader.onLeave?.(this.#raw, () => this.abort(new HttpError(499, 'The client left', { expose: false })));
    }
    return this.#abort.signal;
  }

  /** Fires {@link signal}; for doors. */
  abort(reason: unknown): void {
    if (this.#abortReason !== undefined) return;
    this.#abortReason = reason ?? new Error('aborted');
    this.#abort?.abort(this.#abortReason);
  }

  /**
   * Who asks: an address and a protocol. Of the connection, or of the gateway's event; forwarding headers count only as
   * far as the app's `trustProxy` says.
   */
  get client(): Client {
    this.#client ??= clientOf(this.#reader.peer(this.#raw), this.headers, this.trustProxy);
    return this.#client;
  }

  /** What an authorizer in front of the app knows of who asks, such as the claims of a token; undefined without one. */
  get claims(): Record<string, unknown> | undefined {
    return this.#reader.claims?.(this.#raw);
  }

  /** When the door must have an answer; the dispatcher's own. */
  get deadline(): Deadline | undefined {
    return this.#reader.deadline?.(this.#raw);
  }

  /** What a structured log line has beside the request itself; undefined where lines are for people. */
  get logFields(): Record<string, unknown> | undefined {
    return this.#reader.logFields?.(this.#raw, this);
  }

  /** The media type of the body, where there is a `content-type` that can be read. */
  get mediaType(): MediaType | undefined {
    const header = this.headers['content-type'];
    return header === undefined ? undefined : parseMediaType(header);
  }

  /** The body as the door has it, within {@link bodyLimit}; read once. */
  readBody(): RawBody | Promise<RawBody> {
    this.#body ??= this.#readBodyOnce();
    return this.#body;
  }

  /** A failure is kept as well: a limit that is raised later does not bring back a body that was refused. */
  #readBodyOnce(): RawBody | Promise<RawBody> {
    try {
      const body = this.#reader.body(this.#raw, this.bodyLimit);
      return body instanceof Promise ? body : assertSize(body, this.bodyLimit);
    } catch (error) {
      const failed = Promise.reject(error);
      failed.catch(() => {});
      return failed;
    }
  }

  /** The body's bytes, exactly as sent where they arrive so; what a signature is checked against. */
  async rawBody(): Promise<Uint8Array> {
    const body = await this.readBody();
    return typeof body === 'string' ? Buffer.from(body) : body;
  }

  /** The body, its `content-encoding` undone, within {@link bodyLimit} before and after; once. */
  readContent(): RawBody | Promise<RawBody> {
    if (this.#content === undefined) {
      const codings = codingsOf(this.headers['content-encoding']);
      this.#content =
        codings.length === 0
          ? this.readBody()
          : this.rawBody().then((bytes) => undoCodings(bytes, codings, this.bodyLimit));
    }
    return this.#content;
  }

  /** The body as it comes, for a handler that reads it itself: neither limited nor decoded. */
  stream(): AsyncIterable<Uint8Array> {
    return this.#reader.stream?.(this.#raw) ?? chunksOf(this.#reader.body(this.#raw, Number.POSITIVE_INFINITY));
  }

  /** The body as text. */
  async text(): Promise<string> {
    // Loaded when a handler reads a body itself; what binds one has it already.
    const { bodyText } = await import('./text-decoding.js');
    return bodyText(await this.readContent(), this.mediaType, refuseBody);
  }

  /** The body parsed as JSON, whatever its type says. */
  async json(): Promise<unknown> {
    const text = await this.text();
    const { parseJson } = await import('./parse-json.js');
    return parseJson(text, refuseBody);
  }

  /** The body parsed as an urlencoded form, whatever its type says. */
  async form(): Promise<Record<string, string | string[]>> {
    return toRecord(parseNamedValues(await this.text()));
  }
}

async function* chunksOf(body: RawBody | Promise<RawBody>): AsyncGenerator<Uint8Array> {
  const whole = await body;
  if (whole.length > 0) yield typeof whole === 'string' ? Buffer.from(whole) : whole;
}
