import Router from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import type { Route } from '../declarations/route.js';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import type { ParamValue } from '../http/request-route.js';
import type { Match } from '../routes/match.js';
import { lowerAscii } from '../routes/segment.js';
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
  /** Stands for 405, 501 and OPTIONS on paths that the app has; not in the stack, since no path leads to it. */
  readonly #methodsLayer: Layer;
  readonly #prefix: string;

  constructor(dispatcher: Dispatcher, prefix = '') {
    super({ strict: dispatcher.options.strict === true, sensitive: dispatcher.options.caseSensitive === true });
    this.#dispatcher = dispatcher;
    this.#prefix = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
    if (this.#prefix !== '' && !/^(?:\/[\w.~%@!$&'+,;=-]+)+$/.test(this.#prefix)) {
      throw new TypeError(
        `toRouter: the prefix ${JSON.stringify(prefix)} is not a plain path. Write it like '/api', without parameters.`,
      );
    }
    this.opts.prefix = this.#prefix;
    for (const route of dispatcher.table.routes) this.#addRoute(route);
    this.#methodsLayer = new Router().register('/', [], (() => {}) as never) as Layer;
  }

  /** Puts a route into the stack as a layer that works by itself: another router may copy it, without our `match`. */
  #addRoute(route: Route): void {
    const methods = route.method === 'ALL' ? ALL_METHODS : [route.method];
    const replyInOtherRouter: Middleware = (context) => this.#replyInOtherRouter(context as RoutedContext, route);
    // A slash at the end is ignored, both as declared and in the request; @koa/router would require the declared one.
    const declared = this.opts.strict ? route.path : route.path.replace(/(?<=.)\/$/, '');
    const path = this.#prefix !== '' && declared === '/' ? this.#prefix : this.#prefix + declared;
    const layers = new Router({ strict: this.opts.strict === true, sensitive: this.opts.sensitive === true });
    const layer = layers.register(path, methods, replyInOtherRouter as never, { name: nameOfRoute(route) }) as Layer;
    this.stack.push(layer);
    this.#layers.set(route, layer);
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
      const path = this.#withoutPrefix(pathOf(context));
      const match = this.#find(path, context.req.method ?? '');
      return isPassedOn(match) ? next() : this.#reply(context, path!, match);
    };
    return Object.assign(routeRequest, { router: this }) as unknown as ReturnType<Router['middleware']>;
  }

  /** Middleware that replies to every request, for an app that has nothing after its router: 404s are its own, too. */
  replyToAll(): Middleware {
    const replyToRequest: Middleware = (context) => {
      const path = pathOf(context);
      return this.#reply(context as RoutedContext, path, this.#find(path, context.req.method ?? ''));
    };
    return replyToRequest;
  }

  /** The app's routes come first, then those that were added to this router. */
  override match(path: string, method: string): Matched {
    const match = this.#find(this.#withoutPrefix(path), method);
    const added = this.#matchAdded(path, method);
    if (isPassedOn(match) || (match.kind === 'methods' && added.route)) return added;
    const around = added.path.filter((layer) => layer.methods.length === 0);
    const layers = [...around, this.#layerOf(match)];
    return { path: layers, pathAndMethod: layers.slice(), route: true };
  }

  /** A layer for one request: it knows its match, so that nothing is matched again when its turn comes. */
  #layerOf(match: Match): Layer {
    const layer = match.kind === 'route' ? this.#layers.get(match.route)! : this.#methodsLayer;
    const replyToMatch: Middleware = (context) => {
      const path = pathOf(context);
      return this.#reply(context as RoutedContext, this.#withoutPrefix(path) ?? path, match);
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

  /** @param path without the prefix; undefined outside of it */
  #find(path: string | undefined, method: string): Match {
    return path === undefined ? OUTSIDE : this.#dispatcher.table.match(method, path);
  }

  #withoutPrefix(path: string): string | undefined {
    const { length } = this.#prefix;
    if (length === 0) return path;
    const head = path.slice(0, length);
    const isBelow =
      (this.#dispatcher.options.caseSensitive
        ? head === this.#prefix
        : lowerAscii(head) === lowerAscii(this.#prefix)) &&
      (path.length === length || path[length] === '/');
    return isBelow ? path.slice(length) || '/' : undefined;
  }

  #reply(context: RoutedContext, path: string, match: Match): void | Promise<void> {
    if (!isPassedOn(match)) {
      context.router = this;
      context.routeMatched = true;
    }
    if (match.kind === 'route') this.#writeRoute(context, match.route, match.paramValues);
    return this.#dispatch(context, path, match);
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

  /** A route's reply where another router has copied its layer: by what that router captured. */
  #replyInOtherRouter(context: RoutedContext, route: Route): void | Promise<void> {
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

const OUTSIDE: Match = { kind: 'unknown' };

/** Whether a match is for whatever comes after the router, rather than for the app. */
function isPassedOn({ kind }: Match): boolean {
  return kind === 'unknown' || kind === 'malformed';
}

/** `TodoController.show`, for `router.url()`. */
function nameOfRoute(route: Route): string {
  return `${route.controller.name}.${String(route.methodName)}`;
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
