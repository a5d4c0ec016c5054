import type { AppOptions } from '../app.js';
import { exchangeOf } from '../dispatch/exchange.js';
import type { HttpRequest } from '../http/http-request.js';

/** The options of the app that a request was sent to. */
export function appOf(request: HttpRequest): Readonly<AppOptions> {
  return exchangeOf(request).app;
}

/** Whether an app runs in development: its `development` option, else whether NODE_ENV is `development`. */
export function isDevelopment(app: Readonly<AppOptions>): boolean {
  return app.development ?? process.env['NODE_ENV'] === 'development';
}
