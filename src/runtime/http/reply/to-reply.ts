import { type HttpReply, isBodiless, uncheckedReply } from './http-reply.js';
import { loadRareReplies } from './rare-replies.lazy.js';
import { NO_DEFAULTS, type ReplyDefaults } from './reply-defaults.js';

/** What marks an `HttpReply`, as `brand` does it, in an object that may be anything. */
const REPLY_MARK = Symbol.for('twodoors.HttpReply');

/** An object that says what it is: a reply, a stream, an observable, or anything with a tag, such as bytes and a `Response`. */
interface Telling {
  readonly [REPLY_MARK]?: unknown;
  readonly [Symbol.toStringTag]?: unknown;
  readonly [Symbol.asyncIterator]?: unknown;
  readonly subscribe?: unknown;
}

/**
 * Makes the reply to a handler's result, by the rules for the kind of the result. Text and JSON are made here; for all else
 * the rules are in `rare-replies.ts`.
 *
 * @param defaults what the route's decorators say. Default: nothing, as for middleware.
 * @throws TypeError for a value that cannot be serialised, HttpError where `@OnNull` or `@OnUndefined` is an error's status,
 *   the result where it is an error: `return new NotFoundError()` means what `throw` does
 */
export function toReply(result: unknown, defaults: ReplyDefaults = NO_DEFAULTS): HttpReply {
  const { status = 200 } = defaults;
  let text: string | undefined;
  let type = 'text/plain; charset=utf-8';
  if (typeof result === 'string') text = result;
  // Whatever may be more than a value that JSON writes is for `rare-replies.ts`.
  else if (
    result !== undefined &&
    result !== null &&
    (result as Telling)[REPLY_MARK] === undefined &&
    (result as Telling)[Symbol.toStringTag] === undefined &&
    (result as Telling)[Symbol.asyncIterator] === undefined &&
    (result as Telling).subscribe === undefined &&
    !(result instanceof Error)
  ) {
    type = 'application/json; charset=utf-8';
    try {
      text = JSON.stringify(result);
    } catch {
      // The closer look throws again, or knows better.
    }
    // Where JSON lost something (it threw, or wrote the empty object that a Map becomes) we look closer.
    if (text === undefined || text.includes('{}')) return loadRareReplies().unusualReply(result, defaults);
  }
  if (text === undefined || defaults.cookies !== undefined || (status !== 200 && isBodiless(status))) {
    return loadRareReplies().rareReply(result, defaults, text, type);
  }
  type = defaults.textType ?? type;
  const headers =
    defaults.headers === undefined ? { 'content-type': type } : { 'content-type': type, ...defaults.headers };
  return uncheckedReply(status, headers, text);
}
