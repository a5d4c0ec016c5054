import type { AppOptions } from '../../app.js';
import { planApp } from '../../plan/plan-app.js';
import { describeApp } from '../describe-app.js';
import { isApiController } from './api-controllers.js';

/** Makes the OpenAPI document of an app, as JSON. @throws StartupError with every mistake of the app */
export function makeDocument(options: Readonly<AppOptions>): string {
  return JSON.stringify(describeApp(options, planApp(options, false), options.openapi ?? {}, isApiController).document);
}
