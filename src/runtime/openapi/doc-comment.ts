import type { Class } from '../declarations/class.js';

/** What the doc comment of a controller's method says. */
export interface DocComment {
  /** The first sentence, without the full stop. */
  readonly summary: string;
  readonly description?: string;
}

const COMMENTS = Symbol.for('twodoors.comments');

/** The doc comment of a method, which the compiler of `twodoors` has kept; undefined where anything else has compiled it. */
export function docCommentOf(type: Class, name: string | symbol): DocComment | undefined {
  const comments = (globalThis as { [COMMENTS]?: WeakMap<object, Record<string | symbol, DocComment>> })[COMMENTS];
  const ofClass = comments?.get(type);
  return ofClass !== undefined && Object.hasOwn(ofClass, name) ? ofClass[name] : undefined;
}
