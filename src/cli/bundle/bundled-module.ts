import type { ModuleInfo, OutputChunk, Plugin } from 'rolldown';
import { moduleName, type Project } from '../project/project.js';
import { measureSources } from './source-sizes.js';

/** A module that is in a bundle. */
export interface BundledModule {
  /** Relative to the project, or from `node_modules` on. */
  readonly name: string;
  /** What of it is left, minified. */
  readonly bytes: number;
  /** Whether it is CommonJS, which cannot be shaken. */
  readonly isCommonJs: boolean;
  /** Whether anything that it exports is used; else it is there for what it does when it is loaded. */
  readonly isUsed: boolean;
  /** The names of those that import it. */
  readonly importers: readonly string[];
}

/** What the bundler knows of each module, by its id. */
export type ModuleGraph = Map<string, ModuleInfo>;

/** Notes what the bundler knows of each module. */
export function graphPlugin(graph: ModuleGraph): Plugin {
  return {
    name: 'twodoors:modules',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const known = this.getModuleInfo(id);
        if (known !== null) graph.set(id, known);
      }
    },
  };
}

/** The modules that files hold. */
export function modulesOf(project: Project, chunks: readonly OutputChunk[], graph: ModuleGraph): BundledModule[] {
  const inBundle = new Set(chunks.flatMap(({ modules }) => Object.keys(modules)));
  return chunks.flatMap(({ modules, code, map }) => {
    const sizes = measureSources(code, map!);
    return Object.entries(modules).map(([id, { renderedExports }]) => ({
      name: moduleName(project, id),
      bytes: sizes.get(moduleName(project, id)) ?? 0,
      isCommonJs: graph.get(id)?.inputFormat === 'cjs',
      isUsed: renderedExports.length > 0,
      importers: [...importersOf(id, graph, inBundle)].map((importer) => moduleName(project, importer)),
    }));
  });
}

/**
 * Who imports a module. A file of its own package that only passes it on, and is not in the bundle itself, is looked
 * through; another package's that was shaken off is not why it is there.
 */
function importersOf(id: string, graph: ModuleGraph, inBundle: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (imported: string) => {
    const known = graph.get(imported);
    for (const importer of known === undefined ? [] : [...known.importers, ...known.dynamicImporters]) {
      if (seen.has(importer)) continue;
      seen.add(importer);
      if (inBundle.has(importer)) found.add(importer);
      else if (folderOfPackage(importer) === folderOfPackage(id)) visit(importer);
    }
  };
  visit(id);
  return found;
}

function folderOfPackage(id: string): string {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? '';
}
