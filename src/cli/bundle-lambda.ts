import { type Plugin, rolldown } from 'rolldown';
import { BuildError } from './build-error.js';
import { compileFailure } from './compile-failure.js';
import { type CompileLog, compileOptions } from './compile-options.js';
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
  /** By name: one CommonJS file, its source map, and the package.json that says so. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly modules: readonly BundledModule[];
  /** What the bundler found odd. */
  readonly warnings: readonly string[];
}

/** Node's Lambda runtimes bring these. */
const isProvided = (name: string) => name.startsWith('@aws-sdk/');

/**
 * Bundles the Lambda door with all that it needs into one minified CommonJS file. Nothing is written.
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
  const bundle = await rolldown({ ...compileOptions(project, bootstrap, plugins, log), external: isProvided });
  try {
    const { output } = await bundle.generate({
      format: 'cjs',
      codeSplitting: false,
      // Names of classes stand in answers and in messages; they are the same through both doors.
      keepNames: true,
      minify: { mangle: { keepNames: { class: true, function: false } } },
      comments: false,
      sourcemap: true,
      sourcemapPathTransform: (source, map) => moduleName(project, new URL(source, `file://${map}`).pathname),
      entryFileNames: 'index.js',
    });
    if (log.errors.length > 0) throw compileFailure(project, { errors: log.errors });
    const [chunk] = output;
    if (!chunk.exports.includes('handler')) {
      throw new BuildError(
        `${BOOTSTRAPS.lambda} exports no "handler", which is what Lambda calls. Write: export const handler = createHandler(app).`,
      );
    }
    const modules = Object.entries(chunk.modules).map(([id, { renderedLength }]) => ({
      name: moduleName(project, id),
      bytes: renderedLength,
    }));
    return {
      files: new Map([
        ['index.js', Buffer.from(chunk.code)],
        ['index.js.map', Buffer.from(JSON.stringify(chunk.map))],
        ['package.json', Buffer.from('{ "type": "commonjs" }\n')],
      ]),
      modules,
      warnings: log.warnings,
    };
  } catch (error) {
    throw compileFailure(project, error);
  } finally {
    await bundle.close();
  }
}
