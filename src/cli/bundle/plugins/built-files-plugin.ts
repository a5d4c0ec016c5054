import { basename } from 'node:path';
import type { Plugin } from 'rolldown';
import type { BuiltFolder } from '../../../runtime/files/built-files.js';
import { VERSION } from '../../../runtime/identity/copies.js';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from './runtime-files.js';

type Roots = Readonly<Record<string, BuiltFolder>>;

/** The module of twodoors that knows what a build has copied; in the sources it knows of nothing. */
const BUILT_FILES = /\/built-files\.[jt]s$/;

/**
 * Tells a Lambda bundle which public files lie beside it.
 *
 * @param isLocal whether it also finds the folders of the project
 */
export function builtFilesPlugin(project: Project, roots: Roots, isLocal = false): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:built-files',
    load: {
      filter: { id: BUILT_FILES },
      async handler(id) {
        if (!(await runtime.has(this, id))) return null;
        const map = { version: 3, names: [], sources: [basename(id)], mappings: 'AAAA' };
        const code = `const files = ${literalOf(roots, isLocal ? project.root : undefined)};\nexport const builtFiles = () => files;\n`;
        return { code, map, moduleType: 'js' };
      },
    },
  };
}

/**
 * The module by which a Koa build says the same, to the copy of twodoors in node_modules: it runs before the app. The name
 * is that of `sharedByCopies`.
 */
export function builtFilesModule(roots: Roots): string {
  const key = JSON.stringify(`twodoors.${VERSION}.built-files`);
  return `(globalThis[Symbol.for(${key})] ??= {}).current = ${literalOf(roots)};\n`;
}

/** The folder of the code is known when it runs. */
function literalOf(roots: Roots, project?: string): string {
  const further = project === undefined ? '' : `, project: ${JSON.stringify(project)}`;
  return `{ base: import.meta.dirname, roots: ${JSON.stringify(roots)}${further} }`;
}
