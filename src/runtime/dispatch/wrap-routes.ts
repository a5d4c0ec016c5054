import type { HttpRequest } from '../http/http-request.js';
import { composeMiddleware, type Middleware, type RequestHandler } from '../http/middleware.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import type { FailingApp } from './failing-app.js';
import { loadFailureReplies } from './failure-replies.lazy.js';

/** Runs the app's middleware, or the route within it. */
type Handle<App> = (dispatcher: App, request: HttpRequest, isWithin: boolean) => HttpReply | Promise<HttpReply>;

/** Wraps the routes of an app, and their errors, in its own middleware. */
export function wrapRoutes<App extends FailingApp>(
  use: readonly Middleware[],
  dispatcher: App,
  handle: Handle<App>,
): RequestHandler {
  return composeMiddleware(
    use,
    (request) => handle(dispatcher, request, true),
    (error, request) => loadFailureReplies().replyWithin(dispatcher, error, request, undefined),
  );
}
