import type { GatewayContext } from '../../../runtime/gateways/gateway.js';
import { gateways } from '../../../runtime/gateways/gateways.js';
import type { RawRequest, RawResponse } from '../../../runtime/gateways/raw-http.js';
import { EVENT_LIMIT, type FunctionError, InvocationFailure, type Outcome } from '../function/invocation.js';
import type { FunctionInvocation } from '../function/local-function.js';
import type { Front } from './gateway-limits.js';
import { readHead, type StreamedAnswer } from './stream-head.js';

/** A function as a gateway sees it; undefined for an invocation that was throttled. */
export interface GatewayFunction {
  invoke(event: string): Promise<FunctionInvocation | undefined>;
}

/** What a gateway answers. */
export interface Answer {
  /** Its body is not the answer's where there is a stream. */
  readonly response: RawResponse;
  readonly stream?: AsyncIterable<Uint8Array>;
  readonly invocation?: FunctionInvocation;
  /** Whether the function still runs. */
  readonly isAbandoned?: boolean;
  readonly note?: string;
}

/**
 * Turns a request into the gateway's event, invokes the function, and turns what became of it into the gateway's answer.
 *
 * @param target undefined where there is no function to invoke
 */
export async function answerOf(
  request: RawRequest,
  surroundings: GatewayContext,
  front: Front,
  target: GatewayFunction | undefined,
  onFunctionError: (error: FunctionError) => void,
): Promise<Answer> {
  if (target === undefined) return { response: front.functionError, note: 'not built' };
  const event = JSON.stringify(gateways[front.name].toEvent(request, surroundings));
  if (Buffer.byteLength(event) > EVENT_LIMIT) return { response: front.tooLarge };
  const invocation = await target.invoke(event);
  if (invocation === undefined) return { response: front.throttled, note: 'throttled' };
  const outcome = await withinLimit(invocation.outcome, front.timeLimit);
  if (outcome === undefined) {
    void finish(invocation, onFunctionError);
    return { response: front.timedOut, invocation, isAbandoned: true, note: 'the gateway waits no longer' };
  }
  try {
    return { ...(await toAnswer(outcome, request, surroundings, front, onFunctionError)), invocation };
  } catch (error) {
    if (!(error instanceof InvocationFailure)) throw error;
    onFunctionError(error.error);
    return { response: front.functionError, invocation };
  }
}

/** The outcome; undefined where it did not come in time. */
async function withinLimit(outcome: Promise<Outcome>, limit: number | undefined): Promise<Outcome | undefined> {
  if (limit === undefined) return outcome;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limit, undefined);
  });
  const first = await Promise.race([outcome, late]);
  clearTimeout(timer);
  return first;
}

/** Takes what nobody waits for any more. */
async function finish({ outcome }: FunctionInvocation, onFunctionError: (error: FunctionError) => void): Promise<void> {
  const late = await outcome;
  try {
    if (late.kind === 'error') onFunctionError(late.error);
    else if (late.kind === 'stream') for await (const _ of late.body);
  } catch (error) {
    if (error instanceof InvocationFailure) onFunctionError(error.error);
  }
}

/** @throws InvocationFailure where the function failed before there was an answer */
async function toAnswer(
  outcome: Outcome,
  request: RawRequest,
  surroundings: GatewayContext,
  front: Front,
  onFunctionError: (error: FunctionError) => void,
): Promise<Answer> {
  if (outcome.kind === 'error') throw new InvocationFailure(outcome.error);
  if (outcome.kind === 'result') return { response: toResponse(outcome.payload, request, surroundings, front) };
  const { contentType, body } = outcome;
  if (!front.streams) {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return { response: toResponse(Buffer.concat(chunks), request, surroundings, front) };
  }
  const answer = await readHead(contentType, body, request, front.name === 'rest' ? 'rest' : 'url');
  if (answer === undefined) {
    for await (const _ of body);
    return { response: front.functionError, note: 'no head of an answer' };
  }
  const stream = chunksOf(answer, onFunctionError);
  return { response: { ...answer.head, body: answer.first }, stream };
}

function toResponse(payload: Buffer, request: RawRequest, surroundings: GatewayContext, front: Front): RawResponse {
  let result: unknown;
  try {
    result = JSON.parse(payload.toString());
  } catch {
    return front.functionError;
  }
  return gateways[front.name].toResponse(result, request, surroundings);
}

/** What has come with the head, and then the rest as it comes; a failure is told, and thrown on. */
async function* chunksOf(
  { first, rest }: StreamedAnswer,
  onFunctionError: (error: FunctionError) => void,
): AsyncGenerator<Uint8Array, void> {
  yield first;
  try {
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } catch (error) {
    if (error instanceof InvocationFailure) onFunctionError(error.error);
    throw error;
  }
}
