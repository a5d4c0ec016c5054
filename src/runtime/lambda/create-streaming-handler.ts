import type { Context } from 'aws-lambda';
import type { App } from '../app.js';
import { type Dispatcher, openDispatcher } from '../dispatch/dispatcher.js';
import { orTimeout } from '../dispatch/timeout.js';
import { type ChunkedBody, closeSource, isChunked, toBytes } from '../http/chunks.js';
import { HttpError } from '../http/http-error.js';
import { closeBody, type HttpReply } from '../http/http-reply.js';
import { abortRequest, type HttpRequest, requestDeadlineOf } from '../http/http-request.js';
import { codecFor } from './event-codecs.js';
import { headersOf } from './event-parts.js';
import { type HandlerOptions, normaliseBasePath } from './handler-options.js';
import { excessOfHeaders, tooLarge } from './result-limits.js';
import { stopOnSignal } from './shutdown.js';

/** The stream that the runtime gives a streaming handler: what of it we use. */
export interface ResponseStream {
  write(chunk: string | Uint8Array): boolean;
  end(done?: () => void): unknown;
  once(event: 'drain', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What the runtime puts on the global object. */
export interface AwsLambda {
  streamifyResponse<T>(handler: T): T;
  readonly HttpResponseStream: {
    from(stream: ResponseStream, metadata: StreamMetadata): ResponseStream;
  };
}

/** What goes out before the body. */
export interface StreamMetadata {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

/** A Lambda handler whose answers are streamed. */
export type StreamingHandler = (event: unknown, stream: ResponseStream, context?: Context) => Promise<void>;

/**
 * Makes a Lambda handler that streams: the head goes out with the first chunk, and then the chunks as a controller gives
 * them, as fast as the client takes them. For Function URLs (`InvokeMode: RESPONSE_STREAM`) and REST APIs whose
 * integration has the STREAM transfer mode; no other source reads a stream.
 *
 * A body that fails midway is a failed invocation: the client sees a broken answer. Lambda does not tell when the client
 * leaves; a write that fails or the deadline ends the body then.
 *
 * @throws StartupError with every mistake in the app
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 * @example
 * ```ts
 * export const handler = createStreamingHandler(app);
 * ```
 */
export function createStreamingHandler(
  app: App,
  options: Omit<HandlerOptions<never>, 'onOtherEvent'> = {},
): StreamingHandler {
  const dispatcher = openDispatcher(app);
  const basePath = normaliseBasePath(options.basePath);
  const deadlineMarginMs = options.deadlineMarginMs ?? 250;
  let coldStart = true;
  stopOnSignal(dispatcher);
  // The runtime sets it before it loads the handler; nobody else has it.
  const { awslambda } = globalThis as unknown as { awslambda?: AwsLambda };
  if (awslambda === undefined) return async () => Promise.reject(noRuntime());

  return awslambda.streamifyResponse(async (event: unknown, stream: ResponseStream, context?: Context) => {
    const codec = codecFor(event);
    if (codec === undefined) throw (await import('./unknown-event.js')).unknownEvent(event);
    if (codec.source !== 'url' && codec.source !== 'rest') throw notStreamed(codec.source);
    const { source } = codec;
    const invocation = { source, event: event as object, context, coldStart, deadlineMarginMs };
    coldStart = false;
    const request = codec.toRequest(invocation, basePath);
    const reply = await dispatcher.dispatch(request);
    const excess = excessOfHeaders(reply, codec);
    if (excess !== undefined) closeBody(reply.body);
    const fitting = excess === undefined ? reply : await dispatcher.replyToError(await tooLarge(excess), request);
    await send(fitting, stream, awslambda, { request, dispatcher, deadlineMarginMs });
  });
}

interface Sending {
  readonly request: HttpRequest;
  readonly dispatcher: Dispatcher;
  readonly deadlineMarginMs: number;
}

async function send(reply: HttpReply, stream: ResponseStream, awslambda: AwsLambda, sending: Sending): Promise<void> {
  if (isChunked(reply.body)) return sendChunks(reply, reply.body, stream, awslambda, sending);
  const out = awslambda.HttpResponseStream.from(stream, metadataOf(reply));
  // The head goes out with the first write: an end alone would lose it.
  out.write(reply.body ?? '');
  await new Promise<void>((resolve) => out.end(resolve));
}

/** The chunks, one after another. What fails before the first is a plain 500; later it fails the invocation. */
async function sendChunks(
  reply: HttpReply,
  body: ChunkedBody,
  stream: ResponseStream,
  awslambda: AwsLambda,
  sending: Sending,
): Promise<void> {
  const { request, dispatcher, deadlineMarginMs } = sending;
  const source = body[Symbol.asyncIterator]();
  const { failed, fail } = createFailure();
  const stop = (error: Error) => {
    abortRequest(request, error);
    closeSource(source);
    fail(error);
  };
  stream.on('error', stop);
  const deadline = requestDeadlineOf(request);
  const reason = `The body had not ended ${deadlineMarginMs} ms before Lambda's deadline`;
  const timer =
    deadline === undefined
      ? undefined
      : setTimeout(() => stop(new HttpError(504, reason, { expose: false })), Math.max(deadline.at - Date.now(), 0));
  /** The next chunk; what ends the body does not wait for a source that hangs. */
  const pull = async () => {
    const next = await Promise.race([source.next(), failed]);
    return next.done === true ? undefined : toBytes(next.value);
  };
  try {
    let chunk: Uint8Array | undefined;
    try {
      chunk = await orTimeout(pull(), request);
    } catch (error) {
      await send(await dispatcher.replyToError(error, request), stream, awslambda, sending);
      return;
    }
    const out = awslambda.HttpResponseStream.from(stream, metadataOf(reply));
    out.write('');
    for (; chunk !== undefined; chunk = await pull()) {
      if (!out.write(chunk)) await Promise.race([drained(out), failed]);
    }
    await new Promise<void>((resolve) => out.end(resolve));
  } catch (error) {
    closeSource(source);
    await dispatcher.replyToError(error, request);
    // Thrown on, it becomes the trailer that breaks the answer off; ended here, it would look complete.
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function createFailure(): { failed: Promise<never>; fail: (error: Error) => void } {
  let fail!: (error: Error) => void;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  // Nobody may be waiting for it.
  failed.catch(() => {});
  return { failed, fail };
}

/** Waits until the client has taken what was written. */
function drained(stream: ResponseStream): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve));
}

function metadataOf(reply: HttpReply): StreamMetadata {
  const metadata: StreamMetadata = { statusCode: reply.status, headers: headersOf(reply) };
  return reply.cookies.length > 0 ? { ...metadata, cookies: reply.cookies } : metadata;
}

function noRuntime(): Error {
  return new Error(
    'createStreamingHandler needs the global "awslambda", which Lambda\'s Node.js runtime sets. ' +
      'Outside of Lambda use createHandler, or the Koa door, which streams as well.',
  );
}

const NOT_STREAMED: Record<string, string> = {
  alb: 'a load balancer',
  http: 'an HTTP API',
  lattice: 'VPC Lattice',
};

function notStreamed(source: string): Error {
  return new Error(
    `This event comes from ${NOT_STREAMED[source] ?? source}, which does not read streamed answers. ` +
      'Use createHandler for it, or put a Function URL or a REST API in front.',
  );
}
