import type { Middleware, RequestHandler } from '../http/middleware.js';
import type { ParamValue, RequestRoute } from '../http/request-route.js';
import type { PathPattern } from '../routes/path-pattern.js';
import { type Class, nameOf } from './class.js';
import type { MethodRecord } from './controller-record.js';
import type { MistakePlace } from './mistakes.js';

/** A parameter of a path. */
export interface RouteParam {
  readonly name: string;
  readonly kind: 'text' | 'rest';
  readonly isOptional: boolean;
  /** The value as text, decoded; a `*rest` keeps its `%2F`. */
  read(value: ParamValue): string | undefined;
}

/** A route as its controller declares it: one method of a class at one path. */
export interface RouteDeclaration extends RequestRoute {
  /** The class from the list of controllers; routes of its base classes are its own. */
  readonly controller: Class;
  /** The class that the decorators stand in; the same, or a base class. */
  readonly declaredIn: Class;
  readonly params: readonly RouteParam[];
  /** The names of the parameters in all paths of the method; undefined where one of its paths is invalid. */
  readonly methodParams: ReadonlySet<string> | undefined;
  readonly pattern: PathPattern;
  readonly record: MethodRecord;
  /** The middleware of the class and its bases, then the method's; the first is the outermost. */
  readonly uses: readonly Middleware[];
  /** How long an instance of the controller lives. */
  readonly scope: 'singleton' | 'request';
}

/** A route with the function that handles its requests. */
export interface Route extends RouteDeclaration {
  readonly handle: RequestHandler;
}

/** The place of mistakes in a method. */
export function placeOfMethod(controller: Class, name: string | symbol): MistakePlace {
  return { controller: nameOf(controller), method: String(name) };
}

/** Reads a parameter whose value is text already. */
export function readText(value: ParamValue): string | undefined {
  return value as string | undefined;
}

/** Reads the raw segments of a `*rest` as one string: each decoded, but for the `%2F` that would look like a border. */
export function readRest(value: ParamValue): string | undefined {
  return (value as readonly string[] | undefined)?.map(decodeBetweenSlashes).join('/');
}

function decodeBetweenSlashes(segment: string): string {
  return segment.includes('%')
    ? segment
        .split(/(%2f)/i)
        .map((part, i) => (i % 2 === 1 ? part : decodeURIComponent(part)))
        .join('')
    : segment;
}
