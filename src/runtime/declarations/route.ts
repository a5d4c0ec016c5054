import type { HttpReply } from '../http/http-reply.js';
import type { HttpRequest, ParamValue, RequestRoute } from '../http/http-request.js';
import type { Middleware } from '../http/middleware.js';
import type { PathPattern } from '../routes/path-pattern.js';
import { type Class, nameOf } from './class.js';
import type { MethodRecord } from './controller-record.js';
import type { MistakePlace } from './mistakes.js';

/** A parameter of a path. */
export interface RouteParam {
  readonly name: string;
  readonly kind: 'text' | 'rest';
  readonly isOptional: boolean;
  /** Reads the value as text, decoded; a `*rest` keeps its `%2F`. */
  read(value: ParamValue): string | undefined;
}

/** A route as its controller declares it: one method of a class at one path. */
export interface RouteDeclaration extends RequestRoute {
  /** The class in the app's list of controllers; it has the routes of its base classes too. */
  readonly controller: Class;
  /** The class whose decorators declare the route: the same, or a base class. */
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

/** A route that is ready to take requests. */
export interface Route extends RouteDeclaration {
  readonly answer: (request: HttpRequest) => HttpReply | Promise<HttpReply>;
}

/** The place of mistakes in a method. */
export function placeOfMethod(controller: Class, name: string | symbol): MistakePlace {
  return { controller: nameOf(controller), method: String(name) };
}

/** Reads a parameter whose value is text already. */
export function readText(value: ParamValue): string | undefined {
  return value as string | undefined;
}

/** Reads the raw segments of a `*rest` as one string, each decoded; `%2F` stays, since it is not a separator. */
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
