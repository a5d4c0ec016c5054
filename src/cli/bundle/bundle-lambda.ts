import { type InputOptions, type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { CommandError } from '../command-error.js';
import type { BundleFormat } from '../config/config.js';
import { BOOTSTRAPS, bootstrapOf, moduleName, type Project } from '../project/project.js';
import { readPublicFiles } from '../project/public-files.js';
import { type BundledModule, graphPlugin, type ModuleGraph, modulesOf } from './bundled-module.js';
import { compileFailure } from './compile-failure.js';
import { type CompileLog, compileOptions } from './compile-options.js';
import { lazyPlugin } from './plugins/lazy-plugin.js';
import { createReflectWatch, hasValidators, slimPlugin } from './plugins/slim-plugin.js';
import { viewsPlugin } from './plugins/views-plugin.js';

/** What is deployed to Lambda. */
export interface LambdaBundle {
  /**
   * By name: `index.js` or `index.mjs`, files that it loads when they are needed, their source maps, what is in `public/`,
   * and for CommonJS the package.json that says so.
   */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The name of the file that exports the handler. */
  readonly entry: string;
  readonly modules: readonly BundledModule[];
  /** Packages that are not in it, and that the function needs all the same, sorted. */
  readonly leftOut: readonly string[];
  /** What the bundler found odd. */
  readonly warnings: readonly string[];
}

/** How a bundle is made. */
export interface BundleOptions {
  /** Default: `cjs`. */
  readonly format?: BundleFormat;
  /** Packages that stay out. */
  readonly external?: readonly string[];
}

/** Node's Lambda runtimes bring these. */
const isProvided = (name: string) => name.startsWith('@aws-sdk/');

/**
 * Bundles the Lambda door with all that it needs into one minified file, and what only some requests need into others
 * beside it. Nothing is written.
 *
 * @param plugins what else the bundler is to do
 * @throws CommandError for what the user can mend
 */
export async function bundleLambda(
  project: Project,
  options: BundleOptions = {},
  plugins: readonly Plugin[] = [],
): Promise<LambdaBundle> {
  const watch = createReflectWatch();
  const bundle = await bundleWith(project, options, [watch.plugin, viewsPlugin(project), ...plugins]);
  // Only the whole graph tells what nobody uses; a second pass is 0.1 s.
  const usage = { hasValidators: hasValidators(bundle.modules), hasOwnReflect: watch.importers.size > 0 };
  return usage.hasValidators && usage.hasOwnReflect
    ? bundle
    : bundleWith(project, options, [slimPlugin(usage), viewsPlugin(project), ...plugins]);
}

async function bundleWith(
  project: Project,
  { format = 'cjs', external = [] }: BundleOptions,
  plugins: readonly Plugin[],
): Promise<LambdaBundle> {
  const log: CompileLog = { warnings: [], errors: [] };
  const bootstrap = bootstrapOf(project, 'lambda');
  // Lambda takes a .js for CommonJS or not by a package.json; an .mjs is ES modules anywhere.
  const extension = format === 'esm' ? 'mjs' : 'js';
  const entry = `index.${extension}`;
  const lazy = new Map<string, string>();
  const graph = new Map() as ModuleGraph;
  const isExternal = (name: string) =>
    isProvided(name) || external.some((each) => name === each || name.startsWith(`${each}/`));
  const bundle = (options: InputOptions, fileName: string) =>
    generate(project, { ...options, external: isExternal }, { format, fileName });
  try {
    const toLoad = [lazyPlugin(lazy, extension), graphPlugin(graph), ...plugins];
    const chunks = [await bundle(compileOptions(project, bootstrap, toLoad, log), entry)];
    if (log.errors.length > 0) throw compileFailure(project, { errors: log.errors });
    if (!chunks[0]!.exports.includes('handler')) {
      throw new CommandError(
        `${BOOTSTRAPS.lambda} exports no "handler", which is what Lambda calls. Write: export const handler = createHandler(app).`,
      );
    }
    for (const [name, id] of lazy) {
      // It may have been shaken off, with all that asks for it.
      if (!chunks[0]!.dynamicImports.includes(`./${name}`)) continue;
      const options = compileOptions(project, bootstrap, [graphPlugin(graph)], log);
      chunks.push(await bundle({ ...options, input: id }, name));
    }
    return {
      entry,
      files: new Map([
        ...chunks.flatMap(({ fileName, code, map }): [string, Buffer][] => [
          [fileName, Buffer.from(code)],
          [`${fileName}.map`, Buffer.from(JSON.stringify(map))],
        ]),
        ...(format === 'cjs' ? [['package.json', Buffer.from('{ "type": "commonjs" }\n')] as const] : []),
        ...readPublicFiles(project),
      ]),
      modules: modulesOf(project, chunks, graph),
      leftOut: [...new Set(chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]))]
        .filter(isExternal)
        .sort(),
      warnings: log.warnings,
    };
  } catch (error) {
    throw compileFailure(project, error);
  }
}

/** Makes one file. */
async function generate(
  project: Project,
  options: InputOptions,
  { format, fileName }: { readonly format: BundleFormat; readonly fileName: string },
): Promise<OutputChunk> {
  const bundle = await rolldown(options);
  try {
    const { output } = await bundle.generate({
      format,
      generatedCode: { symbols: false },
      codeSplitting: false,
      // ES modules are strict, and behind Koa they stay ES modules: a write to a frozen object has to fail here as well.
      strict: true,
      // Names of classes stand in answers and in messages; they are the same through both doors.
      keepNames: true,
      minify: { mangle: { keepNames: { class: true, function: false } } },
      comments: false,
      sourcemap: true,
      sourcemapPathTransform: (source, map) => moduleName(project, new URL(source, `file://${map}`).pathname),
      entryFileNames: fileName,
    });
    return output[0];
  } finally {
    await bundle.close();
  }
}
