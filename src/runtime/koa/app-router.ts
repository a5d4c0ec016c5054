import Router from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import type { Route } from '../declarations/route.js';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import type { ParamValue } from '../http/http-request.js';
import type { Match } from '../routes/match.js';
import { lowerAscii } from '../routes/segment.js';
import { fromKoa, pathOf } from './koa-request.js';
import { writeReply } from './write-reply.js';

type Layer = Router['stack'][number];

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
 * A router of @koa/router that holds every route of a dispatcher, but asks the dispatcher's own matcher: a thousand routes cost
 * what ten cost, and no order of declaration matters.
 */
export class AppRouter extends Router {
  readonly #dispatcher: Dispatcher;
  readonly #layers = new Map<Route, Layer>();
  /** Answers 405, 501 and OPTIONS on paths that the dispatcher knows; not in the stack, since no path leads to it. */
  readonly #others: Layer;
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
    for (const route of dispatcher.table.routes) this.#hold(route);
    this.#others = new Router().register('/', [], this.#answerOthers as never) as Layer;
  }

  /** Puts a route into the stack as a layer that stands alone: another router may copy it, and our `match` is lost then. */
  #hold(route: Route): void {
    const methods = route.method === 'ALL' ? ALL_METHODS : [route.method];
    const answer: Middleware = (context) => this.#answerLayer(context as RoutedContext, route);
    // A slash at the end is ignored, as declared as well as asked for; @koa/router would insist on the declared one.
    const declared = this.opts.strict ? route.path : route.path.replace(/(?<=.)\/$/, '');
    const path = this.#prefix !== '' && declared === '/' ? this.#prefix : this.#prefix + declared;
    const layers = new Router({ strict: this.opts.strict === true, sensitive: this.opts.sensitive === true });
    const layer = layers.register(path, methods, answer as never, { name: nameOfRoute(route) }) as Layer;
    this.stack.push(layer);
    this.#layers.set(route, layer);
  }

  /** Where the dispatcher has an answer, it is the dispatcher's; routes that were added to this router come after. */
  override match(path: string, method: string): ReturnType<Router['match']> {
    const match = this.#find(method, path);
    const added = this.#matchAdded(path, method);
    if (match === undefined || match.kind === 'unknown' || match.kind === 'malformed') return added;
    if (match.kind === 'methods' && added.route) return added;
    const layer = match.kind === 'route' ? this.#layers.get(match.route)! : this.#others;
    const around = added.path.filter((each) => each.methods.length === 0);
    return { path: [...around, layer], pathAndMethod: [...around, layer], route: true };
  }

  #matchAdded(path: string, method: string): ReturnType<Router['match']> {
    const { stack } = this;
    if (stack.length === this.#layers.size) return { path: [], pathAndMethod: [], route: false };
    const own = new Set(this.#layers.values());
    this.stack = stack.filter((layer) => !own.has(layer));
    try {
      return super.match(path, method);
    } finally {
      this.stack = stack;
    }
  }

  #find(method: string, path: string): Match | undefined {
    const inner = this.#withoutPrefix(path);
    return inner === undefined ? undefined : this.#dispatcher.table.match(method, inner);
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

  /** As @koa/router's own, which is taken where anything was added to this router; else the short way. */
  override middleware(): ReturnType<Router['middleware']> {
    const standard = super.middleware();
    const dispatch = (context: RoutedContext, next: Next) => {
      if (this.stack.length !== this.#layers.size) return standard(context as never, next);
      const path = this.#withoutPrefix(pathOf(context));
      const match = path === undefined ? undefined : this.#dispatcher.table.match(context.req.method ?? '', path);
      if (path === undefined || match === undefined || match.kind === 'unknown' || match.kind === 'malformed') {
        return next();
      }
      context.router = this;
      context.routeMatched = true;
      if (match.kind === 'route') this.#mark(context, match.route, match.paramValues);
      return this.#answer(context, path, match);
    };
    return Object.assign(dispatch, { router: this }) as unknown as ReturnType<Router['middleware']>;
  }

  /** Writes what @koa/router writes on the context. */
  #mark(context: RoutedContext, route: Route, values: readonly ParamValue[]): void {
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

  #answer(context: Context, path: string, match: Match): void | Promise<void> {
    const request = fromKoa(context, path);
    const reply = this.#dispatcher.dispatch(request, match);
    return reply instanceof Promise
      ? reply.then((settled) => writeReply(settled, context, request, this.#dispatcher))
      : writeReply(reply, context, request, this.#dispatcher);
  }

  /** A layer's own answer: by our matcher where this router was asked, else by what the other router captured. */
  #answerLayer(context: RoutedContext, route: Route): void | Promise<void> {
    const path = pathOf(context);
    if (context.router === this) {
      const match = this.#find(context.method, path);
      if (match?.kind === 'route' && match.route === route) {
        this.#mark(context, route, match.paramValues);
        return this.#answer(context, this.#withoutPrefix(path)!, match);
      }
    }
    const paramValues = valuesOf(route, context.captures);
    return this.#answer(
      context,
      path,
      paramValues === undefined ? { kind: 'malformed' } : { kind: 'route', route, paramValues },
    );
  }

  readonly #answerOthers = (context: Context): void | Promise<void> => {
    const path = this.#withoutPrefix(pathOf(context))!;
    return this.#answer(context, path, this.#dispatcher.table.match(context.method, path));
  };
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
