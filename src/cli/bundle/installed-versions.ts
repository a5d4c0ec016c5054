import { join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { buildFolder } from '../project/build-folder.js';
import { findPackage } from '../project/find-package.js';
import { readManifest } from '../project/manifest.js';
import type { Project } from '../project/project.js';
import { graphPlugin, type ModuleGraph } from './bundled-module.js';
import { NODE_RESOLUTION } from './compile-options.js';
import { assertOneVersion } from './one-version.js';

const ENTRY = 'twodoors:packages';

/**
 * Refuses packages that load several versions of twodoors, although they stay outside of the build. Their modules are only
 * read where package.json files show that they could, which costs an ordinary app a few milliseconds.
 *
 * @param imports what the built files import, such as `koa` or `twodoors/koa`
 * @throws CommandError with each version and its path
 */
export async function assertOneInstalledVersion(project: Project, imports: readonly string[]): Promise<void> {
  // Node.js resolves the imports from there.
  const folder = buildFolder(project, 'koa');
  if (countReachable(folder, imports) < 2) return;
  assertOneVersion((await findModules(folder, imports)).keys());
}

/** Counts the versions of twodoors that the packages, and those that they depend on, could load. */
function countReachable(folder: string, imports: readonly string[]): number {
  const versions = new Set<unknown>();
  const seen = new Set<string>();
  const visit = (from: string, names: Iterable<string>) => {
    for (const name of names) {
      const found = findPackage(from, name);
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      const manifest = readManifest(join(found, 'package.json'));
      if (manifest.name === 'twodoors') versions.add(manifest.version);
      else {
        const { dependencies, optionalDependencies, peerDependencies } = manifest;
        // A package may carry a copy of twodoors without a word about it.
        visit(found, ['twodoors', ...[dependencies, optionalDependencies, peerDependencies].flatMap(namesOf)]);
      }
    }
  };
  visit(folder, new Set(imports.map(packageName)));
  return versions.size;
}

function namesOf(dependencies: unknown): string[] {
  return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : [];
}

/** All modules that the packages could load: those that they import or require, in whatever function. */
async function findModules(folder: string, imports: readonly string[]): Promise<ModuleGraph> {
  const graph: ModuleGraph = new Map();
  const bundle = await rolldown({
    cwd: folder,
    input: ENTRY,
    platform: 'node',
    resolve: NODE_RESOLUTION,
    treeshake: false,
    plugins: [entryPlugin(folder, imports), codePlugin(), graphPlugin(graph)],
    onLog: () => {},
  });
  try {
    await bundle.generate({ format: 'esm' });
  } catch {
    // What Node.js could not load either is not for this check to report. The modules are known all the same.
  } finally {
    await bundle.close();
  }
  return graph;
}

/** Imports the packages from a folder. */
function entryPlugin(folder: string, imports: readonly string[]): Plugin {
  return {
    name: 'twodoors:packages-entry',
    resolveId(source, importer, { kind }) {
      if (source === ENTRY) return ENTRY;
      return importer === ENTRY ? this.resolve(source, join(folder, 'index.js'), { kind, skipSelf: true }) : null;
    },
    load: (id) => (id === ENTRY ? imports.map((source) => `import ${JSON.stringify(source)};\n`).join('') : null),
  };
}

/** Leaves out what has no imports that Node.js would follow, such as JSON, native addons and WebAssembly. */
function codePlugin(): Plugin {
  return {
    name: 'twodoors:code',
    load: {
      filter: { id: { exclude: [/\.[cm]?js$/, /^twodoors:|^\0/, /[\\/][^\\/.]+$/] } },
      handler: () => ({ code: '', moduleType: 'js' }),
    },
  };
}

/** The package that an import names: `@koa/router` of `@koa/router/lib/layer.js`. */
function packageName(source: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? source;
}
