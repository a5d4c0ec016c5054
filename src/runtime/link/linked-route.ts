import type { AppOptions } from '../app.js';
import type { Class } from '../declarations/class.js';
import type { ReplyDefaults } from '../http/reply/reply-defaults.js';
import type { LinkedArgument } from './binding/linked-argument.js';
import type { ReplyMaker } from './replies/reply-maker.js';

/** What handles the requests of a route. */
export interface LinkedRoute {
  readonly controller: Class;
  /** The controller of all requests; undefined where each request gets its own. */
  readonly instance: object | undefined;
  readonly methodName: string | symbol;
  /** What makes the arguments, by position; null for a parameter without a decorator. */
  readonly binders: readonly (LinkedArgument | null)[];
  /** What decorators say about the reply. */
  readonly defaults: ReplyDefaults;
  /** Makes the reply of a route with a view, a redirect or interceptors; undefined for all others. */
  readonly makeReply: ReplyMaker | undefined;
  /** The most mistakes that a reply names. */
  readonly maxErrors: number;
  readonly options: Readonly<AppOptions>;
}

/** A controller, by the names of its methods. */
export type Controller = Record<string | symbol, (...args: readonly unknown[]) => unknown>;
