import type { Dispatcher } from '../../dispatch/dispatcher.js';
import { loadFailureReplies } from '../../dispatch/failure-replies.lazy.js';
import type { EventSource } from '../../event-sources.js';
import type { HttpError } from '../../http/errors/http-error.js';
import { loadRequestErrors } from '../../http/errors/request-errors.lazy.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import type { AnyCodec, LambdaResult } from '../codecs/event-codec.js';
import type { BufferedReply } from '../codecs/result-fields.js';
import type { Excess } from '../lambda-errors.js';
import { SMALLEST_HEADERS, sizeOfHeaders } from './result-size.js';

/** How much a source takes from a function, in bytes. */
interface Limits {
  /** Of the whole result, serialised. */
  readonly result: number;
  /** Of the values of all headers together; absent where no limit is documented. */
  readonly headers?: number;
}

/** What a result is made of again. */
interface ResultContext {
  readonly codec: AnyCodec;
  readonly event: object;
  readonly request: HttpRequest;
  readonly dispatcher: Dispatcher;
}

/** Lambda's limit on a buffered result, in bytes. */
const LAMBDA_LIMIT = 6 * 1024 * 1024;

/**
 * The limits of each source.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const LIMITS: Readonly<Record<EventSource, Limits>> = {
  rest: { result: LAMBDA_LIMIT, headers: SMALLEST_HEADERS },
  http: { result: LAMBDA_LIMIT, headers: SMALLEST_HEADERS },
  url: { result: LAMBDA_LIMIT },
  alb: { result: 1024 * 1024, headers: 32 * 1024 },
  lattice: { result: LAMBDA_LIMIT },
};

/** The most bytes that a character is in JSON. */
const LARGEST_CHARACTER = 6;
/** Room for all that is beside the values of a result, in bytes. */
const HEADROOM = 64 * 1024;

/** What of a result its source does not take; undefined if it fits. */
function findExcess(result: LambdaResult, reply: HttpReply, source: EventSource): Excess | undefined {
  const limit = LIMITS[source].result;
  const length = (result.body?.length ?? 0) + sizeOfHeaders(reply);
  // Most results need not be serialised to know that they fit.
  const mayBeLarge = length * LARGEST_CHARACTER + HEADROOM >= limit;
  const isLarge = mayBeLarge && Buffer.byteLength(JSON.stringify(result)) > limit;
  return isLarge ? { part: 'result', limit, source } : findHeaderExcess(reply, source);
}

/** As {@link findExcess}, of the headers alone. */
export function findHeaderExcess(reply: HttpReply, source: EventSource): Excess | undefined {
  const limit = LIMITS[source].headers;
  return limit !== undefined && sizeOfHeaders(reply) > limit ? { part: 'headers', limit, source } : undefined;
}

/** The result of a reply, or of the error that replaces it where its source does not take it. */
export async function resultWithin(
  result: LambdaResult,
  reply: HttpReply,
  { codec, event, request, dispatcher }: ResultContext,
): Promise<LambdaResult> {
  const excess = findExcess(result, reply, codec.source);
  if (excess === undefined) return result;
  const refusal = await loadFailureReplies().replyToLateError(dispatcher, await excessError(excess), request);
  return codec.toResult(refusal as BufferedReply, event);
}

/** The 500 that replaces a result which is too large: a gateway would make it a 502 that says nothing. */
export async function excessError(excess: Excess): Promise<HttpError> {
  const { excessMessage } = await import('../lambda-errors.js');
  return loadRequestErrors().httpError(500, excessMessage(excess), { expose: false });
}
