import type { App } from '../../app.js';
import { type Class, nameOf } from '../../declarations/class.js';
import { choosePath, type NamedRoute, routeNamed, routeOfMethod } from '../../declarations/named-routes.js';
import { HttpRequest } from '../../http/http-request.js';
import { originOf } from '../../http/origin/origin.js';
import { publicOriginOf } from '../../http/origin/public-origin.js';
import { encodeText } from '../../http/percent.js';
import { appOf } from '../app-of.js';
import { type MethodName, type RouteName, type RouteTarget, readTarget } from './route-target.js';

/** What {@link urlFor} takes besides the values. */
export interface UrlOptions {
  /** The fragment, without the `#`. Default: none. */
  hash?: string | undefined;
  /**
   * Whether the URL begins with scheme and host, such as for an email; see `originOf`. Default: false, it begins with the
   * path.
   */
  absolute?: boolean | undefined;
}

/**
 * The URL of a route. Parameters of the path are taken from `values` by name, and everything else in them is the query:
 * lists repeat their name, dates are written in UTC, and `undefined` and `null` are left out. Of several paths of a method
 * the first is taken whose parameters are all given. What the door of the request has in front of the app's paths is part of
 * the URL: its base path, a mounted router's prefix, the stage of an API.
 *
 * @param from the request that is being handled; or the app where there is no request, without whatever its doors have in
 *   front of its paths
 * @param controller a controller of the app, and the name of its method; or both by name, where two controllers would import
 *   each other: `'PostController.show'`
 * @throws Error that names the route and the parameter, where one is missing or cannot be in a path; for a route that the
 *   app does not have; and for an absolute URL of an app without `publicOrigin`
 * @example
 * ```ts
 * urlFor(request, PostController, 'show', { id: 3, page: 2 }); // '/posts/3?page=2'
 * urlFor(request, 'PostController.show', { id: 3 }, { hash: 'comments' }); // '/posts/3#comments'
 * ```
 */
export function urlFor<C extends Class>(
  from: HttpRequest | App,
  controller: C,
  method: MethodName<C>,
  values?: object,
  options?: UrlOptions,
): string;
export function urlFor(from: HttpRequest | App, name: RouteName, values?: object, options?: UrlOptions): string;
export function urlFor(from: HttpRequest | App, ...args: readonly unknown[]): string {
  return urlOfTarget(from, readTarget<UrlOptions>(args));
}

/** As {@link urlFor}, for a target that was read already. */
export function urlOfTarget(from: HttpRequest | App, target: RouteTarget<UrlOptions>): string {
  try {
    const request = from instanceof HttpRequest ? from : undefined;
    const app = from instanceof HttpRequest ? appOf(from) : from.options;
    const { values, options } = target;
    const local = `${request?.basePath ?? ''}${pathOf(findRoute(app.controllers, target), values)}`;
    const origin =
      options.absolute === true ? (request === undefined ? publicOriginOf(app) : originOf(request).origin) : '';
    if (origin === undefined) {
      throw new Error(
        "an absolute URL needs a request, or the app's origin: defineApp({ publicOrigin: 'https://…' }).",
      );
    }
    const { hash = '' } = options;
    return origin + local + (hash === '' ? '' : `#${encodeText(hash.replace(/^#/, ''))}`);
  } catch (error) {
    if (error instanceof Error && !error.message.startsWith('urlFor: ')) error.message = `urlFor: ${error.message}`;
    throw error;
  }
}

function findRoute(controllers: readonly Class[], { controller, name }: RouteTarget<UrlOptions>): NamedRoute {
  if (controller === undefined) return routeNamed(controllers, name);
  if (!controllers.includes(controller)) {
    throw new Error(`${nameOf(controller)} is not a controller of this app. Add it to its controllers.`);
  }
  const route = routeOfMethod(controller, name);
  if (route === undefined) throw new Error(`${nameOf(controller)}.${name} has no route. Add one, such as @Get().`);
  return route;
}

/** The path and the query. */
function pathOf(route: NamedRoute, values: object): string {
  const given = new Map(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
  const { names, fill } = choosePath(route, (name) => given.has(name));
  const path = fill((name) => toParam(given.get(name), name, route.name));
  if (path.split('/').some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) {
    throw new Error(
      `${route.name} has a segment "." or ".." in its path ${path}, which browsers take out. Pass another.`,
    );
  }
  const query = new URLSearchParams();
  for (const [name, value] of given) {
    if (names.has(name)) continue;
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, toText(each, name, route.name));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

function toParam(value: unknown, name: string, route: string): string | string[] | undefined {
  if (value === undefined) return undefined;
  const param = Array.isArray(value) ? value.map((each) => toText(each, name, route)) : toText(value, name, route);
  if (param.length > 0) return param;
  throw new Error(`"${name}" of ${route} is empty, and a path needs a value. Pass one.`);
}

function toText(value: unknown, name: string, route: string): string {
  if (['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return String(value);
  if (value instanceof Date) return value.toISOString();
  throw new Error(
    `"${name}" of ${route} is ${value === null ? 'null' : `a value of type ${typeof value}`}. Pass a text or a number.`,
  );
}
