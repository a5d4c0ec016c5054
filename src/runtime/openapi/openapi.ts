import type { App } from '../app.js';
import { planApp } from '../plan/plan-app.js';
import { describeApp } from './describe-app.js';
import type { OpenApiDocument } from './open-api-document.js';
import type { OpenApiOptions } from './open-api-options.js';
import { isApiController } from './serve/api-controllers.js';

/** What {@link openapi} takes: all that is not about where a document is served. */
export type DocumentOptions = Omit<OpenApiOptions, 'path' | 'ui'> & {
  /** Called with each part of the app that the document cannot say. Default: nothing. */
  readonly onWarning?: ((warning: string) => void) | undefined;
};

/**
 * Describes an app as an OpenAPI 3.1 document. Nothing of the app is constructed.
 *
 * @param options beside those of `defineApp({ openapi })`, which count less
 * @throws StartupError with every mistake of the app
 * @example
 * ```ts
 * writeFileSync('openapi.json', JSON.stringify(openapi(app, { info: { title: 'Todos', version: '2.1.0' } })));
 * ```
 */
export function openapi(app: App, { onWarning, ...options }: DocumentOptions = {}): OpenApiDocument {
  const { options: ofApp } = app;
  const { document, warnings } = describeApp(ofApp, planApp(ofApp), { ...ofApp.openapi, ...options }, isApiController);
  if (onWarning !== undefined) for (const warning of warnings) onWarning(warning);
  return document;
}
