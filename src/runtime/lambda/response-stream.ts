import type { Dispatcher } from '../dispatch/dispatcher.js';
import { loadFailureReplies } from '../dispatch/failure-replies.lazy.js';
import { orTimeout } from '../dispatch/time/body-timeout.js';
import { type ChunkedBody, closeSource, isWhole, toBytes } from '../http/body/chunks.js';
import { loadRequestErrors } from '../http/errors/request-errors.lazy.js';
import type { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { loadRequestParts } from '../http/request/request-parts.lazy.js';
import { resultHeaders } from './codecs/result-fields.js';
import { deadlineOf } from './deadline.js';

/** The stream that Lambda's runtime passes to a streaming handler: the part of it that is used here. */
export interface ResponseStream {
  write(chunk: string | Uint8Array): boolean;
  end(done?: () => void): unknown;
  once(event: 'drain', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** The global `awslambda`, which Lambda's Node.js runtime sets. */
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

/** Where a reply goes, and the request that it replies to. */
export interface StreamTarget {
  readonly stream: ResponseStream;
  readonly awslambda: AwsLambda;
  readonly request: HttpRequest;
  readonly dispatcher: Dispatcher;
}

/** Sends a reply; resolves when all of it is written. Rejects where a body fails after its first chunk. */
export async function sendReply(reply: HttpReply, target: StreamTarget): Promise<void> {
  if (!isWhole(reply.body)) return sendChunks(reply, reply.body, target);
  const out = writeHead(reply, target, reply.body);
  await ended(out);
}

/** The chunks, one after another. A failure before the first is a plain 500; a later one fails the invocation. */
async function sendChunks(reply: HttpReply, body: ChunkedBody, target: StreamTarget): Promise<void> {
  const { request, dispatcher } = target;
  const chunks = openChunks(body, target);
  try {
    let chunk: Uint8Array | undefined;
    try {
      chunk = await orTimeout(chunks.next(), request);
    } catch (error) {
      chunks.close();
      return await sendReply(await loadFailureReplies().replyToLateError(dispatcher, error, request), target);
    }
    const out = writeHead(reply, target);
    for (; chunk !== undefined; chunk = await chunks.next()) {
      if (!out.write(chunk)) await chunks.orBroken(drained(out));
    }
    await ended(out);
  } catch (error) {
    chunks.close();
    await loadFailureReplies().replyToError(dispatcher, error, request);
    // The runtime turns a rejection into a trailer that breaks the response off; ended here, it would look complete.
    throw error;
  } finally {
    chunks.release();
  }
}

/** The chunks of a body, until the stream fails or the deadline comes. */
interface Chunks {
  /** The next chunk, undefined after the last; rejects when the body is broken off, even if its source hangs. */
  next(): Promise<Uint8Array | undefined>;
  /** The same promise, which rejects when the body is broken off. */
  orBroken<T>(promise: Promise<T>): Promise<T>;
  /** Closes the source. */
  close(): void;
  /** No longer watches the deadline. */
  release(): void;
}

function openChunks(body: ChunkedBody, { request, stream }: StreamTarget): Chunks {
  const source = body[Symbol.asyncIterator]();
  let rejectBroken!: (error: Error) => void;
  const broken = new Promise<never>((_resolve, reject) => {
    rejectBroken = reject;
  });
  // It may reject while nobody waits for it.
  broken.catch(() => {});
  const breakOff = (error: Error) => {
    loadRequestParts().abortRequest(request, error);
    closeSource(source);
    rejectBroken(error);
  };
  stream.on('error', breakOff);
  const timer = atDeadline(request, breakOff);
  const orBroken = <T>(promise: Promise<T>) => Promise.race([promise, broken]);
  return {
    async next() {
      const next = await orBroken(source.next());
      return next.done === true ? undefined : toBytes(next.value);
    },
    orBroken,
    close: () => closeSource(source),
    release: () => clearTimeout(timer),
  };
}

/** Breaks a body off shortly before Lambda's deadline; Lambda itself would end it without a word in the log. */
function atDeadline({ lambda }: HttpRequest, breakOff: (error: Error) => void): NodeJS.Timeout | undefined {
  const deadline = lambda && deadlineOf(lambda);
  if (deadline === undefined) return undefined;
  const reason = `The body had not ended ${lambda!.deadlineMarginMs} ms before Lambda's deadline`;
  return setTimeout(
    () => breakOff(loadRequestErrors().httpError(504, reason, { expose: false })),
    Math.max(deadline.at - Date.now(), 0),
  );
}

/** Writes the head together with the first part of the body, even an empty one: `end()` alone would lose the head. */
function writeHead(reply: HttpReply, { stream, awslambda }: StreamTarget, start: string | Uint8Array = '') {
  const out = awslambda.HttpResponseStream.from(stream, metadataOf(reply));
  out.write(start);
  return out;
}

function metadataOf(reply: HttpReply): StreamMetadata {
  const metadata: StreamMetadata = { statusCode: reply.status, headers: resultHeaders(reply) };
  return reply.cookies.length > 0 ? { ...metadata, cookies: reply.cookies } : metadata;
}

/** Resolves when the client has read what was written. */
function drained(stream: ResponseStream): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve));
}

function ended(stream: ResponseStream): Promise<void> {
  return new Promise((resolve) => stream.end(resolve));
}
