import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import type { PublicFolder } from '../../runtime/declarations/public-folders.js';
import type { BundleFormat } from '../config/config.js';
import { declaredReturnsPlugin } from '../openapi/declared-returns-plugin.js';
import { docCommentsPlugin } from '../openapi/doc-comments-plugin.js';
import type { Project } from '../project/project.js';
import { type PublicFiles, readPublicFiles } from '../project/public-files.js';
import { type BundledModule, type ModuleGraph, modulesOf } from './bundled-module.js';
import type { ThrownError } from './circular-imports.js';
import { compileFailure } from './compile-failure.js';
import type { CompileLog } from './compile-options.js';
import { type ConstantClasses, createConstantClasses } from './constants/constant-classes-plugin.js';
import { type BundleFile, finishChunks } from './files/bundle-file.js';
import { neededModules } from './files/needed-modules.js';
import { writeFolder } from './files/write-folder.js';
import { extensionOf, generateChunks, type PassOptions } from './generate-chunks.js';
import { type LoadOutcome, tryToLoad } from './load-check.js';
import { plannedFolders } from './planned-folders.js';
import { builtFilesPlugin } from './plugins/built-files-plugin.js';
import { lightValidatorPlugin } from './plugins/light-validator-plugin.js';
import { planPlugin } from './plugins/plan-plugin.js';
import { createRecorders } from './plugins/recorder-plugin.js';
import { reflectPlugin } from './plugins/reflect-plugin.js';
import { slimPlugin } from './plugins/slim-plugin.js';
import { createUsageWatch } from './plugins/usage-watch.js';
import { createValidatorWatch } from './plugins/validator-watch.js';
import { viewsPlugin } from './plugins/views-plugin.js';
import { type OuterSources, sourcesPlugin } from './sources-plugin.js';
import { methodTypesPlugin } from './syntax/method-types-plugin.js';

/** The code that is deployed to Lambda. */
export interface LambdaBundle {
  /**
   * By name: the entry, the files that it loads on demand, their source maps, the static files of `public/`, and for
   * CommonJS a package.json.
   */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The name of the file that exports the handler: `index.js` or `index.mjs`. */
  readonly entry: string;
  readonly modules: readonly BundledModule[];
  /** Packages that the function imports and that are not in the bundle, sorted. */
  readonly leftOut: readonly string[];
  /** The bundler's warnings. */
  readonly warnings: readonly string[];
  /** The static files, which are among `files`. */
  readonly publicFiles: PublicFiles;
  /** The public folders of its apps, as planned. */
  readonly folders: readonly PublicFolder[];
  /** What kept the app from being planned ahead; undefined where it was planned, or was not to be. */
  readonly planFailure: ThrownError | undefined;
}

/** How a bundle is made. */
export interface BundleOptions {
  /** Whether the bundle has the plan of its app in it, so that a cold start need not read the app. Default: true. */
  readonly isPlanned?: boolean;
  /**
   * Whether it is for this machine alone, with a folder of its own, and finds the public folders of the project. Default:
   * false.
   */
  readonly isLocal?: boolean;
  /** Takes what it reads outside of `src`. Default: nobody. */
  readonly sources?: OuterSources;
  /** Default: `cjs`. */
  readonly format?: BundleFormat;
  /** Packages to leave out. */
  readonly external?: readonly string[];
  /** Packages to leave out, because they lie beside the bundle as they are installed. */
  readonly zipPackages?: readonly string[];
}

/**
 * Bundles the Lambda door with all its packages into one minified file, and beside it the parts of twodoors that only
 * some requests need. Writes nothing that stays.
 *
 * @param plugins further plugins for the bundler
 * @throws CommandError if the door cannot be bundled
 */
export async function bundleLambda(
  project: Project,
  options: BundleOptions = {},
  plugins: readonly Plugin[] = [],
): Promise<LambdaBundle> {
  const { format = 'cjs' } = options;
  // A bundle whose classes are not those of its plan would read the app at every start.
  for (const hasRecorders of format === 'cjs' ? [true, false] : [false]) {
    const constants = createConstantClasses(project, format, hasRecorders);
    const bundle = await bundlePlanned(project, options, plugins, constants);
    if (bundle !== undefined) return bundle;
  }
  return (await bundlePlanned(project, options, plugins))!;
}

