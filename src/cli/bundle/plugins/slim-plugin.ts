import type { Plugin } from 'rolldown';
import type { PlanText } from '../../../runtime/plan/plan-source.js';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from './runtime-files.js';

/** What an app uses, as only a finished bundle shows. */
export interface Usage {
  /** Whether classes have validators. */
  readonly hasValidators: boolean;
  /** Whether anything but twodoors and compiled decorators uses reflect-metadata. */
  readonly hasOwnReflect: boolean;
}

/** In a second pass, replaces the parts of twodoors that the first pass has shown to be unused. */
export function slimPlugin(project: Project, usage: Usage, plans: readonly PlanText[]): Plugin {
  // An app that was not planned may serve a document.
  const hasOpenApi = plans.length === 0 || plans.some(({ outline }) => /^openapi /m.test(outline));
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:slim',
    resolveId: {
      filter: { id: [UNVALIDATED, API_ROUTES, GLOBAL_REFLECT] },
      async handler(source, importer, { kind }) {
        const standIn = standInFor(source, usage, hasOpenApi);
        if (standIn === undefined || !(await runtime.has(this, importer))) return null;
        return this.resolve(standIn, importer, { kind, skipSelf: true });
      },
    },
  };
}

/** The modules that plan and link classes with validators. */
const UNVALIDATED = /\/(plan-dto|compile-validator|link-validator|path-check)\.js$/;

/** The module that serves OpenAPI documents. */
const API_ROUTES = /\/api-routes\.js$/;

/** What twodoors itself imports of reflect-metadata. */
const GLOBAL_REFLECT = /^reflect-metadata\/lite$/;

/** The module to import instead of an unused one. */
function standInFor(source: string, { hasValidators, hasOwnReflect }: Usage, hasOpenApi: boolean): string | undefined {
  if (!hasOpenApi && API_ROUTES.test(source)) return source.replace(API_ROUTES, '/no-api-routes.js');
  if (!hasValidators && UNVALIDATED.test(source)) {
    return source.replace(UNVALIDATED, (_file, name) => (name === 'plan-dto' ? '/no-dtos.js' : '/no-validation.js'));
  }
  return !hasOwnReflect && GLOBAL_REFLECT.test(source) ? './reflect-slim.js' : undefined;
}
