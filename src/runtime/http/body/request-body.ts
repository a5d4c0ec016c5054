import type { HeaderFields } from '../header-fields.js';
import { getExchange, internalsOf } from '../request-access.js';
import type { BodyReader, RawBody, SentBody } from './body.js';
import { BODY_LIMIT } from './body-limit.js';
import type { FormValue } from './body-views.js';
import { loadBodyViews } from './body-views.lazy.js';
import type { Multipart } from './multipart.js';

export type { FormValue };

/** The body of a request, made when it is first needed. */
export function requestBodyOf(request: object): RequestBody {
  const internals = internalsOf(request);
  if (internals.body === undefined) {
    const { match, app } = getExchange(request);
    const limit = match.route?.bodyLimit ?? app.bodyLimit ?? BODY_LIMIT;
    internals.body = new RequestBody(request as { headers: HeaderFields }, internals.reader, internals.raw, limit);
  }
  return internals.body as RequestBody;
}

/** See `HttpRequest.rawBody`. */
export function bytesOf(request: object): Promise<Uint8Array> {
  return loadBodyViews().bytesOf(requestBodyOf(request));
}

/** See `HttpRequest.stream`. */
export function streamOf(request: object): AsyncIterable<Uint8Array> {
  return loadBodyViews().streamOf(requestBodyOf(request));
}

/** See `HttpRequest.text`. */
export function textOf(request: object): Promise<string> {
  return loadBodyViews().textOf(requestBodyOf(request));
}

/** See `HttpRequest.json`. */
export function jsonOf(request: object): Promise<unknown> {
  return loadBodyViews().jsonOf(requestBodyOf(request));
}

/** See `HttpRequest.form`. */
export function formOf(request: object): Promise<Record<string, FormValue | FormValue[]>> {
  return loadBodyViews().formOf(requestBodyOf(request));
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
}
