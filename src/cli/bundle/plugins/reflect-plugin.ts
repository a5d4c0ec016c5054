import type { Plugin } from 'rolldown';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from './runtime-files.js';

/** The imports that add all of reflect-metadata to the global Reflect. `/lite` only leaves out polyfills. */
const GLOBAL_REFLECT = /^reflect-metadata(?:\/(?:lite|Reflect(?:Lite)?(?:\.js)?))?$/;

/** Lets every import of reflect-metadata lead to the copy that twodoors imports, so that it is in a bundle once. */
export function reflectPlugin(project: Project): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:reflect',
    resolveId: {
      filter: { id: GLOBAL_REFLECT },
      async handler(_source, importer, { kind }) {
        if (await runtime.has(this, importer)) return null;
        return this.resolve('reflect-metadata/lite', await runtime.entry(this), { kind, skipSelf: true });
      },
    },
  };
}
