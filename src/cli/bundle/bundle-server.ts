import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { bootstrapOf, type Project } from '../project/project.js';
import { readPublicFiles } from '../project/public-files.js';
import { compileFailure } from './compile-failure.js';
import { type CompileLog, compileOptions } from './compile-options.js';

/** The server, compiled. */
export interface ServerBundle {
  /** By name: `index.js` is the entry; what is in `public/` is as it was. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What the bundler found odd. */
  readonly warnings: readonly string[];
}

/**
 * Compiles the Koa door to ES modules. What is in node_modules stays there. Nothing is written.
 *
 * @throws CommandError for what the user can mend
 */
export async function bundleServer(project: Project): Promise<ServerBundle> {
  const { files, warnings } = await bundleModule(project, bootstrapOf(project, 'koa'), { canSplit: true });
  return { files: new Map([...files, ...readPublicFiles(project)]), warnings };
}

/** How a module is bundled. */
export interface ModuleOptions {
  /** Whether there may be more than one file. Default: false. */
  readonly canSplit?: boolean;
  /** Whether it is of an app, before which twodoors is loaded. Default: true. */
  readonly isApp?: boolean;
}

/** As {@link bundleServer}, for any module. */
export async function bundleModule(
  project: Project,
  entry: string,
  { canSplit = false, isApp = true }: ModuleOptions = {},
): Promise<ServerBundle> {
  const log: CompileLog = { warnings: [], errors: [] };
  const options = compileOptions(project, entry, [packagesPlugin()], log);
  const bundle = await rolldown({
    ...options,
    ...(isApp ? {} : { input: { index: entry } }),
    // A linked package stays in node_modules as well, where what it depends on can be found.
    resolve: { ...options.resolve, symlinks: false },
  });
  try {
    const { output } = await bundle.generate({
      format: 'esm',
      // Where it will lie: source maps name their sources from there.
      dir: join(project.root, 'build/koa'),
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
    return { files, warnings: log.warnings };
  } catch (error) {
    throw compileFailure(project, error);
  } finally {
    await bundle.close();
  }
}

/** Leaves packages to Node, save those in TypeScript, which Node cannot load from node_modules. */
function packagesPlugin(): Plugin {
  return {
    name: 'twodoors:packages',
    async resolveId(source, importer, { kind }) {
      if (importer === undefined || /^[./#\0]|^[A-Za-z]:[\\/]/.test(source) || isBuiltin(source)) return null;
      const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
      if (resolved === null || resolved.external) return resolved;
      const isPackage = /[\\/]node_modules[\\/]/.test(resolved.id) && !/\.[cm]?tsx?$/.test(resolved.id);
      return isPackage ? { id: source, external: true } : resolved;
    },
  };
}
