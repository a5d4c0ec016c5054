import type { ModuleInfo, OutputChunk, Plugin } from 'rolldown';
import { moduleName } from '../project/module-name.js';
import type { Project } from '../project/project.js';
import { isLightModule } from './plugins/light-validator-plugin.js';
import { isRecorderModule, RECORDERS } from './plugins/recorder-plugin.js';
import { BUNDLER_SOURCE, measureSources } from './source-sizes.js';

/** A module in a bundle. */
export interface BundledModule {
  /** Relative to the project, or from `node_modules` on. */
  readonly name: string;
  /** The size of its code in the bundle, minified. */
  readonly bytes: number;
  /** Whether it is CommonJS, which cannot be tree-shaken. */
  readonly isCommonJs: boolean;
  /** Whether any of its exports is used. If not, it is in the bundle only for its side effects. */
  readonly isUsed: boolean;
  /** The names of the modules that import it. */
  readonly importers: readonly string[];
}

/** The bundler's information about each module, by module id. */
export type ModuleGraph = Map<string, ModuleInfo>;

/** Collects the bundler's information about each module. */
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

/** Lists the modules in the files of a bundle. What the bundler adds to all files counts as one of them. */
export function modulesOf(
  project: Project,
  chunks: readonly Pick<OutputChunk, 'code' | 'map' | 'modules'>[],
  graph: ModuleGraph,
): BundledModule[] {
  const inBundle = new Set(chunks.flatMap(({ modules }) => Object.keys(modules)));
  let bundlerBytes = 0;
  const nameOf = (id: string) => moduleName(project, id);
  const listed = chunks.flatMap(({ modules, code, map }) => {
    // A file of the bundler's own, which shares code between files, has no source map.
    const sizes = map === null ? new Map([[BUNDLER_SOURCE, Buffer.byteLength(code)]]) : measureSources(code, map);
    for (const [id, { renderedLength }] of Object.entries(modules)) {
      if (id.endsWith('.json')) moveSize(sizes, nameOf(id), renderedLength);
    }
    bundlerBytes += sizes.get(BUNDLER_SOURCE) ?? 0;
    return Object.entries(modules).map(([id, { renderedExports }]) => ({
      name: nameOf(id),
      bytes: sizes.get(nameOf(id)) ?? 0,
      isCommonJs: graph.get(id)?.inputFormat === 'cjs',
      isUsed: renderedExports.length > 0,
      importers: [...importersOf(id, graph, inBundle)].map(nameOf),
    }));
  });
  const bundler = { name: BUNDLER_SOURCE, bytes: bundlerBytes, isCommonJs: false, isUsed: true, importers: [] };
  return [...listed.filter(({ name }) => name !== BUNDLER_SOURCE), bundler];
}

/** Source maps do not cover JSON, so it was counted as the bundler's own code. Its values are as long as they were. */
function moveSize(sizes: Map<string, number>, name: string, length: number): void {
  const unmapped = sizes.get(BUNDLER_SOURCE) ?? 0;
  const bytes = Math.min(length, unmapped);
  sizes.set(BUNDLER_SOURCE, unmapped - bytes);
  sizes.set(name, (sizes.get(name) ?? 0) + bytes);
}

/**
 * The modules in the bundle that import a module. A module of the same package that only re-exports it, and is not in the
 * bundle, is replaced by its own importers. Importers in other packages that are not in the bundle are not the reason for
 * it, and are left out.
 */
function importersOf(id: string, graph: ModuleGraph, inBundle: ReadonlySet<string>): Set<string> {
  const importers = new Set<string>();
  const seen = new Set<string>();
  const visit = (imported: string) => {
    const known = graph.get(imported);
    for (const importer of known === undefined ? [] : [...known.importers, ...known.dynamicImporters]) {
      if (seen.has(importer)) continue;
      seen.add(importer);
      if (isLightModule(importer)) visit(RECORDERS);
      else if (isRecorderModule(importer)) visit(importer);
      else if (inBundle.has(importer)) importers.add(importer);
      else if (packageFolder(importer) === packageFolder(id)) visit(importer);
    }
  };
  visit(id);
  return importers;
}

function packageFolder(id: string): string {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? '';
}
