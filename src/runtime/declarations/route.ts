import type { PathPattern } from '../routes/path-pattern.js';
import { type Class, nameOf } from './class.js';
import type { MistakePlace } from './mistakes.js';
import type { RouteRecords } from './records/route-records.js';

/** A route as its controller declares it: one method of a class at one path. */
export interface RouteDeclaration {
  /** In upper case, or `ALL`. */
  readonly method: string;
  /** The whole path, as declared. */
  readonly path: string;
  /** The class from the list of controllers; routes of its base classes are its own. */
  readonly controller: Class;
  /** The class that the decorators stand in; the same, or a base class. */
  readonly declaredIn: Class;
  readonly methodName: string | symbol;
  readonly pattern: PathPattern;
  /** The names of the parameters in all paths of the method; undefined where one of its paths is invalid. */
  readonly methodParams: ReadonlySet<string> | undefined;
  readonly records: RouteRecords;
  /** How long an instance of the controller lives. */
  readonly scope: 'singleton' | 'request';
}

/** The place of mistakes in a method. */
export function placeOfMethod(controller: Class, name: string | symbol): MistakePlace {
  return { controller: nameOf(controller), method: String(name) };
}
