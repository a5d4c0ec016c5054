import { type InputOptions, type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { BuildError } from './build-error.js';
import { compileFailure } from './compile-failure.js';
import { type CompileLog, compileOptions } from './compile-options.js';
import { lazyPlugin } from './lazy-files.js';
import { BOOTSTRAPS, bootstrapOf, moduleName, type Project } from './project.js';
import { createReflectWatch, hasValidators, slimPlugin } from './slim-plugins.js';
import { viewsPlugin } from './views-plugin.js';

/** A module that is in a bundle. */
export interface BundledModule {
  /** Relative to the project, or from `node_modules` on. */
  readonly name: string;
  /** What of it is left after shaking, before minifying. */
  readonly bytes: number;
}

/** What is deployed to Lambda. */
export interface LambdaBundle {
  /** By name: `index.js`, files that it loads when they are needed, their source maps, and the package.json that says CommonJS. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly modules: readonly BundledModule[];
  /** What the bundler found odd. */
  readonly warnings: readonly string[];
}

/** Node's Lambda runtimes bring these. */
const isProvided = (name: string) => name.startsWith('@aws-sdk/');

/**
 * Bundles the Lambda door with all that it needs into one minified CommonJS file, and what only some requests need into
 * others beside it. Nothing is written.
 *
 * @throws BuildError for what the user can mend
 */
export async function bundleLambda(project: Project): Promise<LambdaBundle> {
  const watch = createReflectWatch();
  const bundle = await bundleWith(project, [watch.plugin, viewsPlugin(project)]);
  // Only the whole graph tells what nobody uses; a second pass is 0.1 s.
  const usage = { hasValidators: hasValidators(bundle.modules), hasOwnReflect: watch.importers.size > 0 };
  return usage.hasValidators && usage.hasOwnReflect
    ? bundle
    : bundleWith(project, [slimPlugin(usage), viewsPlugin(project)]);
}

async function bundleWith(project: Project, plugins: readonly Plugin[]): Promise<LambdaBundle> {
  const log: CompileLog = { warnings: [], errors: [] };
  const bootstrap = bootstrapOf(project, 'lambda');
  const lazy = new Map<string, string>();
  try {
    const options = compileOptions(project, bootstrap, [lazyPlugin(lazy), ...plugins], log);
    const chunks = [await generate(project, options, 'index.js')];
    if (log.errors.length > 0) throw compileFailure(project, { errors: log.errors });
    if (!chunks[0]!.exports.includes('handler')) {
      throw new BuildError(
        `${BOOTSTRAPS.lambda} exports no "handler", which is what Lambda calls. Write: export const handler = createHandler(app).`,
      );
    }
    for (const [name, id] of lazy) {
      // It may have been shaken off, with all that asks for it.
      if (!chunks[0]!.dynamicImports.includes(`./${name}`)) continue;
      chunks.push(await generate(project, { ...compileOptions(project, bootstrap, [], log), input: id }, name));
    }
    return {
      files: new Map([
        ...chunks.flatMap(({ fileName, code, map }): [string, Buffer][] => [
          [fileName, Buffer.from(code)],
          [`${fileName}.map`, Buffer.from(JSON.stringify(map))],
        ]),
        ['package.json', Buffer.from('{ "type": "commonjs" }\n')],
      ]),
      modules: chunks.flatMap(({ modules }) =>
        Object.entries(modules).map(([id, { renderedLength }]) => ({
          name: moduleName(project, id),
          bytes: renderedLength,
        })),
      ),
      warnings: log.warnings,
    };
  } catch (error) {
    throw compileFailure(project, error);
  }
}

/** Makes one file. */
async function generate(project: Project, options: InputOptions, fileName: string): Promise<OutputChunk> {
  const bundle = await rolldown({ ...options, external: isProvided });
  try {
    const { output } = await bundle.generate({
      format: 'cjs',
      generatedCode: { symbols: false },
      codeSplitting: false,
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
