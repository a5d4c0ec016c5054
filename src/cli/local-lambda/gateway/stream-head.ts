import { gateways } from '../../../runtime/gateways/gateways.js';
import type { RawRequest, RawResponse } from '../../../runtime/gateways/raw-http.js';

/** The content type of a stream that starts with the head, as JSON, and eight NUL bytes. The body follows. */
const INTEGRATION_RESPONSE = 'application/vnd.awslambda.http-integration-response';

const DELIMITER = Buffer.alloc(8);

/** How far into a stream a gateway looks for the end of the head, in bytes. */
const HEAD_LIMIT = 16 * 1024;

/** A streamed response whose head has arrived. */
export interface StreamedResponse {
  readonly head: Pick<RawResponse, 'status' | 'headers'>;
  /** The part of the body that arrived with the head. */
  readonly first: Buffer;
  readonly rest: AsyncIterator<Buffer>;
}

/**
 * Reads the head of a streamed response as a gateway does. Returns undefined if the head is missing or invalid.
 *
 * @throws what the stream throws before the head is complete
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export async function readHead(
  contentType: string,
  body: AsyncIterable<Buffer>,
  request: RawRequest,
  gateway: 'rest' | 'url',
): Promise<StreamedResponse | undefined> {
  const rest = body[Symbol.asyncIterator]();
  if (contentType !== INTEGRATION_RESPONSE) {
    // A Function URL also accepts a stream without a head; a REST API does not.
    if (gateway === 'rest') return undefined;
    const next = await rest.next();
    const first = next.done === true ? Buffer.alloc(0) : next.value;
    return { head: { status: 200, headers: [['content-type', contentType]] }, first, rest };
  }
  let read = Buffer.alloc(0);
  let end = -1;
  while (end === -1) {
    const next = await rest.next();
    if (next.done === true || read.byteLength > HEAD_LIMIT) return undefined;
    read = Buffer.concat([read, next.value]);
    end = read.indexOf(DELIMITER);
  }
  const head = toHead(read.subarray(0, end).toString(), request, gateway);
  return head && { head, first: read.subarray(end + DELIMITER.byteLength), rest };
}

function toHead(json: string, request: RawRequest, gateway: 'rest' | 'url'): RawResponse | undefined {
  let metadata: { statusCode?: number; cookies?: string[]; multiValueHeaders?: object };
  try {
    metadata = JSON.parse(json) as typeof metadata;
  } catch {
    return undefined;
  }
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const { cookies, ...others } = { statusCode: 200, ...metadata };
  if (gateway === 'url') return gateways.url.toResponse({ ...others, ...(cookies && { cookies }) }, request);
  // A REST API accepts `cookies` only in a stream.
  const multiValueHeaders = { ...others.multiValueHeaders, ...(cookies && { 'set-cookie': cookies }) };
  return gateways.rest.toResponse({ ...others, multiValueHeaders }, request);
}
