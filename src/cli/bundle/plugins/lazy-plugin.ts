import { basename, extname } from 'node:path';
import type { Plugin } from 'rolldown';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from './runtime-files.js';

/**
 * Makes a separate file of each module that twodoors itself imports dynamically, and loads it on demand. Only some
 * requests need these modules, and they import nothing that the rest of the bundle contains. Node.js parses a whole file
 * before it runs any of it, so unused code in the entry would slow every cold start (docs/performance.md).
 *
 * @param files takes the name of each such file, and the id of the module in it
 */
export function lazyPlugin(project: Project, files: Map<string, string>, extension: 'js' | 'mjs'): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:lazy',
    async resolveId(source, importer, { kind }) {
      if (kind !== 'dynamic-import') return null;
      const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
      if (resolved === null || !(await runtime.has(this, importer))) return null;
      const name = `${basename(resolved.id, extname(resolved.id))}.${extension}`;
      files.set(name, resolved.id);
      return { id: `./${name}`, external: true };
    },
  };
}
