import { assertSize, type RawBody } from './body/body.js';
import type { FormValue } from './body/body-readers.js';
import { loadBodyReaders } from './body/body-readers.lazy.js';
import { loadContentCoding } from './body/content-coding.lazy.js';
import type { Multipart } from './body/multipart.js';
import { type Client, type ClientTrace, type Peer, tracePeer } from './client.js';
import { type Cookies, parseCookies } from './cookies.js';
import { HttpError } from './errors/http-error.js';
import type { HeaderFields } from './header-fields.js';
import { type NamedValues, parseNamedValues, toRecord } from './named-values.js';
import { loadProxyTrace } from './proxy-trace.lazy.js';
import { ACCESS, clientTraceOf, type Deadline, paramValuesOf, type RequestAccess } from './request-access.js';
import type { RequestExchange } from './request-exchange.js';
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

  readonly #reader: RequestReader<unknown>;
  readonly #raw: unknown;
  /** Set by the dispatcher, before anything of the app sees the request. */
  #exchange!: RequestExchange;
  #id: string | undefined;
  #headers: HeaderFields | undefined;
  #query: NamedValues | undefined;
  #cookies: Cookies | undefined;
  #body: RawBody | Promise<RawBody> | undefined;
  #content: RawBody | Promise<RawBody> | undefined;
  #form: Promise<Multipart> | undefined;
  #trace: ClientTrace | undefined;
  #state: RequestState | undefined;
  #controller: AbortController | undefined;
  #abortReason: unknown;

  static {
    const access: RequestAccess<HttpRequest> = {
      getExchange: (request) => request.#exchange,
      setExchange: (request, exchange) => {
        request.#exchange = exchange;
      },
      paramValuesOf: (request) => request.#exchange.match.paramValues ?? [],
      requestDeadlineOf: (request) => request.#reader.deadline?.(request.#raw),
      logFieldsOf: (request) => request.#reader.logFields?.(request.#raw, request),
      readContent: (request) => request.#readContent(),
      clientTraceOf: (request) => {
        request.#trace ??= request.#traceClient();
        return request.#trace;
      },
      abortRequest: (request, reason) => request.#abort(reason),
    };
    Object.defineProperty(this.prototype, ACCESS, { value: access });
  }

  constructor(method: string, path: string, reader: RequestReader<never>, raw: unknown) {
    this.method = method;
    this.path = path;
    this.#reader = reader as RequestReader<unknown>;
    this.#raw = raw;
  }

  /** The name of this request in the log and in the reply to a bug: the gateway's or Lambda's own, else a UUID. */
  get id(): string {
    this.#id ??= this.#reader.id(this.#raw);
    return this.#id;
  }

  /** The route that was chosen; undefined where no route matches, as for a 404. */
  get route(): RequestRoute | undefined {
    return this.#exchange.match.route;
  }

  /** The path's parameters, decoded; a `*rest` as a string keeps its `%2F`. */
  get params(): Record<string, string> {
    const record: Record<string, string> = Object.create(null);
    const values = paramValuesOf(this);
    this.route?.params.forEach((param, i) => {
      const value = param.read(values[i]);
      if (value !== undefined) record[param.name] = value;
    });
    return record;
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

  /** Values that middleware leaves for later middleware and the handler; empty at first. */
  get state(): RequestState {
    this.#state ??= {};
    return this.#state;
  }

  /**
   * Fires when nobody needs the reply any more: the client left (Koa only), or the time is over. Pass it to `fetch` or a
   * database driver.
   */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#abortReason !== undefined) this.#controller.abort(this.#abortReason);
      else this.#reader.onLeave?.(this.#raw, () => this.#abort(new HttpError(499, 'The client left')));
    }
    return this.#controller.signal;
  }

  #abort(reason: unknown): void {
    if (this.#abortReason !== undefined) return;
    this.#abortReason = reason ?? new Error('aborted');
    this.#controller?.abort(this.#abortReason);
  }

  /**
   * The client's address and protocol, from the connection or from the gateway's event. Forwarding headers count only as
   * far as the app's `trustProxy` says.
   */
  get client(): Client {
    return clientTraceOf(this).client;
  }

  #traceClient(): ClientTrace {
    const peer = this.#reader.peer(this.#raw);
    const { trustProxy } = this.#exchange.app;
    return trustProxy ? loadProxyTrace().traceProxies(peer, this.headers, trustProxy) : tracePeer(peer);
  }

  /** What an authorizer in front of the app knows about the client, such as a token's claims; undefined without one. */
  get claims(): Record<string, unknown> | undefined {
    return this.#reader.claims?.(this.#raw);
  }

  /** A failure is kept, too: after a body was refused, a higher limit does not let it in. */
  #readBody(): RawBody | Promise<RawBody> {
    if (this.#body === undefined) {
      const { bodyLimit } = this.#exchange;
      try {
        const body = this.#reader.body(this.#raw, bodyLimit);
        this.#body = body instanceof Promise ? body : assertSize(body, bodyLimit);
      } catch (error) {
        this.#body = Promise.reject(error);
        this.#body.catch(() => {});
      }
    }
    return this.#body;
  }

  /** The body's bytes, exactly as sent where they arrive so: check signatures against these. */
  async rawBody(): Promise<Uint8Array> {
    const body = await this.#readBody();
    return typeof body === 'string' ? Buffer.from(body) : body;
  }

  /** The limit holds for the body as sent and for the decoded one. */
  #readContent(): RawBody | Promise<RawBody> {
    if (this.#content === undefined) {
      this.#content = this.headers['content-encoding'] === undefined ? this.#readBody() : this.#decodeBody();
    }
    return this.#content;
  }

  #decodeBody(): RawBody | Promise<RawBody> {
    const { codingsOf, undoCodings } = loadContentCoding();
    const codings = codingsOf(this.headers['content-encoding']);
    return codings.length === 0
      ? this.#readBody()
      : this.rawBody().then((bytes) => undoCodings(bytes, codings, this.#exchange.bodyLimit));
  }

  /** The body as it arrives, neither limited nor decoded, for a handler that reads it itself. */
  stream(): AsyncIterable<Uint8Array> {
    return this.#reader.stream?.(this.#raw) ?? chunksOf(this.#reader.body(this.#raw, Number.POSITIVE_INFINITY));
  }

  /** The body as text. */
  async text(): Promise<string> {
    return loadBodyReaders().readText(await this.#readContent(), this.headers);
  }

  /** The body parsed as JSON, whatever its type says. */
  async json(): Promise<unknown> {
    return loadBodyReaders().readJson(await this.text());
  }

  /**
   * The form in the body, names in code-unit order: a multipart form with its files, where the type says so, else an
   * urlencoded one. A name that was repeated has a list, texts before files.
   *
   * @throws HttpError 400 for a malformed multipart form, 413 above a limit
   */
  async form(): Promise<Record<string, FormValue | FormValue[]>> {
    const { isMultipart, readForm, readMultipart } = loadBodyReaders();
    if (!isMultipart(this.headers)) return readForm(await this.text());
    this.#form ??= this.#parseFiles();
    return readMultipart(await this.#form);
  }

  async #parseFiles(): Promise<Multipart> {
    return loadBodyReaders().parseFiles(await this.#readContent(), this.headers);
  }
}

async function* chunksOf(body: RawBody | Promise<RawBody>): AsyncGenerator<Uint8Array> {
  const whole = await body;
  if (whole.length > 0) yield typeof whole === 'string' ? Buffer.from(whole) : whole;
}
