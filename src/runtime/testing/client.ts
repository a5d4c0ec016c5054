import type { App } from '../app.js';
import { publicOriginOf } from '../http/origin/public-origin.js';
import type { UserIdOfApp } from '../web/auth/auth-types.js';
import { CookieJar, type KeptCookie } from './cookie-jar.js';
import type { FilledValue } from './forms/form-control.js';
import type { Submission } from './forms/submission.js';
import type { SessionValues } from './session-access.js';
import type { TestRequestInit } from './test-request.js';
import type { TestResponse } from './test-response.js';

/** What {@link TestClient} takes. */
export interface ClientOptions {
  /** The host that it asks for. Default: that of the app's `publicOrigin`, else `localhost`. */
  host?: string | undefined;
  /** Whether redirects on the same host are followed. Default: true. A request can say otherwise. */
  followRedirects?: boolean | undefined;
  /**
   * What `request` accepts: `browser` as a browser does for a page, `json`, or a header. `open` and `submit` are always a
   * browser's. Default: no header.
   */
  accept?: 'browser' | 'json' | (string & {}) | undefined;
  /** Headers for each request. Default: none. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** What a client's request takes besides its target. */
export interface ClientRequestInit extends TestRequestInit {
  headers?: Readonly<Record<string, string>> | undefined;
  /** Default: what the client does. */
  followRedirects?: boolean | undefined;
}

/** A response, and where it came from. */
export interface ClientResponse extends TestResponse {
  /** The path and query that it came from, after redirects. */
  readonly url: string;
  /** The locations of the redirects that were followed. */
  readonly redirects: readonly string[];
}

const ACCEPT = {
  browser: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  json: 'application/json',
} as const;

/** The most redirects that are followed, as in browsers. */
const MOST_REDIRECTS = 20;

/**
 * A client of one door that keeps cookies, follows redirects and fills in forms, as a browser does. `door.client()` makes
 * one; two clients share nothing.
 *
 * @example
 * ```ts
 * const client = door.client();
 * await client.open('/login');
 * const page = await client.submit('Sign in', { Name: 'ada', Password: 'correct horse' });
 * expect(page.url).toBe('/account');
 * ```
 */
export class TestClient {
  readonly #send: (target: string, init: TestRequestInit) => Promise<TestResponse>;
  readonly #app: App | undefined;
  readonly #options: ClientOptions;
  readonly #origin: string;
  readonly #jar = new CookieJar();
  /** The last page that was opened or that came of a form; undefined before. */
  #page: { readonly url: URL; readonly html: string } | undefined;

