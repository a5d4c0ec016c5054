import { raceTimeout } from '../race-timeout.js';
import { closeBody } from './body-owner.js';
import { HttpReply, type ReplyBody } from './http-reply.js';
import { jsonOf } from './values/json-of.js';

/** One event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** Text as it is, each line a `data` line; any other value as JSON, by the rules for what a handler returns. */
  data?: unknown;
  /** The type of the event that the browser dispatches. Default: `message`. */
  event?: string | undefined;
  /** The browser sends it as `Last-Event-ID` when it reconnects. */
  id?: string | undefined;
  /** How long the browser waits before it reconnects, in milliseconds. */
  retry?: number | undefined;
  /** Text that browsers ignore. */
  comment?: string | undefined;
}

/** The options of {@link sse}. */
export interface SseOptions {
  /** How long the stream may be silent before a comment keeps the connection open, in milliseconds; 0: never. Default: 15,000. */
  heartbeat?: number | undefined;
}

/**
 * Makes a reply of server-sent events. It streams where the door can: the same handler works on Koa and behind
 * `createStreamingHandler`.
 *
 * @param events events, or strings as their data
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @example
 * ```ts
 * return sse(ticks(request.signal));
 * ```
 */
export function sse(events: AsyncIterable<ServerSentEvent | string>, options: SseOptions = {}): HttpReply {
  return new HttpReply(openFrames(events, options.heartbeat ?? 15_000), {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    },
  });
}

const HEARTBEAT = ':\n\n';

/** The frames; their source is closed even if nobody has read a frame: a generator that never ran has no `finally`. */
function openFrames(events: AsyncIterable<ServerSentEvent | string>, heartbeat: number): AsyncIterableIterator<string> {
  const source = frames(events, heartbeat);
  let isStarted = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      isStarted = true;
      return source.next();
    },
    return() {
      if (!isStarted) closeBody(events as ReplyBody);
      return source.return();
    },
  };
}

async function* frames(
  events: AsyncIterable<ServerSentEvent | string>,
  heartbeat: number,
): AsyncGenerator<string, void> {
  const source = events[Symbol.asyncIterator]();
  let isDone = false;
  try {
    // The head goes out with the first frame, so the client sees at once that it is connected.
    yield HEARTBEAT;
    for (;;) {
      const pending = source.next();
      let next: IteratorResult<ServerSentEvent | string> | undefined;
      while (next === undefined) {
        next = heartbeat > 0 ? await raceTimeout(pending, heartbeat, () => undefined) : await pending;
        if (next === undefined) yield HEARTBEAT;
      }
      if (next.done === true) {
        isDone = true;
        return;
      }
      yield frameOf(next.value);
    }
  } finally {
    if (!isDone) await source.return?.();
  }
}

/** Writes an event as it goes on the wire. A line break in a field would begin another field. */
function frameOf(event: ServerSentEvent | string): string {
  if (typeof event === 'string') return frameOf({ data: event });
  const lines: string[] = [];
  if (event.comment !== undefined) lines.push(...linesOf(event.comment).map((line) => `: ${line}`));
  if (event.event !== undefined) lines.push(`event: ${oneLine('event', event.event)}`);
  if (event.id !== undefined) lines.push(`id: ${oneLine('id', event.id)}`);
  if (event.retry !== undefined) lines.push(`retry: ${Math.trunc(event.retry)}`);
  if (event.data !== undefined) {
    const text = typeof event.data === 'string' ? event.data : jsonOf(event.data, 'The data of a server-sent event');
    lines.push(...linesOf(text).map((line) => `data: ${line}`));
  }
  return `${lines.join('\n')}\n\n`;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function oneLine(field: string, value: string): string {
  if (/[\r\n\0]/.test(value)) throw new TypeError(`The ${field} of a server-sent event has a line break or a NUL.`);
  return value;
}
