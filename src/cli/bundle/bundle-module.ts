import { isBuiltin } from 'node:module';
import { type Plugin, rolldown } from 'rolldown';
import { declaredReturnsPlugin } from '../openapi/declared-returns-plugin.js';
import { docCommentsPlugin } from '../openapi/doc-comments-plugin.js';
import { buildFolder } from '../project/build-folder.js';
import type { Project } from '../project/project.js';
import { compileFailure } from './compile-failure.js';
import { type CompileLog, compileOptions } from './compile-options.js';
import { checkNunjucks } from './missing-nunjucks.js';
import { fileNames } from './server/file-names-plugin.js';
import { type OuterSources, reportLinkedPackage, sourcesPlugin } from './sources-plugin.js';

/** Compiled ES modules. */
export interface ModuleBundle {
  /** By name; `index.js` is the entry. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What the files import of packages, such as `koa` or `twodoors/koa`. */
  readonly imports: readonly string[];
  /** The bundler's warnings. */
  readonly warnings: readonly string[];
}

/** How a module is bundled. */
export interface ModuleOptions {
  /** Whether the bundle may have several files. Default: false. */
  readonly canSplit?: boolean;
  /** The folder that it is written to, absolute. The paths in source maps are relative to it. Default: that of a server. */
  readonly folder?: string;
  /** Takes what it reads outside of `src`. Default: nobody. */
  readonly sources?: OuterSources | undefined;
  /** Whether the module belongs to an app, so that twodoors must be loaded before it. Default: true. */
  readonly isApp?: boolean;
  /** The code of a module that runs before the app. Default: none. */
  readonly prelude?: string;
  /** Decide which packages are in the bundle. Default: none is, except those in TypeScript. */
  readonly packages?: readonly Plugin[];
}

/**
 * Compiles a TypeScript module, and everything that it imports outside of node_modules, to ES modules. Writes nothing.
 *
 * @throws CommandError if the module cannot be compiled
 */
export async function bundleModule(
  project: Project,
  entry: string,
  moduleOptions: ModuleOptions = {},
): Promise<ModuleBundle> {
  const {
    canSplit = false,
    folder = buildFolder(project, 'koa'),
    isApp = true,
    prelude,
    packages,
    sources,
  } = moduleOptions;
  const log: CompileLog = { warnings: [], errors: [] };
  const plugins = [
    ...(sources === undefined ? [] : [sourcesPlugin(project, sources, packages === undefined)]),
    docCommentsPlugin(),
    declaredReturnsPlugin(),
    ...(packages ?? [packagesPlugin(sources)]),
  ];
  const options = compileOptions(project, entry, plugins, log, prelude);
  const bundle = await rolldown({
    ...options,
    ...(isApp ? {} : { input: { index: entry } }),
    ...(packages === undefined
      ? // A linked package stays in node_modules too, where its own dependencies are found.
        { resolve: { ...options.resolve, symlinks: false } }
      : { transform: { ...options.transform, inject: fileNames } }),
  });
  try {
    const { output } = await bundle.generate({
      format: 'esm',
      dir: folder,
      ...(canSplit ? {} : { codeSplitting: false }),
      keepNames: true,
      sourcemap: true,
      entryFileNames: 'index.js',
      chunkFileNames: '[name].js',
    });
    if (log.errors.length > 0) throw compileFailure(project, { errors: log.errors });
    const files = new Map<string, Uint8Array>([['package.json', Buffer.from('{ "type": "module" }\n')]]);
    for (const file of output) {
      files.set(file.fileName, Buffer.from(file.type === 'chunk' ? file.code : file.source));
    }
    const imports = output.flatMap((file) => (file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : []));
    const ofPackages = [...new Set(imports)].filter((name) => !files.has(name) && !isBuiltin(name));
    return { files, imports: ofPackages, warnings: log.warnings };
  } catch (error) {
    throw compileFailure(project, error);
  } finally {
    await bundle.close();
  }
}

/** Leaves packages to Node.js, except those in TypeScript, which it cannot load from node_modules. */
function packagesPlugin(sources: OuterSources | undefined): Plugin {
  return {
    name: 'twodoors:packages',
    resolveId: {
      // Most imports are of files, and each call takes time.
      filter: { id: { exclude: /^\./ } },
      async handler(source, importer, { kind }) {
        if (importer === undefined || /^[./#\0]|^[A-Za-z]:[\\/]/.test(source) || isBuiltin(source)) return null;
        const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
        if (resolved === null || resolved.external) return resolved;
        if (source === 'twodoors/views') checkNunjucks(resolved.id);
        const isPackage = /[\\/]node_modules[\\/]/.test(resolved.id) && !/\.[cm]?tsx?$/.test(resolved.id);
        if (!isPackage) return null;
        if (sources !== undefined) reportLinkedPackage(resolved.id, sources);
        return { id: source, external: true };
      },
    },
  };
}
