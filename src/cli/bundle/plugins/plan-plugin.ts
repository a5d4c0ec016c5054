import { basename } from 'node:path';
import type { Plugin } from 'rolldown';
import type { ReadyDocument } from '../../../runtime/openapi/serve/ready-documents.js';
import type { PlanText } from '../../../runtime/plan/plan-source.js';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from './runtime-files.js';

/** The module of twodoors that holds the plans which were made ahead; in the sources it is empty. */
const READY_PLANS = /\/ready-plans\.[jt]s$/;

/** As {@link READY_PLANS}, for OpenAPI documents. */
const READY_DOCUMENTS = /\/ready-documents\.[jt]s$/;

/** Writes the plans of a bundle's apps into it, and the OpenAPI documents that they serve. */
export function planPlugin(project: Project, plans: readonly PlanText[], documents: readonly ReadyDocument[]): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:plan',
    load: {
      filter: { id: [READY_PLANS, READY_DOCUMENTS] },
      async handler(id) {
        if (!(await runtime.has(this, id))) return null;
        // All of it stands for the module, so that its size counts as that of twodoors.
        const map = { version: 3, names: [], sources: [basename(id)], mappings: 'AAAA' };
        const code = READY_PLANS.test(id)
          ? `export const readyPlans = ${JSON.stringify(plans)};\n`
          : `export const readyDocuments = ${JSON.stringify(documents)};\n`;
        return { code, map, moduleType: 'js' };
      },
    },
  };
}
