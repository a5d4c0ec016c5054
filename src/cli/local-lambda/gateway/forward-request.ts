import type { GatewayContext } from '../../../runtime/gateways/gateway.js';
import { gateways } from '../../../runtime/gateways/gateways.js';
import type { RawRequest, RawResponse } from '../../../runtime/gateways/raw-http.js';
import { EVENT_LIMIT, type FunctionError, InvocationFailure, type Outcome } from '../function/invocation.js';
import type { FunctionInvocation } from '../function/local-function.js';
import type { GatewayRules } from './gateway-rules.js';
import { readHead, type StreamedResponse } from './stream-head.js';

/** A function as a gateway invokes it. */
export interface InvocableFunction {
  /** Invokes it with an event, as JSON. Resolves with undefined if the invocation is throttled. */
  invoke(event: string): Promise<FunctionInvocation | undefined>;
}

/** What a gateway sends to the client, and how it came about. */
export interface GatewayReply {
  /** If there is a `stream`, that is the body, and the body of this response is not sent. */
  readonly response: RawResponse;
  readonly stream?: AsyncIterable<Uint8Array>;
  readonly invocation?: FunctionInvocation;
  /** Whether the gateway stopped waiting while the function was still running. */
  readonly isAbandoned?: boolean;
  /** A remark for the log. */
  readonly note?: string;
}

/** A request on its way to the function. */
export interface ForwardedRequest {
  readonly request: RawRequest;
  readonly context: GatewayContext;
  readonly rules: GatewayRules;
  readonly onFunctionError: (error: FunctionError) => void;
}

/**
 * Forwards a request as a gateway does: makes the gateway's event, invokes the function, and makes the gateway's response
 * from the outcome.
 *
 * @param target undefined if the function could not be built
 */
export async function forwardRequest(
  forwarded: ForwardedRequest,
  target: InvocableFunction | undefined,
): Promise<GatewayReply> {
  const { request, context, rules, onFunctionError } = forwarded;
  if (target === undefined) return { response: rules.functionError, note: 'not built' };
  const event = JSON.stringify(gateways[rules.name].toEvent(request, context));
  if (Buffer.byteLength(event) > EVENT_LIMIT) return { response: rules.tooLarge };
  const invocation = await target.invoke(event);
  if (invocation === undefined) return { response: rules.throttled, note: 'throttled' };
  const outcome = await withinTimeout(invocation.outcome, rules.timeoutMs);
  if (outcome === undefined) {
    void discardOutcome(invocation, onFunctionError);
    return { response: rules.timedOut, invocation, isAbandoned: true, note: 'the gateway timed out' };
  }
  try {
    return { ...(await replyFromOutcome(outcome, forwarded)), invocation };
  } catch (error) {
    if (!(error instanceof InvocationFailure)) throw error;
    onFunctionError(error.error);
    return { response: rules.functionError, invocation };
  }
}

/** The outcome, or undefined if it did not come in time. */
async function withinTimeout(outcome: Promise<Outcome>, timeoutMs: number | undefined): Promise<Outcome | undefined> {
  if (timeoutMs === undefined) return outcome;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, undefined);
  });
  const first = await Promise.race([outcome, timeout]);
  clearTimeout(timer);
  return first;
}

/** Reads an outcome that nobody waits for any more, and reports its error. */
async function discardOutcome(
  { outcome }: FunctionInvocation,
  onFunctionError: (error: FunctionError) => void,
): Promise<void> {
  const late = await outcome;
  try {
    if (late.kind === 'error') onFunctionError(late.error);
    else if (late.kind === 'stream') for await (const _ of late.body);
  } catch (error) {
    if (error instanceof InvocationFailure) onFunctionError(error.error);
  }
}

/** @throws InvocationFailure if the function failed before its response started */
async function replyFromOutcome(outcome: Outcome, forwarded: ForwardedRequest): Promise<GatewayReply> {
  const { request, rules, onFunctionError } = forwarded;
  if (outcome.kind === 'error') throw new InvocationFailure(outcome.error);
  if (outcome.kind === 'result') return { response: responseFromResult(outcome.payload, forwarded) };
  const { contentType, body } = outcome;
  if (!rules.streams) {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return { response: responseFromResult(Buffer.concat(chunks), forwarded) };
  }
  const streamed = await readHead(contentType, body, request, rules.name === 'rest' ? 'rest' : 'url');
  if (streamed === undefined) {
    for await (const _ of body);
    return { response: rules.functionError, note: 'the stream has no valid head' };
  }
  const stream = chunksOf(streamed, onFunctionError);
  return { response: { ...streamed.head, body: streamed.first }, stream };
}

function responseFromResult(payload: Buffer, { request, context, rules }: ForwardedRequest): RawResponse {
  let result: unknown;
  try {
    result = JSON.parse(payload.toString());
  } catch {
    return rules.functionError;
  }
  return gateways[rules.name].toResponse(result, request, context);
}

/** The body of a streamed response: what came with the head, then the rest as it comes. Reports a failure and throws it. */
async function* chunksOf(
  { first, rest }: StreamedResponse,
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
