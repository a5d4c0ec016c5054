import type { HeaderFields } from '../header-fields.js';
import { parseNamedValues, toRecord } from '../named-values.js';
import { getExchange, internalsOf } from '../request-access.js';
import { assertSize, type RawBody } from './body.js';
import { BODY_LIMIT } from './body-limit.js';
import { loadContentCoding } from './content-coding.lazy.js';
import { MULTIPART, mediaTypeOf } from './media-type.js';
import type { Multipart, UploadedFile } from './multipart.js';
import { parseJson } from './parse-json.js';
import { refuseBody } from './refuse-body.js';
import { bodyText } from './text-decoding.js';

/** A value of a form: a text, or a file of a multipart form. */
export type FormValue = string | UploadedFile;

/** The part of a `RequestReader` that reads bodies. */
export interface BodyReader {
  body(raw: unknown, limit: number): RawBody | Promise<RawBody>;
  stream?(raw: unknown): AsyncIterable<Uint8Array>;
}

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

/** The members of `HttpRequest` that are defined here. A function, since files on demand share functions at no cost. */
export function requestMembers(): BodyMembers {
  return BodyMembers.prototype;
}

class BodyMembers {
  rawBody(): Promise<Uint8Array> {
    return requestBodyOf(this).bytes();
  }

  stream(): AsyncIterable<Uint8Array> {
    return requestBodyOf(this).stream();
  }

  text(): Promise<string> {
    return requestBodyOf(this).text();
  }

  json(): Promise<unknown> {
    return requestBodyOf(this).json();
  }

  form(): Promise<Record<string, FormValue | FormValue[]>> {
    return requestBodyOf(this).form();
  }
}

/** The body of one request: what each way of reading it has in common is done once. */
class RequestBody {
  private readonly request: { readonly headers: HeaderFields };
  private readonly reader: BodyReader;
  private readonly raw: unknown;
  private readonly limit: number;
  private sent: RawBody | Promise<RawBody> | undefined;
  private decoded: RawBody | Promise<RawBody> | undefined;
  private multipart: Promise<Multipart> | undefined;

  constructor(request: { readonly headers: HeaderFields }, reader: BodyReader, raw: unknown, limit: number) {
    this.request = request;
    this.reader = reader;
    this.raw = raw;
    this.limit = limit;
    this.sent = undefined;
    this.decoded = undefined;
    this.multipart = undefined;
  }

  /** As sent. A failure is kept, too: after a body was refused, a higher limit does not let it in. */
  private read(): RawBody | Promise<RawBody> {
    if (this.sent === undefined) {
      try {
        const body = this.reader.body(this.raw, this.limit);
        this.sent = body instanceof Promise ? body : assertSize(body, this.limit);
      } catch (error) {
        this.sent = Promise.reject(error);
        this.sent.catch(() => {});
      }
    }
    return this.sent;
  }

  /** The body's bytes, as sent. */
  async bytes(): Promise<Uint8Array> {
    return toBytes(await this.read());
  }

  /** The body, its `content-encoding` undone. The limit holds for the body as sent and for the decoded one. */
  content(): RawBody | Promise<RawBody> {
    this.decoded ??= this.request.headers['content-encoding'] === undefined ? this.read() : this.decode();
    return this.decoded;
  }

  private decode(): RawBody | Promise<RawBody> {
    const { codingsOf, undoCodings } = loadContentCoding();
    const codings = codingsOf(this.request.headers['content-encoding']);
    return codings.length === 0 ? this.read() : this.bytes().then((bytes) => undoCodings(bytes, codings, this.limit));
  }

  /** The body as it arrives, neither limited nor decoded. */
  stream(): AsyncIterable<Uint8Array> {
    return this.reader.stream?.(this.raw) ?? chunksOf(this.reader.body(this.raw, Number.POSITIVE_INFINITY));
  }

  /** The body as text, by the charset of its content type. @throws HttpError 400 or 415 */
  async text(): Promise<string> {
    return bodyText(await this.content(), mediaTypeOf(this.request.headers), refuseBody);
  }

  /** The body parsed as JSON. @throws HttpError 400 */
  async json(): Promise<unknown> {
    return parseJson(await this.text(), refuseBody);
  }

  /** The form in the body, names in code-unit order; a multipart form where the content type says so. */
  async form(): Promise<Record<string, FormValue | FormValue[]>> {
    if (mediaTypeOf(this.request.headers)?.essence !== MULTIPART) return toRecord(parseNamedValues(await this.text()));
    this.multipart ??= this.parseFiles();
    return allValuesOf(await this.multipart);
  }

  private async parseFiles(): Promise<Multipart> {
    const content = await this.content();
    const { parseMultipart } = await import('./multipart.js');
    return parseMultipart(toBytes(content), this.request.headers['content-type']!, refuseBody);
  }
}

function toBytes(body: RawBody): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

async function* chunksOf(body: RawBody | Promise<RawBody>): AsyncGenerator<Uint8Array> {
  const whole = await body;
  if (whole.length > 0) yield toBytes(whole);
}

/** All values of a form with files, texts before files, names in code-unit order. */
function allValuesOf({ values, files }: Multipart): Record<string, FormValue | FormValue[]> {
  const all = new Map<string, FormValue[]>(values);
  for (const [name, list] of files) all.set(name, [...(all.get(name) ?? []), ...list]);
  return toRecord(all);
}
