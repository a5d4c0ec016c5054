import Router from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import type { Class } from '../declarations/class.js';
import { controllerNameOf } from '../declarations/named-routes.js';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { createPathPrefix, matchOutsidePrefix, type PathPrefix } from '../dispatch/path-prefix.js';
import type { ParamValue } from '../http/request-route.js';
import type { Match } from '../link/matching/match.js';
import type { Route } from '../link/route.js';
import { fromKoa, pathOf } from './koa-request.js';
import { writeReply } from './write-reply.js';

type Layer = Router['stack'][number];
type Matched = ReturnType<Router['match']>;

const ALL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What @koa/router writes on the context. */
interface RoutedContext extends Context {
  params: Record<string, string>;
  captures: (string | undefined)[];
  routerPath?: string;
  routerName?: string;
  _matchedRoute?: string;
  _matchedRouteName?: string;
  matched?: Layer[];
  routeMatched?: boolean;
}

/**
 * A router of @koa/router that holds every route of a dispatcher, but matches with the dispatcher's own table, once a
 * request: a thousand routes cost what ten cost, and the order of declaration does not matter.
 */
export class AppRouter extends Router {
  readonly #dispatcher: Dispatcher;
  readonly #layers = new Map<Route, Layer>();
  /** Each layer's handler as it was made; tracing libraries wrap the one in the layer. */
  readonly #handlers = new Map<Route, unknown>();
  /** What a request leads to, while it passes through the wrapped handler of its layer. */
  readonly #wrapped = new WeakMap<Context, { readonly path: string; readonly match: Match }>();
  /** Stands for public files, and for 405, 501 and OPTIONS on paths that the app has; not in the stack, since no path leads to it. */
  readonly #methodsLayer: Layer;
  readonly #basePath: PathPrefix | undefined;

  /** @throws TypeError for a base path that is not a plain path */
  constructor(dispatcher: Dispatcher, basePath: string | undefined) {
    super({ strict: dispatcher.options.strict === true, sensitive: dispatcher.options.caseSensitive === true });
    this.#dispatcher = dispatcher;
    this.#basePath = createPathPrefix(basePath, dispatcher.options);
    this.opts.prefix = this.#basePath?.path ?? '';
    for (const route of dispatcher.table.linkAll()) this.#addRoute(route);
    this.#methodsLayer = new Router().register('/', [], (() => {}) as never) as Layer;
  }

