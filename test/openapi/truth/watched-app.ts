import { type App, defineApp, HttpReply, type Middleware } from 'twodoors';

/** What one request has met in an app. */
export interface Seen {
  /** `TodoController_create`; undefined where no route matched. */
  readonly route: string | undefined;
  /** Whether the method of the route was called: binding and validation have refused nothing. */
  readonly isReached: boolean;
  /** Whether the method made its reply itself, of which decorators say nothing. */
  readonly isOwnReply: boolean;
}

/** An app that can say what the last request has met. */
export interface WatchedApp {
  readonly app: App;
  /** Of the requests since it was asked last. */
  readonly take: () => Seen;
}

type Method = (...args: readonly unknown[]) => unknown;

/**
 * The same app, which notes the calls of its controllers' methods. Where a method was called, the request was not refused,
 * whatever status the method gives; so no status has to be guessed at.
 */
export function watchApp({ options }: App): WatchedApp {
  let route: string | undefined;
  let called = new Set<string | symbol>();
  let methodName: string | symbol = '';
  let isOwnReply = false;
  const noteRoute: Middleware = (request, next) => {
    if (request.route !== undefined) {
      methodName = request.route.methodName;
      route = `${request.route.controller.name}_${String(methodName)}`;
    }
    return next();
  };
  const noteResult = (result: unknown) => {
    if (isMadeReply(result)) isOwnReply = true;
    return result;
  };
  const watch = (instance: object): object => {
    for (const [name, method] of methodsOf(instance)) {
      const watched = (...args: readonly unknown[]) => {
        called.add(name);
        const result = noteResult(method.apply(instance, args as unknown[]));
        if (result instanceof Promise) result.then(noteResult, () => {});
        return result;
      };
      Object.defineProperty(instance, name, { value: watched, configurable: true });
    }
    return instance;
  };
  const make = (options.resolve ?? ((type: new () => object) => new type())) as Method;
  const resolve = (...args: readonly unknown[]) => {
    const made = make(...args);
    return made instanceof Promise ? made.then((each: object) => watch(each)) : watch(made as object);
  };
  return {
    app: defineApp({
      ...options,
      log: () => {},
      use: [noteRoute, ...(options.use ?? [])],
      resolve: resolve as NonNullable<App['options']['resolve']>,
    }),
    take() {
      const seen = { route, isReached: called.has(methodName), isOwnReply };
      route = undefined;
      called = new Set();
      methodName = '';
      isOwnReply = false;
      return seen;
    },
  };
}

function methodsOf(instance: object): [string | symbol, Method][] {
  const found = new Map<string | symbol, Method>();
  for (
    let each = Object.getPrototypeOf(instance) as object | null;
    each !== null && each !== Object.prototype;
    each = Object.getPrototypeOf(each) as object | null
  ) {
    for (const name of Reflect.ownKeys(each)) {
      const { value } = Object.getOwnPropertyDescriptor(each, name)!;
      if (name !== 'constructor' && typeof value === 'function' && !found.has(name)) found.set(name, value as Method);
    }
  }
  return [...found];
}

/** `reply()`, `redirect()`, `view()`, a web `Response`: its status and its type are its own. */
function isMadeReply(result: unknown): boolean {
  return result instanceof HttpReply || result instanceof Response;
}
