import { type OutputChunk, type OutputOptions, type Plugin, rolldown } from 'rolldown';
import { CommandError } from '../command-error.js';
import type { BundleFormat } from '../config/config.js';
import { BOOTSTRAPS, bootstrapOf } from '../project/bootstrap.js';
import { moduleName } from '../project/module-name.js';
import type { Project } from '../project/project.js';
import { graphPlugin, type ModuleGraph } from './bundled-module.js';
import { compileFailure } from './compile-failure.js';
import { type CompileLog, type CompileOptions, compileOptions } from './compile-options.js';
import { eagerPlugin } from './eager/eager-plugin.js';
import { type FileGroup, groupFiles } from './files/file-groups.js';
import { assertOneVersion } from './one-version.js';
import { lazyPlugin } from './plugins/lazy-plugin.js';
import { shakenPackagesPlugin } from './plugins/shaken-packages-plugin.js';
import { typeNamesPlugin } from './plugins/type-names-plugin.js';
import { universalModulesPlugin } from './plugins/universal-modules-plugin.js';

/** Which pass of a build it is. */
export interface PassOptions {
  /** Whether the build alone loads it: without source maps, groups of modules, and their list, which take long. */
  readonly isDraft?: boolean;
  /** Modules that each request of the app needs, and those of other apps do not: they are not loaded on demand. By name. */
  readonly needed?: readonly string[];
}

/** What is bundled, and how. */
export interface ChunkOptions extends PassOptions {
  readonly format: BundleFormat;
  readonly isExternal: (name: string) => boolean;
  readonly log: CompileLog;
  readonly graph: ModuleGraph;
  /** For the entry. */
  readonly plugins: readonly Plugin[];
}

/** The entry of the Lambda door, and the files that it loads on demand. @throws CommandError where it cannot be compiled */
export async function generateChunks(project: Project, chunkOptions: ChunkOptions): Promise<OutputChunk[]> {
  const { format, isExternal, log, graph, plugins, isDraft, needed } = chunkOptions;
  const bootstrap = bootstrapOf(project, 'lambda');
  const packages = [shakenPackagesPlugin(), universalModulesPlugin()];
  const ownPlugins = [
    lazyPlugin(project, format, needed),
    ...(isDraft ? [] : [eagerPlugin(project)]),
    graphPlugin(graph),
    typeNamesPlugin(project),
    ...packages,
    ...plugins,
  ];
  const options = { ...compileOptions(project, bootstrap, ownPlugins, log), external: isExternal };
  const chunks = await generate(project, options, chunkOptions);
  if (log.errors.length > 0) throw compileFailure(project, { errors: log.errors });
  assertOneVersion(graph.keys());
  if (!chunks[0]!.exports.includes('handler')) {
    throw new CommandError(
      `${BOOTSTRAPS.lambda} does not export a "handler", which Lambda calls. Write: export const handler = createHandler(app).`,
    );
  }
  return chunks;
}

const MINIFY = { mangle: { keepNames: { class: true, function: false } } };

async function generate(
  project: Project,
  options: CompileOptions,
  { format, isDraft }: ChunkOptions,
): Promise<OutputChunk[]> {
  const extension = extensionOf(format);
  const generateWith = async (
    plugins: Plugin[],
    output: OutputOptions,
    groups?: readonly FileGroup[],
  ): Promise<OutputChunk[]> => {
    const bundle = await rolldown({ ...options, plugins, preserveEntrySignatures: 'allow-extension' });
    try {
      const { output: files } = await bundle.generate({
        format,
        generatedCode: { symbols: false },
        // ES modules are strict, also at the Koa door: a write to a frozen object must fail at both.
        strict: true,
        // Class names appear in replies and messages, which must be the same at both doors.
        keepNames: true,
        comments: false,
        sourcemapPathTransform: (source, map) => moduleName(project, new URL(source, `file://${map}`).pathname),
        entryFileNames: `index.${extension}`,
        chunkFileNames: `[name].${extension}`,
        ...(groups !== undefined && {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: groups.map(({ name, modules }) => ({ name, test: (id) => modules.has(id) })),
          },
        }),
        ...output,
      });
      const chunks = files.filter((file): file is OutputChunk => file.type === 'chunk');
      return chunks.sort((a, b) => Number(b.isEntry) - Number(a.isEntry) || (a.fileName < b.fileName ? -1 : 1));
    } finally {
      await bundle.close();
    }
  };
  if (isDraft) return await generateWith(options.plugins, { minify: MINIFY });
  // What is split how does not depend on how it is written.
  const split = format === 'cjs' ? await generateWith(options.plugins.map(withoutRendering), { minify: false }) : [];
  const groups = split.length > 1 ? groupFiles(split) : undefined;
  return await generateWith(options.plugins, { minify: MINIFY, sourcemap: true }, groups);
}

/** A plugin that leaves the code of files as the bundler writes it. */
function withoutRendering({ renderChunk: _, ...others }: Plugin): Plugin {
  return others;
}

/** Whether Lambda loads a .js as CommonJS depends on package.json; an .mjs is an ES module everywhere. */
export function extensionOf(format: BundleFormat): 'js' | 'mjs' {
  return format === 'esm' ? 'mjs' : 'js';
}
