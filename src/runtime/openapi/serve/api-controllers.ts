import type { Class } from '../../declarations/class.js';

/** The controllers of the framework that serve documents. */
const controllers = new WeakSet<object>();

/** Marks a controller as one that serves a document. */
export function markApiController(type: Class): void {
  controllers.add(type);
}

/** Whether a controller serves a document: it is not described itself. */
export function isApiController(type: Class): boolean {
  return controllers.has(type);
}
