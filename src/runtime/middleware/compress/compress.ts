import type { HttpRequest } from '../../http/http-request.js';
import type { Middleware } from '../../http/middleware.js';
import { type HttpReply, isBodiless, isWhole } from '../../http/reply/http-reply.js';
import { addVary } from '../../http/reply/vary.js';
import { acceptedCoding } from '../../http/request/accepted-coding.js';
import { tagsIn, toWeak } from '../entity-tag.js';
import { readyMiddleware } from '../ready-middleware.js';
import { compressBody, compressStream } from './compressed-body.js';

/** What {@link compress} takes. */
export interface CompressOptions {
  /** The smallest body that is compressed, in bytes. Default: 1,024; streams are compressed whatever their length. */
  threshold?: number | undefined;
  /** Which content types are compressed. Default: text, JSON, XML, JavaScript, SVG and others that are not yet. */
  types?: RegExp | undefined;
  /**
   * Whether the REST API in front of the app has `binaryMediaTypes`, as the generated deployments do. Without them, it
   * would send base64 text: replies to a REST API are then not compressed. Default: false.
   */
  restBinaryMediaTypes?: boolean | undefined;
}

const TYPES =
  /^(?:text\/.+|application\/(?:json|javascript|ecmascript|xml|wasm|rtf|x-ndjson|jsonl|yaml|graphql|x-www-form-urlencoded|vnd\.ms-fontobject|postscript|sql|toml)|.+\+(?:json|xml|yaml|text)|image\/(?:svg\+xml|bmp|x-icon|vnd\.microsoft\.icon)|font\/(?:ttf|otf|collection))$/i;

/** Headers that say something of the bytes as they are. */
const ABOUT_BYTES = ['content-encoding', 'content-range', 'content-digest', 'repr-digest', 'digest', 'content-md5'];

/**
 * Compresses bodies with Brotli or gzip, as the client prefers. Streams are compressed chunk by chunk, and each chunk is
 * sent at once. Small bodies, compressed types, parts of files, replies with `cache-control: no-transform` and those
 * with a coding already stay as they are. An `etag` becomes weak. For the app, in `use:`.
 *
 * A CDN, a load balancer or an API Gateway with `minimumCompressionSize` does this without the function's time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 * @example
 * ```ts
 * defineApp({ controllers, use: [compress()] });
 * ```
 */
export function compress(options: CompressOptions = {}): Middleware {
  const { threshold = 1024, types = TYPES, restBinaryMediaTypes = false } = options;
  const isNumber = typeof threshold === 'number' && threshold >= 0;
  const isExpression = types instanceof RegExp;
  const own = isExpression ? new RegExp(types.source, types.flags.replace(/[gy]/g, '')) : TYPES;
  return readyMiddleware('compress', {
    settings: undefined,
    mistakes: [
      ...(isNumber ? [] : [`threshold: ${threshold} is not a number of bytes. Correct it, or leave it out.`]),
      ...(isExpression ? [] : ['types is not a regular expression. Write one such as /^text\\//.']),
    ],
    isForApps: true,
    async run(request, next) {
      const reply = await next();
      if (isTextOnly(request) && !restBinaryMediaTypes) return reply;
      if (reply.status === 304) return asCompressed(reply, request);
      return isCompressible(reply, own, threshold) ? compressReply(reply, request) : reply;
    },
  });
}

/**
 * Whether the request came through a REST API, which sends text alone unless it has binary media types. An HTTP API may
 * send events of the same form, with a version.
 */
function isTextOnly(request: HttpRequest): boolean {
  const { lambda } = request as { readonly lambda?: { readonly source: string; readonly event: object } };
  return lambda?.source === 'rest' && !('version' in lambda.event);
}

function isCompressible({ status, headers, body }: HttpReply, types: RegExp, threshold: number): boolean {
  if (body === undefined || isBodiless(status) || status === 206) return false;
  if (ABOUT_BYTES.some((name) => headers[name] !== undefined)) return false;
  if (/(?:^|,)\s*no-transform\s*(?:,|$)/i.test(headers['cache-control'] ?? '')) return false;
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return types.test(type.trim()) && (!isWhole(body) || Buffer.byteLength(body) >= threshold);
}

async function compressReply(reply: HttpReply, request: HttpRequest): Promise<HttpReply> {
  const { headers } = reply;
  // Said of the plain body too: a cache must not send it to everybody.
  addVary(headers, 'Accept-Encoding');
  const coding = acceptedCoding(request.headers['accept-encoding']);
  const { body } = reply;
  if (coding === undefined || body === undefined) return reply;
  if (isWhole(body)) {
    const compressed = await compressBody(body, coding);
    if (compressed.byteLength >= Buffer.byteLength(body)) return reply;
    reply.body = compressed;
  } else {
    const length = headers['content-length'];
    // HEAD has the headers of GET, and no body that could be compressed.
    if (request.method !== 'HEAD')
      reply.body = compressStream(body, coding, length === undefined ? undefined : Number(length));
    delete headers['content-length'];
  }
  headers['content-encoding'] = coding;
  // Ranges of the plain body are not those of the compressed one.
  delete headers['accept-ranges'];
  if (headers['etag'] !== undefined) headers['etag'] = toWeak(headers['etag']);
  return reply;
}

/** A 304 has the headers that its 200 would have (RFC 9110 §15.4.5): the weak tag, where the client has that one. */
function asCompressed(reply: HttpReply, request: HttpRequest): HttpReply {
  addVary(reply.headers, 'Accept-Encoding');
  const tag = reply.headers['etag'];
  const known = tagsIn(request.headers['if-none-match'] ?? '');
  if (tag !== undefined && !known.includes(tag) && known.includes(toWeak(tag))) reply.headers['etag'] = toWeak(tag);
  return reply;
}
