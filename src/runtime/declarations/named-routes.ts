import { joinPath } from '../routes/path-pattern.js';
import { type PathTemplate, toPathTemplate } from '../routes/path-template.js';
import type { Class } from './class.js';
import { chainOf } from './records/controller-chain.js';
import { findRecord } from './records/find-record.js';

/** The name of a controller, of which `PostController.show` begins: that of `@Controller`, else the class's. */
export function controllerNameOf(type: Class): string {
  return findRecord(type)?.name ?? type.name;
}

/** A route by the name of its controller and its method. */
export interface NamedRoute {
  /** Such as `PostController.show`. */
  readonly name: string;
  /** Its paths, in the order in which they are declared. */
  readonly templates: readonly PathTemplate[];
}

const known = new WeakMap<Class, Map<string, NamedRoute | undefined>>();

/** The route of a method; undefined where the method has no route. */
export function routeOfMethod(type: Class, method: string): NamedRoute | undefined {
  const routes = known.get(type) ?? new Map<string, NamedRoute | undefined>();
  known.set(type, routes);
  if (!routes.has(method)) routes.set(method, readRoute(type, method));
  return routes.get(method);
}

function readRoute(type: Class, method: string): NamedRoute | undefined {
  const chain = chainOf(type);
  const prefix = chain.find(({ record }) => record.prefix !== undefined)?.record.prefix;
  const routes = chain.map(({ record }) => record.methods.get(method)?.routes ?? []).find((each) => each.length > 0);
  if (prefix === undefined || routes === undefined) return undefined;
  const paths = new Set(routes.flatMap((route) => route.paths.map((path) => joinPath(prefix, path))));
  return { name: `${controllerNameOf(type)}.${method}`, templates: [...paths].map(toPathTemplate) };
}

/**
 * Finds a route by its name.
 *
 * @param controllers of the app
 * @throws Error that says which part of the name is wrong, and what there is
 */
export function routeNamed(controllers: readonly Class[], name: string): NamedRoute {
  const dot = name.lastIndexOf('.');
  if (dot <= 0)
    throw new Error(`"${name}" is not the name of a route. Write controller and method: "PostController.show".`);
  const controller = name.slice(0, dot);
  const [type, other] = controllers.filter((each) => controllerNameOf(each) === controller);
  if (other !== undefined) {
    throw new Error(
      `several controllers are called "${controller}". Name each of them: @Controller('/path', { name: 'Other' }).`,
    );
  }
  if (type === undefined) {
    const names = controllers.map(controllerNameOf).join(', ');
    throw new Error(`the app has no controller "${controller}". It has ${names}. Correct the name "${name}".`);
  }
  const route = routeOfMethod(type, name.slice(dot + 1));
  if (route !== undefined) return route;
  const methods = namesOfRoutes(type).join(', ');
  throw new Error(
    `${controller} has no route "${name.slice(dot + 1)}". It has ${methods}. Correct the name "${name}".`,
  );
}

function namesOfRoutes(type: Class): string[] {
  const names = chainOf(type).flatMap(({ record }) => [...record.methods.keys()]);
  return [...new Set(names)].filter(
    (name): name is string => typeof name === 'string' && routeOfMethod(type, name) !== undefined,
  );
}

/** The first path whose parameters are all given. @throws Error that names the missing ones */
export function choosePath({ name, templates }: NamedRoute, isGiven: (param: string) => boolean): PathTemplate {
  const found = templates.find(({ required }) => required.every(isGiven));
  if (found !== undefined) return found;
  const { path, required } = templates[0]!;
  const missing = required.filter((param) => !isGiven(param));
  const names = missing.map((param) => `"${param}"`).join(' and ');
  throw new Error(`${name} needs ${names} for its path ${path}. Pass ${missing.length === 1 ? 'it' : 'them'}.`);
}

/** What is wrong with the name of a route in a view, or with its values, so far as they are known; undefined where nothing is. */
export function findNameMistake(
  controllers: readonly Class[],
  name: string,
  given: readonly string[] | undefined,
): string | undefined {
  try {
    const route = routeNamed(controllers, name);
    if (given !== undefined) choosePath(route, (param) => given.includes(param));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** One method and path of a route. */
export interface RouteOfController {
  readonly method: string;
  readonly path: string;
  readonly name: string;
}

/** The routes of a controller, as declared; those of its base classes as well. */
export function routesOfController(type: Class): RouteOfController[] {
  const chain = chainOf(type);
  const prefix = chain.find(({ record }) => record.prefix !== undefined)?.record.prefix ?? '';
  return namesOfRoutes(type).flatMap((member) => {
    const routes = chain.map(({ record }) => record.methods.get(member)?.routes ?? []).find((each) => each.length > 0)!;
    return routes.flatMap(({ method, paths }) =>
      paths.map((path) => ({ method, path: joinPath(prefix, path), name: `${controllerNameOf(type)}.${member}` })),
    );
  });
}
