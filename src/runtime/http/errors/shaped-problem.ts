import type { HttpRequest } from '../http-request.js';
import { isThenable } from '../is-thenable.js';
import { HttpReply } from '../reply/http-reply.js';
import { lateReplies, settleLate } from '../reply/late-reply.js';
import { jsonOf } from '../reply/values/json-of.js';
import type { Problem, ProblemShape } from './problem.js';

/** What the app's `problem` is called with. */
export interface ShapeOptions {
  /** Called with what `shape` throws, and with what kept a page from being made. */
  readonly report: (error: unknown, request: HttpRequest) => void;
  /** Limits the time of `shape`, where it is asynchronous; undefined stands for the framework's own document. */
  readonly inTime: <T>(shaped: Promise<T>) => Promise<T | undefined>;
}

/** A document of the app, and its JSON. */
export interface ShapedProblem {
  readonly document: Partial<Problem>;
  readonly json: string;
}

type Shaped = HttpReply | ShapedProblem | undefined;

/** The document or reply that the app wants; undefined for the framework's own, where the app's function fails as well. */
export function shapeProblem(
  shape: ProblemShape,
  problem: Problem,
  thrown: unknown,
  request: HttpRequest,
  { report, inTime }: ShapeOptions,
): Shaped | Promise<Shaped> {
  const fail = (error: unknown): undefined => report(error, request) as undefined;
  try {
    const shaped: unknown = shape({ ...problem }, thrown, request);
    const isLate = lateReplies.makerOf?.(shaped) !== undefined;
    return isLate || isThenable(shaped)
      ? inTime(Promise.resolve(shaped).then((settled) => settleLate(settled, request)))
          .then(readShaped)
          .catch(fail)
      : readShaped(shaped);
  } catch (error) {
    return fail(error);
  }
}

function readShaped(shaped: unknown): Shaped {
  if (typeof shaped !== 'object' || shaped === null) return undefined;
  return shaped instanceof HttpReply ? shaped : { document: shaped, json: jsonOf(shaped, 'The problem document') };
}
