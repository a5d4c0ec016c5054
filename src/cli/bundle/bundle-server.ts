import type { Plugin } from 'rolldown';
import { bootstrapOf } from '../project/bootstrap.js';
import { buildFolder } from '../project/build-folder.js';
import type { Project } from '../project/project.js';
import { type PublicFiles, readPublicFiles } from '../project/public-files.js';
import { bundleModule, type ModuleBundle } from './bundle-module.js';
import { graphPlugin, type ModuleGraph } from './bundled-module.js';
import { assertOneInstalledVersion } from './installed-versions.js';
import { assertOneVersion } from './one-version.js';
import { builtFilesModule } from './plugins/built-files-plugin.js';
import { reflectPlugin } from './plugins/reflect-plugin.js';
import { shakenPackagesPlugin } from './plugins/shaken-packages-plugin.js';
import { typeNamesPlugin } from './plugins/type-names-plugin.js';
import { universalModulesPlugin } from './plugins/universal-modules-plugin.js';
import { viewsPlugin } from './plugins/views-plugin.js';
import { fileNamesPlugin } from './server/file-names-plugin.js';
import { type LeftOutPackages, serverPackagesPlugin } from './server/server-packages-plugin.js';
import type { OuterSources } from './sources-plugin.js';

/** How a server is bundled. */
export interface ServerOptions {
  /** Whether it is for this machine alone. Default: false. */
  readonly isLocal?: boolean;
  /** Takes what it reads outside of `src`. Default: nobody. */
  readonly sources?: OuterSources;
  /** Whether the packages that it needs are in it. Default: false, they stay in node_modules. */
  readonly hasPackages?: boolean;
  /** Packages that stay in node_modules in any case, such as those that instrumentation patches. Default: none. */
  readonly external?: readonly string[];
  /** Public folders to copy beside those of the config. Default: none. */
  readonly folders?: readonly string[];
}

/** The compiled Koa door. */
export interface ServerBundle extends ModuleBundle {
  /** The packages that must be installed beside a server that has all others in it. */
  readonly leftOut: LeftOutPackages;
}

/**
 * Compiles the Koa door, and adds the static files of `public/`. Writes nothing.
 *
 * @throws CommandError if the door cannot be compiled, or its packages load several versions of twodoors
 */
export async function bundleServer(project: Project, options: ServerOptions = {}): Promise<ServerBundle> {
  const publicFiles = readPublicFiles(project, options.folders);
  const graph: ModuleGraph = new Map();
  const leftOut: LeftOutPackages = new Map();
  const { files, imports, warnings } = await bundleModule(project, bootstrapOf(project, 'koa'), {
    canSplit: true,
    sources: options.sources,
    folder: buildFolder(project, 'koa', options.isLocal),
    ...preludeOf(publicFiles),
    ...(options.hasPackages === true && { packages: packagePlugins(project, options, leftOut, graph) }),
  });
  assertOneVersion(graph.keys());
  await assertOneInstalledVersion(project, imports);
  return {
    files: new Map([...files, ...manifestOf(leftOut), ...publicFiles.files]),
    imports,
    leftOut,
    warnings: [...warnings, ...publicFiles.warnings],
  };
}

/** What puts packages into the bundle as they are in a Lambda bundle, views included. */
function packagePlugins(
  project: Project,
  { external = [] }: ServerOptions,
  leftOut: LeftOutPackages,
  graph: ModuleGraph,
): Plugin[] {
  return [
    serverPackagesPlugin(external, leftOut),
    graphPlugin(graph),
    typeNamesPlugin(project),
    shakenPackagesPlugin(),
    universalModulesPlugin(),
    reflectPlugin(project),
    viewsPlugin(project),
    fileNamesPlugin(),
  ];
}

/** A package.json by which `npm install` in the folder of the server adds what was left out. */
function manifestOf(leftOut: LeftOutPackages): [string, Buffer][] {
  const installed = [...leftOut].filter(([, version]) => version !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  if (installed.length === 0) return [];
  const manifest = { private: true, type: 'module', dependencies: Object.fromEntries(installed) };
  return [['package.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]];
}

/** The option that tells an app which files a build has put beside it. */
export function preludeOf({ roots }: PublicFiles): { readonly prelude: string } {
  return { prelude: builtFilesModule(roots) };
}
