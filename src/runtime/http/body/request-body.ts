import type { BodyReader, RawBody, SentBody } from './body.js';
import type { FormValue } from './body-views.js';
import { loadBodyViews } from './body-views.lazy.js';
import type { Multipart } from './multipart.js';

export type { FormValue, RequestBody };

/** The body of a request. A function, since files on demand share functions at no cost, and classes by a helper. */
export function openRequestBody(
  request: SentBody['request'],
  reader: BodyReader,
  raw: unknown,
  limit: number,
): RequestBody {
  return new RequestBody(request, reader, raw, limit);
}

/** The body of one request: what each way of reading it has in common is done once. */
class RequestBody implements SentBody {
  // Declared only, and written in the constructor: a class with initial values has a function more.
  declare readonly request: SentBody['request'];
  declare readonly reader: BodyReader;
  declare readonly raw: unknown;
  declare readonly limit: number;
  declare private sent: RawBody | Promise<RawBody> | undefined;
  declare private decoded: RawBody | Promise<RawBody> | undefined;
  declare multipart: Promise<Multipart> | undefined;

  constructor(request: SentBody['request'], reader: BodyReader, raw: unknown, limit: number) {
    this.request = request;
    this.reader = reader;
    this.raw = raw;
    this.limit = limit;
    this.sent = undefined;
    this.decoded = undefined;
    this.multipart = undefined;
  }

  /** As sent. A failure is kept, too: after a body was refused, a higher limit does not let it in. */
  read(): RawBody | Promise<RawBody> {
    if (this.sent === undefined) {
      try {
        const body = this.reader.body(this.raw, this.limit);
        // No character of a text has more than three bytes.
        const fits = body instanceof Promise || (typeof body === 'string' && body.length * 3 <= this.limit);
        this.sent = fits ? body : loadBodyViews().assertSize(body, this.limit);
      } catch (error) {
        this.sent = loadBodyViews().rejected(error);
      }
    }
    return this.sent;
  }

  /** The body, its `content-encoding` undone. The limit holds for the body as sent and for the decoded one. */
  content(): RawBody | Promise<RawBody> {
    this.decoded ??=
      this.request.headers['content-encoding'] === undefined ? this.read() : loadBodyViews().decode(this);
    return this.decoded;
  }

  /** The body's bytes, as sent. */
  bytes(): Promise<Uint8Array> {
    return loadBodyViews().bytesOf(this);
  }

  /** The body as it arrives, neither limited nor decoded. */
  stream(): AsyncIterable<Uint8Array> {
    return loadBodyViews().streamOf(this);
  }

  /** The body as text, by the charset of its content type. @throws HttpError 400 or 415 */
  text(): Promise<string> {
    return loadBodyViews().textOf(this);
  }

  /** The body parsed as JSON. @throws HttpError 400 */
  json(): Promise<unknown> {
    return loadBodyViews().jsonOf(this);
  }

  /** The form in the body, names in code-unit order; a multipart form where the content type says so. */
  form(): Promise<Record<string, FormValue | FormValue[]>> {
    return loadBodyViews().formOf(this);
  }
}
