import { gateways } from '../../../runtime/gateways/gateways.js';
import type { RawRequest, RawResponse } from '../../../runtime/gateways/raw-http.js';

/** The content type of a streamed answer whose head goes before its body, as JSON, with eight NULs between them. */
const INTEGRATION_RESPONSE = 'application/vnd.awslambda.http-integration-response';

const DELIMITER = Buffer.alloc(8);

/** How far into an answer a gateway looks for the end of the head, in bytes. */
const HEAD_LIMIT = 16 * 1024;

/** A streamed answer, of which the head is known. */
export interface StreamedAnswer {
  readonly head: Pick<RawResponse, 'status' | 'headers'>;
  /** What has come of the body with the head. */
  readonly first: Buffer;
  readonly rest: AsyncIterator<Buffer>;
}

/**
 * Reads the head of a streamed answer as a gateway does; undefined where there is none that it can read. What the stream
 * throws before the head is whole is thrown on.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export async function readHead(
  contentType: string,
  body: AsyncIterable<Buffer>,
  request: RawRequest,
  front: 'rest' | 'url',
): Promise<StreamedAnswer | undefined> {
  const rest = body[Symbol.asyncIterator]();
  if (contentType !== INTEGRATION_RESPONSE) {
    // A Function URL takes bare bytes as well, a REST API does not.
    if (front === 'rest') return undefined;
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
  const head = toHead(read.subarray(0, end).toString(), request, front);
  return head && { head, first: read.subarray(end + DELIMITER.byteLength), rest };
}

function toHead(json: string, request: RawRequest, front: 'rest' | 'url'): RawResponse | undefined {
  let metadata: { statusCode?: number; cookies?: string[]; multiValueHeaders?: object };
  try {
    metadata = JSON.parse(json) as typeof metadata;
  } catch {
    return undefined;
  }
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const { cookies, ...others } = { statusCode: 200, ...metadata };
  if (front === 'url') return gateways.url.toResponse({ ...others, ...(cookies && { cookies }) }, request);
  // In a stream a REST API knows cookies, which it refuses elsewhere.
  const multiValueHeaders = { ...others.multiValueHeaders, ...(cookies && { 'set-cookie': cookies }) };
  return gateways.rest.toResponse({ ...others, multiValueHeaders }, request);
}
