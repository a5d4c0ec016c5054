import type { App, AppOptions } from '../app.js';
import { HttpError } from '../http/http-error.js';
import { closeBody, HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { problemReply } from '../http/problem.js';
import { type Class, nameOf } from '../metadata.js';
import type { Match } from '../routes/matcher.js';
import { readControllers } from '../routes/read-controllers.js';
import type { Route, RouteDeclaration } from '../routes/route.js';
import { createRouteTable, findDuplicates, type RouteTable } from '../routes/route-table.js';
import { StartupError } from '../startup-error.js';
import { planArguments } from './binder.js';
import { type Answer, compileRoute, wrap } from './compile-route.js';
import { createReplyMaker } from './reply-maker.js';

/** What both doors lead to: an app, checked and compiled. */
export interface Room {
  readonly table: RouteTable;
  readonly options: Readonly<AppOptions>;
  /**
   * Answers any request. Never throws and never rejects.
   *
   * @param match what the target leads to, where the door has asked the table already
   */
  answer(request: HttpRequest, match?: Match): HttpReply | Promise<HttpReply>;
  /** Makes an answer of something thrown, and logs it where it is a bug; for doors. */
  answerError(error: unknown, request: HttpRequest): HttpReply;
}

const rooms = new WeakMap<App, Room>();

/**
 * Checks and compiles an app, once: both doors of one process lead to the same room, so that each controller is made
 * once. A failed try leaves nothing behind.
 *
 * @throws StartupError with every mistake
 */
export function openRoom(app: App): Room {
  let room = rooms.get(app);
  if (room === undefined) {
    room = createRoom(app.options);
    rooms.set(app, room);
  }
  return room;
}

function createRoom(options: Readonly<AppOptions>): Room {
  const table = compileTable(options);
  const isDevelopment = options.development ?? process.env['NODE_ENV'] === 'development';
  const bodyLimit = options.bodyLimit ?? 1_048_576;

  const answerError = (error: unknown, request: HttpRequest): HttpReply => {
    const reply = problemReply(error, request, isDevelopment);
    if (reply.status >= 500) report(options.log ?? logToConsole, error, request);
    return reply;
  };

  /** Runs something that may throw or reject; what it throws becomes an answer. */
  const guard = (run: Answer, request: HttpRequest): HttpReply | Promise<HttpReply> => {
    try {
      const reply = run(request);
      return reply instanceof Promise ? reply.catch((error: unknown) => answerError(error, request)) : reply;
    } catch (error) {
      return answerError(error, request);
    }
  };

  const answerMatch: Answer = (request) => {
    const match = request.match as Match;
    switch (match.kind) {
      case 'route':
        return guard(match.route.answer, request);
      case 'malformed':
        return answerError(new HttpError(400, 'The target of the request is malformed'), request);
      case 'methods':
        if (request.method === 'OPTIONS') {
          return new HttpReply(undefined, { headers: { allow: match.allowed.join(', ') } });
        }
        return problemReply(refusal(match, request.method, table), request, false);
      case 'unknown':
        return problemReply(refusal(match, request.method, table), request, false);
    }
  };

  const outermost = options.use?.length ? wrap(options.use, answerMatch) : undefined;

  const enter = (request: HttpRequest, match: Match): HttpReply | Promise<HttpReply> => {
    request.bodyLimit = bodyLimit;
    request.match = match;
    if (match.kind === 'route') {
      request.route = match.route;
      request.paramValues = match.paramValues;
    }
    let reply = outermost === undefined ? answerMatch(request) : guard(outermost, request);
    if (options.timeout !== undefined) reply = withTimeout(reply, request, options.timeout, answerError);
    if (request.method !== 'HEAD') return reply;
    return reply instanceof Promise ? reply.then(withoutBody) : withoutBody(reply);
  };

  return {
    table,
    options,
    answer: (request, match = table.match(request.method, request.path)) => enter(request, match),
    answerError,
  };
}

/** Why there is no route: 501 for a method that nobody knows, 404 for the path, 405 for the method at this path. */
function refusal(match: Match, method: string, table: RouteTable): HttpError {
  if (!table.methods.has(method)) return new HttpError(501, undefined, { expose: true });
  if (match.kind !== 'methods') return new HttpError(404);
  return new HttpError(405, undefined, { headers: { allow: match.allowed.join(', ') } });
}

function report(log: NonNullable<AppOptions['log']>, error: unknown, request: HttpRequest): void {
  try {
    log(error, request);
  } catch {
    // A log that fails must not take the answer with it.
  }
}

function logToConsole(error: unknown, request: HttpRequest): void {
  console.error(`[${request.id}] ${request.method} ${request.path}`, error);
}

/** HEAD: the headers that GET would have, without its body; a stream is closed, not drained (RFC 9110 §9.3.2). */
function withoutBody(reply: HttpReply): HttpReply {
  const { body } = reply;
  if (body === undefined) return reply;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    reply.headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  }
  closeBody(body);
  reply.body = undefined;
  return reply;
}

