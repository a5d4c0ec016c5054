import {
  All,
  type App,
  Controller,
  Delete,
  defineApp,
  Get,
  Head,
  type HttpRequest,
  Options,
  Patch,
  Post,
  Put,
  Use,
} from 'twodoors';
import { BINDS } from './binds.js';
import { DECORATIONS } from './decorations.js';
import { MIDDLEWARE, type MiddlewareName } from './middleware-kinds.js';
import { OUTCOMES } from './outcomes.js';
import { routesOf, type TableSpec, type WholeRoute, writePath } from './table-spec.js';

const METHODS: Record<string, (path?: string) => MethodDecorator> = {
  GET: Get,
  HEAD: Head,
  POST: Post,
  PUT: Put,
  PATCH: Patch,
  DELETE: Delete,
  OPTIONS: Options,
  ALL: All,
};

/** How large a body may be in these apps: small, so that one that is too large is cheap. */
export const BODY_LIMIT = 256;

type ControllerClass = new () => object;

/** Makes an app of a table: real classes, decorated by the real decorators, called as the compiler calls them. */
export function buildApp(table: TableSpec): App {
  const routes = routesOf(table);
  const controllers = table.controllers.map((controller, c) => {
    const type = { [`C${c}`]: class {} }[`C${c}`] as ControllerClass;
    for (const route of routes) if (route.controller === controller) addRoute(type, route, table.readsRaw);
    use(controller.use, (decorator) => decorator(type));
    Controller(prefixOf(controller))(type);
    return type;
  });
  const outermost = MIDDLEWARE[table.use];
  return defineApp({
    controllers,
    strict: table.strict,
    caseSensitive: table.caseSensitive,
    bodyLimit: BODY_LIMIT,
    development: false,
    log: () => {},
    ...(outermost === undefined ? {} : { use: [outermost] }),
  });
}

/** The prefix, and the path behind it. */
export function pathsOf({ controller, route }: WholeRoute): { prefix: string; path: string } {
  return {
    prefix: prefixOf(controller),
    path: writePath(route.segments, 'p', route.optionalFrom).path + (route.hasSlash ? '/' : ''),
  };
}

function prefixOf(controller: WholeRoute['controller']): string {
  return writePath(controller.prefix, 'q').path + (controller.hasSlash ? '/' : '');
}

function addRoute(type: ControllerClass, whole: WholeRoute, readsRaw: boolean): void {
  const { route, name, controller } = whole;
  const method = name.split('.')[1]!;
  const params = [...writePath(controller.prefix, 'q').params, ...writePath(route.segments, 'p').params];
  const decorators = route.binds.flatMap((spec) => BINDS[spec.bind](params, spec) ?? []);
  const makeResult: (echo: object) => unknown = OUTCOMES[route.outcome];
  const reply = (args: readonly unknown[]) =>
    makeResult({ route: name, args: args.map((arg) => echoOf(arg, readsRaw)) });
  const prototype = type.prototype as Record<string, unknown>;
  const handler = route.isAsync ? async (...args: unknown[]) => reply(args) : (...args: unknown[]) => reply(args);
  prototype[method] = Object.defineProperty(handler, 'length', { value: decorators.length });
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method)!;
  const path = pathsOf(whole).path;
  for (const decorator of [METHODS[route.method]!(path), ...route.decorators.map((each) => DECORATIONS[each])]) {
    decorator(prototype, method, descriptor);
  }
  decorators.forEach((decorator, i) => {
    decorator(prototype, method, i);
  });
  use(route.use, (decorator) => decorator(prototype, method, descriptor));
}

function use(name: MiddlewareName, apply: (decorator: ReturnType<typeof Use>) => void): void {
  const middleware = MIDDLEWARE[name];
  if (middleware !== undefined) apply(Use(middleware));
}

/** A bound value, as it can be read from the reply; the request's length is left out, since REST does not tell it. */
function echoOf(arg: unknown, readsRaw: boolean): unknown {
  if (arg === undefined) return 'undefined';
  if (arg instanceof Uint8Array) return { hex: Buffer.from(arg).toString('hex') };
  if (typeof arg !== 'object' || arg === null) return arg;
  if ('rawQuery' in arg) {
    const { method, path, rawQuery } = arg as HttpRequest;
    return readsRaw ? { method, path, rawQuery } : { method };
  }
  if ('content-length' in arg) {
    const { 'content-length': _, ...rest } = arg;
    return rest;
  }
  return arg;
}

/** A table for a person: one line a route. */
export function printTable(table: TableSpec): string {
  const { strict, caseSensitive, use: outermost, readsRaw } = table;
  const lines = routesOf(table).map((whole) => {
    const { route, controller, name } = whole;
    const { prefix, path } = pathsOf(whole);
    const parts = [
      `${name}: ${route.method} ${JSON.stringify(prefix)} + ${JSON.stringify(path)}`,
      `(${route.binds.map(({ bind, optional }) => bind + (optional ? '?' : '')).join(', ')})`,
      `=> ${route.isAsync ? 'async ' : ''}${route.outcome}`,
      route.decorators.length > 0 ? `[${route.decorators.join(', ')}]` : '',
      `use ${controller.use}/${route.use}`,
    ];
    return `  ${parts.join(' ')}`;
  });
  return [JSON.stringify({ strict, caseSensitive, use: outermost, readsRaw }), ...lines].join('\n');
}