/** @returns undefined where the bundle does not have the constant classes that are planned */
async function bundlePlanned(
  project: Project,
  options: BundleOptions,
  plugins: readonly Plugin[],
  constants?: ConstantClasses,
): Promise<LambdaBundle | undefined> {
  const { plugin: watch, usage } = createUsageWatch(project);
  const validators = createValidatorWatch(project, options.format ?? 'cjs');
  const { sources } = options;
  const reported = sources === undefined ? [] : [sourcesPlugin(project, sources)];
  const common = [...reported, reflectPlugin(project), viewsPlugin(project), ...plugins];
  const known = readPublicFiles(project);
  const ofDocuments = [docCommentsPlugin(), declaredReturnsPlugin()];
  const { isPlanned = true, external = [], zipPackages = [] } = options;
  const ofFirst = [
    ...ofDocuments,
    watch,
    validators.plugin,
    builtFilesPlugin(project, known.roots),
    ...(isPlanned && constants ? [constants.first] : []),
    ...common,
  ];
  const first = await bundleWith(project, options, ofFirst, known, { isDraft: true });
  const { plans, documents, error } = isPlanned ? await planAhead(project, first) : NOT_PLANNED;
  const folders = plannedFolders(plans);
  const publicFiles = readPublicFiles(
    project,
    folders.map(({ root }) => root),
  );
  const decorators = validators.usage();
  const needRecorders = plans.length > 0 && constants?.needRecorders() === true;
  if (decorators === undefined && needRecorders) return undefined;
  // A package that is left out may read what decorators and the compiler record, too.
  const isRead = usage.hasOwnReflect || external.length + zipPackages.length > 0;
  // Only a finished bundle shows what nobody uses, and what the app is.
  const second = [
    slimPlugin(project, usage, plans),
    planPlugin(project, plans, documents),
    builtFilesPlugin(project, publicFiles.roots, options.isLocal),
    ...(isRead ? [] : [methodTypesPlugin()]),
    ...(plans.length > 0 && constants ? [constants.last(isRead ? 'mark' : 'put off')] : []),
    ...common,
  ];
  const withRest = ({ files, ...rest }: Bundled): LambdaBundle | undefined =>
    constants?.areAsPlanned() === false
      ? undefined
      : { ...rest, files: new Map([...files, ...(constants?.files ?? [])]), planFailure: error, folders };
  const pass = { needed: neededModules(plans) };
  if (decorators !== undefined) {
    const recorders = createRecorders(project, decorators);
    const light = plans.length > 0 ? [lightValidatorPlugin(project, decorators)] : [];
    const recorded = await bundleWith(project, options, [...light, recorders.plugin, ...second], publicFiles, pass);
    if (recorders.isApart()) return withRest(recorded);
    if (needRecorders) return undefined;
  }
  return withRest(await bundleWith(project, options, second, publicFiles, pass));
}

const NOT_PLANNED: LoadOutcome = { plans: [], documents: [], error: undefined };

/** Loads a bundle once, in a folder that is removed afterwards: its app is read and planned as at a cold start. */
async function planAhead(project: Project, { files, entry }: Bundled): Promise<LoadOutcome> {
  mkdirSync(join(project.root, 'build'), { recursive: true });
  const folder = mkdtempSync(join(project.root, 'build/plan-'));
  try {
    writeFolder(folder, files);
    return await tryToLoad(join(folder, entry), project.root);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Bundled = Omit<LambdaBundle, 'planFailure' | 'folders'>;

async function bundleWith(
  project: Project,
  { format = 'cjs', external = [], zipPackages = [] }: BundleOptions,
  plugins: readonly Plugin[],
  publicFiles: PublicFiles,
  pass: PassOptions = {},
): Promise<Bundled> {
  const log: CompileLog = { warnings: [], errors: [] };
  const entry = `index.${extensionOf(format)}`;
  const graph: ModuleGraph = new Map();
  const isExternal = (name: string) =>
    isProvided(name) || [...external, ...zipPackages].some((each) => name === each || name.startsWith(`${each}/`));
  try {
    const generated = await generateChunks(project, {
      format,
      isExternal,
      log,
      graph,
      plugins,
      ...pass,
    });
    const chunks: BundleFile[] =
      format === 'cjs' ? finishChunks(generated, exportedNames(graph), pass.isDraft) : generated;
    return {
      entry,
      files: new Map([...chunks.flatMap(filesOf), ...packageJson(format), ...publicFiles.files]),
      modules: pass.isDraft ? [] : modulesOf(project, chunks, graph),
      leftOut: [...new Set(chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]))]
        .filter(isExternal)
        .sort(),
      publicFiles,
      warnings: [...log.warnings, ...publicFiles.warnings],
    };
  } catch (error) {
    throw compileFailure(project, error);
  }
}

/** All names that a module exports: those of the entry are among them, even where it re-exports another module's. */
function exportedNames(graph: ModuleGraph): ReadonlySet<string> {
  return new Set([...graph.values()].flatMap(({ exports }) => exports));
}

/** Lambda's Node.js runtimes contain these packages. */
function isProvided(name: string): boolean {
  return name.startsWith('@aws-sdk/');
}

function filesOf({ fileName, code, map }: BundleFile): [string, Buffer][] {
  const file: [string, Buffer] = [fileName, Buffer.from(code)];
  return map === null ? [file] : [file, [`${fileName}.map`, Buffer.from(JSON.stringify(map))]];
}

function packageJson(format: BundleFormat): [string, Buffer][] {
  return format === 'cjs' ? [['package.json', Buffer.from('{ "type": "commonjs" }\n')]] : [];
}