/** Answers 504 when the time is over, and fires the request's signal. What comes too late is dropped. */
function withTimeout(
  reply: HttpReply | Promise<HttpReply>,
  request: HttpRequest,
  milliseconds: number,
  answerError: Room['answerError'],
): HttpReply | Promise<HttpReply> {
  if (!(reply instanceof Promise)) return reply;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      const error = new HttpError(504, `The request took longer than ${milliseconds} ms`, { expose: false });
      request.abort(error);
      resolve(answerError(error, request));
    }, milliseconds);
    reply.then((settled) => {
      clearTimeout(timer);
      if (request.signal.aborted) closeBody(settled.body);
      resolve(settled);
    });
  });
}

function compileTable(options: Readonly<AppOptions>): RouteTable {
  const mistakes: string[] = [];
  const paths = { strict: options.strict === true, caseSensitive: options.caseSensitive === true };
  const declarations = readControllers({ controllers: options.controllers, ...paths }, mistakes);
  findDuplicates(declarations, mistakes);
  const unknown = options.unknown ?? 'reject';
  const plans = declarations.map((route) => ({
    route,
    plan: planArguments(route, unknown, mistakes),
    makeReply: createReplyMaker(route, options.views, mistakes),
  }));
  checkConstructors(declarations, options, mistakes);
  if (mistakes.length > 0) throw new StartupError(mistakes);

  const controllers = instantiate(declarations, options);
  const routes = plans.map(({ route, plan, makeReply }): Route => {
    const controller = controllers.get(route.controller)!;
    return { ...route, answer: compileRoute(controller, route.methodName, plan, makeReply, route.uses) };
  });
  return createRouteTable(routes, paths);
}

function checkConstructors(
  declarations: readonly RouteDeclaration[],
  options: Readonly<AppOptions>,
  mistakes: string[],
): void {
  if (options.resolve !== undefined) return;
  for (const type of new Set(declarations.map((declaration) => declaration.controller))) {
    if (type.length > 0) {
      mistakes.push(
        `${nameOf(type)}: its constructor has parameters, and the app does not say where they come from. ` +
          'Give defineApp a "resolve" that makes it, such as (type) => container.get(type).',
      );
    }
  }
}

/** Makes each controller once. */
function instantiate(declarations: readonly RouteDeclaration[], options: Readonly<AppOptions>): Map<Class, object> {
  const resolve = options.resolve ?? ((type) => new (type as new () => never)());
  const controllers = new Map<Class, object>();
  const mistakes: string[] = [];
  for (const { controller } of declarations) {
    if (controllers.has(controller)) continue;
    try {
      const made: unknown = resolve(controller as new () => object);
      if (typeof made !== 'object' || made === null) throw new TypeError(`resolve gave ${made}, not an instance`);
      controllers.set(controller, made);
    } catch (error) {
      controllers.set(controller, {});
      mistakes.push(
        `${nameOf(controller)}: it could not be made: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  if (mistakes.length > 0) throw new StartupError(mistakes);
  return controllers;
}