  /** Puts a route into the stack as a layer that works by itself: another router may copy it, without our `match`. */
  #addRoute(route: Route): void {
    const methods = route.method === 'ALL' ? ALL_METHODS : [route.method];
    const replyInLayer: Middleware = (context) => this.#replyInLayer(context as RoutedContext, route);
    // A slash at the end is ignored, both as declared and in the request; @koa/router would require the declared one.
    const declared = this.opts.strict ? route.path : route.path.replace(/(?<=.)\/$/, '');
    const prefix = this.#basePath?.path ?? '';
    const path = prefix !== '' && declared === '/' ? prefix : prefix + declared;
    const layers = new Router({ strict: this.opts.strict === true, sensitive: this.opts.sensitive === true });
    const layer = layers.register(path, methods, replyInLayer as never, { name: nameOfRoute(route) }) as Layer;
    this.stack.push(layer);
    this.#layers.set(route, layer);
    this.#handlers.set(route, layer.stack[0]);
  }

  /** Whether routes or middleware were added to this router, beside the app's routes. */
  get #hasAdditions(): boolean {
    return this.stack.length !== this.#layers.size;
  }

  /** Where routes or middleware were added to this router, its own middleware, which calls `match`; else the short way. */
  override middleware(): ReturnType<Router['middleware']> {
    const standard = super.middleware();
    const routeRequest = (context: RoutedContext, next: Next) => {
      if (this.#hasAdditions) return standard(context as never, next);
      const target = pathOf(context);
      const path = this.#withoutBase(target);
      const match = this.#find(path, target, context.req.method ?? '');
      return isPassedOn(match) ? next() : this.#reply(context, path!, match, next);
    };
    return Object.assign(routeRequest, { router: this }) as unknown as ReturnType<Router['middleware']>;
  }

  /** Middleware that replies to every request, for an app that has nothing after its router: 404s are its own, too. */
  replyToAll(): Middleware {
    const replyToRequest: Middleware = (context, next) => {
      const target = pathOf(context);
      const path = this.#withoutBase(target);
      const match = this.#find(path, target, context.req.method ?? '');
      return this.#reply(context as RoutedContext, path ?? target, match, next);
    };
    // Tracing libraries find routes by this member, which the middleware of @koa/router has, too.
    return Object.assign(replyToRequest, { router: this });
  }

  /** The app's routes come first, then those that were added to this router. */
  override match(path: string, method: string): Matched {
    const match = this.#find(this.#withoutBase(path), path, method);
    const added = this.#matchAdded(path, method);
    if (isPassedOn(match) || (match.kind === 'methods' && added.route)) return added;
    const around = added.path.filter((layer) => layer.methods.length === 0);
    const layers = [...around, this.#layerOf(match)];
    return { path: layers, pathAndMethod: layers.slice(), route: true };
  }

  /** A layer for one request: it knows its match, so that nothing is matched again when its turn comes. */
  #layerOf(match: Match): Layer {
    const layer = match.kind === 'route' ? this.#layers.get(match.route)! : this.#methodsLayer;
    const replyToMatch: Middleware = (context, next) => {
      const path = pathOf(context);
      return this.#reply(context as RoutedContext, this.#withoutBase(path) ?? path, match, next);
    };
    return Object.create(layer, { stack: { value: [replyToMatch], enumerable: true } }) as Layer;
  }

  #matchAdded(path: string, method: string): Matched {
    const { stack } = this;
    if (!this.#hasAdditions) return { path: [], pathAndMethod: [], route: false };
    const own = new Set(this.#layers.values());
    this.stack = stack.filter((layer) => !own.has(layer));
    try {
      return super.match(path, method);
    } finally {
      this.stack = stack;
    }
  }

  /** @param path without the base path; undefined where the target is outside of it */
  #find(path: string | undefined, target: string, method: string): Match {
    return path === undefined ? matchOutsidePrefix(target) : this.#dispatcher.table.match(method, path);
  }

  /** The path without the base path, undefined outside of it; the `*` of the whole server stays. */
  #withoutBase(path: string): string | undefined {
    return this.#basePath === undefined || path === '*' ? path : this.#basePath.remove(path);
  }

  #reply(context: RoutedContext, path: string, match: Match, next: Next): void | Promise<void> {
    if (!isPassedOn(match)) {
      context.router = this;
      context.routeMatched = true;
    }
    if (match.kind !== 'route') return this.#dispatch(context, path, match);
    this.#writeRoute(context, match.route, match.paramValues);
    const handler = this.#layers.get(match.route)!.stack[0]!;
    if (handler === this.#handlers.get(match.route)) return this.#dispatch(context, path, match);
    this.#wrapped.set(context, { path, match });
    return (handler as unknown as Middleware)(context, next) as Promise<void>;
  }

  /** Writes what @koa/router writes on the context. */
  #writeRoute(context: RoutedContext, route: Route, values: readonly ParamValue[]): void {
    const layer = this.#layers.get(route)!;
    const params: Record<string, string> = {};
    route.params.forEach((param, i) => {
      const value = param.read(values[i]);
      if (value !== undefined) params[param.name] = value;
    });
    context.params = params;
    (context.request as { params?: unknown }).params = params;
    context.matched = [layer];
    context.routerPath = layer.path as string;
    context._matchedRoute = layer.path as string;
    context.routerName = layer.name as string;
    context._matchedRouteName = layer.name as string;
  }

  /**
   * A route's reply where its layer's handler is called: wrapped by a tracing library, or copied by another router. Then
   * it goes by what that router captured.
   */
  #replyInLayer(context: RoutedContext, route: Route): void | Promise<void> {
    const known = this.#wrapped.get(context);
    if (known !== undefined) {
      this.#wrapped.delete(context);
      return this.#dispatch(context, known.path, known.match);
    }
    const paramValues = valuesOf(route, context.captures);
    return this.#dispatch(
      context,
      pathOf(context),
      paramValues === undefined ? { kind: 'malformed' } : { kind: 'route', route, paramValues },
    );
  }

  #dispatch(context: Context, path: string, match: Match): void | Promise<void> {
    const request = fromKoa(context, path);
    const reply = this.#dispatcher.dispatch(request, match);
    return reply instanceof Promise
      ? reply.then((settled) => writeReply(settled, context, request, this.#dispatcher))
      : writeReply(reply, context, request, this.#dispatcher);
  }
}

/** Whether a match is for whatever comes after the router, rather than for the app. */
function isPassedOn({ kind }: Match): boolean {
  return kind === 'unknown' || kind === 'malformed';
}

/** `TodoController.show`, for `router.url()`. */
function nameOfRoute(route: Route): string {
  return `${controllerNameOf(route.controller as Class)}.${String(route.methodName)}`;
}

/** The values of a route's parameters, which are the last that were captured; undefined where one is malformed. */
function valuesOf(route: Route, captures: readonly (string | undefined)[]): ParamValue[] | undefined {
  const own = captures.slice(captures.length - route.params.length);
  try {
    return route.params.map(({ kind }, i) => {
      const raw = own[i];
      if (raw === undefined) return undefined;
      return kind === 'rest' ? raw.split('/') : decodeURIComponent(raw);
    });
  } catch {
    return undefined;
  }
}