  /** @param app undefined for a door of a handler, whose app is not known */
  constructor(
    send: (target: string, init: TestRequestInit) => Promise<TestResponse>,
    app: App | undefined,
    options: ClientOptions,
  ) {
    this.#send = send;
    this.#app = app;
    this.#options = options;
    const ownHost = app && publicOriginOf(app.options)?.replace(/^https?:\/\//, '');
    // Every door is reached by https.
    this.#origin = `https://${options.host ?? ownHost ?? 'localhost'}`;
  }

  /** The cookies that it has now. */
  get cookies(): readonly KeptCookie[] {
    return this.#jar.all;
  }

  /**
   * Sends a request with the client's cookies.
   *
   * @param target a path with its query
   * @throws Error for more than 20 redirects
   */
  request(target: string, init: ClientRequestInit = {}): Promise<ClientResponse> {
    const { accept } = this.#options;
    const value = accept === undefined ? undefined : (ACCEPT[accept as keyof typeof ACCEPT] ?? accept);
    return this.#follow(target, init, value === undefined ? {} : { accept: value });
  }

  /** Opens a page as a browser does, when its address is typed in. */
  async open(target: string, init: ClientRequestInit = {}): Promise<ClientResponse> {
    const headers = { accept: ACCEPT.browser, 'sec-fetch-site': 'none', ...NAVIGATION };
    return this.#turnTo(await this.#follow(target, init, headers));
  }

  /**
   * Fills in a form of the page that was opened last, or that came of the last form, and presses a button. All that the
   * form has beside is sent as it is; what a browser would refuse (`required`, `pattern`) is sent as well.
   *
   * @param button what is written on it
   * @param values by the fields' labels, or by their names: text, `true` for a box, the label of an option, `{ filename,
   *   content }` for a file, lists where several are possible
   * @throws Error that names the buttons and labels of the page where these are not there, and for a field that is disabled
   * @example
   * ```ts
   * await client.submit('Save', { Title: 'Report', Draft: true, Kind: 'Monthly', Scan: { filename: 'a.pdf', content } });
   * ```
   */
  async submit(
    button: string,
    values: Readonly<Record<string, FilledValue>> = {},
    init: ClientRequestInit = {},
  ): Promise<ClientResponse> {
    const page = this.#page;
    if (page === undefined) throw new Error('submit() needs a page. Open one before: await client.open(target).');
    const { submissionOf } = await import('./forms/submission.js');
    const submission = await submissionOf(page.html, page.url, button, values);
    if (submission.url.origin !== this.#origin) {
      throw new Error(`The form leads to another origin, ${submission.url.origin}.`);
    }
    const { target, ...sent } = requestOf(submission);
    const headers = {
      accept: ACCEPT.browser,
      referer: page.url.href,
      'sec-fetch-site': 'same-origin',
      ...NAVIGATION,
      ...(submission.method === 'POST' && { origin: this.#origin }),
    };
    return this.#turnTo(await this.#follow(target, { ...sent, ...init }, headers));
  }

  /**
   * Makes this client a user's who has signed in: what `login()` does. Gives the client itself.
   *
   * @throws Error where the app has no sessions, and at a door of a handler, whose app is not known
   * @example
   * ```ts
   * const ada = await door.client().as(1);
   * ```
   */
  async as(userId: UserIdOfApp): Promise<this> {
    const { changeUser } = await import('./session-access.js');
    this.#keep(await changeUser(this.#knownApp('as'), this.#cookieHeader, userId), this.#urlOf('/'));
    return this;
  }

  /**
   * The data of this client's session.
   *
   * @throws as {@link as}
   */
  async session(): Promise<SessionValues> {
    const { readSession } = await import('./session-access.js');
    return readSession(this.#knownApp('session'), this.#cookieHeader);
  }

  /**
   * Changes this client's session, as a handler does.
   *
   * @throws as {@link as}; TypeError for a value that JSON would change
   * @example
   * ```ts
   * await client.changeSession((session) => { session.cart = [1, 2]; });
   * ```
   */
  async changeSession(change: (session: SessionValues) => void): Promise<void> {
    const { changeSession } = await import('./session-access.js');
    this.#keep(await changeSession(this.#knownApp('changeSession'), this.#cookieHeader, change), this.#urlOf('/'));
  }

  /** Closes and opens the browser: cookies without an age are gone, and no page is open. */
  restart(): void {
    this.#page = undefined;
    this.#jar.endSession();
  }

  get #cookieHeader(): string {
    return this.#jar.headerFor(this.#urlOf('/')) ?? '';
  }

  #urlOf(target: string): URL {
    return new URL(this.#origin + target);
  }

  #knownApp(method: string): App {
    if (this.#app !== undefined) return this.#app;
    throw new Error(
      `client.${method}() needs the app, and this door has only its handler. Open it by openDoor(app, name).`,
    );
  }

  #keep(cookies: readonly string[], url: URL): void {
    for (const cookie of cookies) this.#jar.add(cookie, url);
  }

  #turnTo(response: ClientResponse): ClientResponse {
    if (response.headers['content-type']?.startsWith('text/html')) {
      this.#page = { url: this.#urlOf(response.url), html: response.text() };
    }
    return response;
  }

  /** Sends a request, and follows redirects as browsers do (Fetch, "HTTP-redirect fetch"). */
  async #follow(
    target: string,
    { followRedirects = this.#options.followRedirects ?? true, ...init }: ClientRequestInit,
    own: Record<string, string>,
  ): Promise<ClientResponse> {
    const redirects: string[] = [];
    for (let next = { target, init }; ; ) {
      const response = await this.#sendOnce(next.target, next.init, own);
      const location = followRedirects ? locationOf(response, this.#urlOf(next.target)) : undefined;
      if (location?.origin !== this.#origin) return { ...response, url: next.target, redirects };
      if (redirects.length === MOST_REDIRECTS)
        throw new Error(`${target} led to more than ${MOST_REDIRECTS} redirects.`);
      redirects.push(location.pathname + location.search);
      const again = isRepeated(response.status, next.init.method) ? next.init : readingOf(next.init);
      next = { target: location.pathname + location.search, init: again };
    }
  }

  async #sendOnce(target: string, init: TestRequestInit, own: Record<string, string>): Promise<TestResponse> {
    const url = this.#urlOf(target);
    const cookie = this.#jar.headerFor(url);
    const headers = {
      host: url.host,
      ...own,
      ...this.#options.headers,
      ...(init.headers as Record<string, string> | undefined),
      ...(cookie !== undefined && { cookie }),
    };
    const response = await this.#send(target, { ...init, headers });
    this.#keep(response.cookies, url);
    return response;
  }
}

const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } as const;

function locationOf({ status, headers }: TestResponse, url: URL): URL | undefined {
  const location = headers['location'];
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  return URL.canParse(location, url.href) ? new URL(location, url) : undefined;
}

/** Whether a redirect repeats the method and the body: 301 and 302 do so for all but a POST. */
function isRepeated(status: number, method: string | undefined): boolean {
  if (status === 307 || status === 308) return true;
  return status === 303 ? method === 'GET' || method === 'HEAD' : method !== 'POST' && method !== undefined;
}

/** A request that only reads, in the place of one with a body. */
function readingOf({ headers }: ClientRequestInit): ClientRequestInit {
  return { method: 'GET', headers };
}

/** The request of a submitted form. */
function requestOf({ url, method, encoding, entries }: Submission): ClientRequestInit & { readonly target: string } {
  const texts = entries.map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : value.filename,
  ]);
  if (method === 'GET') return { target: `${url.pathname}?${new URLSearchParams(texts)}`, method };
  const target = url.pathname + url.search;
  const plain = texts.map(([name, value]) => `${name}=${value}\r\n`).join('');
  if (encoding === 'plain') return { target, method, body: plain, headers: { 'content-type': 'text/plain' } };
  return encoding === 'multipart'
    ? { target, method, multipart: entries }
    : { target, method, form: texts.map(([name, value]) => [name, value.replace(/\r\n?|\n/g, '\r\n')] as const) };
}
