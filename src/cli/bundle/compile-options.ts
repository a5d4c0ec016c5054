import type { InputOptions, Plugin } from 'rolldown';
import type { Project } from '../project/project.js';
import { type BundlerError, withoutCode } from './compile-failure.js';
import { optionalRequiresPlugin } from './optional-requires-plugin.js';
import { esModulesPlugin } from './plugins/es-modules-plugin.js';
import { nativeAddonPlugin } from './plugins/native-addon-plugin.js';

const ENTRY = 'twodoors:entry';
const BOOTSTRAP = 'twodoors:bootstrap';
const PRELUDE = 'twodoors:prelude';
/** Any of them. The bundler calls no plugin for other modules: there are hundreds, and each call takes time. */
const OWN_MODULE = /^twodoors:(?:entry|bootstrap|prelude)$/;

/** The oldest Node.js that the output must run on. */
export const TARGET = 'node20.19';

/** Decorators are compiled as twodoors needs them, whatever tsconfig.json says. */
export const DECORATOR_OPTIONS = { legacy: true, emitDecoratorMetadata: true } as const;

/**
 * What Node.js reads of a package.json, so that both doors have the same files. It does not know `module`. The condition
 * `node-addons` is left out: a bundle cannot contain native addons.
 */
export const NODE_RESOLUTION = { mainFields: ['main'], conditionNames: ['node', 'module-sync'] };

/** What the bundler logged. */
export interface CompileLog {
  readonly warnings: string[];
  /** What the bundler only warns about, although the bundle cannot work. */
  readonly errors: BundlerError[];
}

/** The bundler's options, and its plugins in their order. */
export interface CompileOptions extends InputOptions {
  plugins: Plugin[];
}

/**
 * The bundler's options for both doors.
 *
 * @param prelude the code of a module that runs before the app. Default: none
 */
export function compileOptions(
  project: Project,
  bootstrap: string,
  plugins: readonly Plugin[],
  log: CompileLog,
  prelude?: string,
): CompileOptions {
  return {
    cwd: project.root,
    input: { index: ENTRY },
    platform: 'node',
    resolve: {
      ...NODE_RESOLUTION,
      conditionNames: [...(project.isTwodoors ? ['twodoors-source'] : []), ...NODE_RESOLUTION.conditionNames],
    },
    transform: { target: TARGET, decorator: DECORATOR_OPTIONS },
    // See DECORATOR_OPTIONS.
    checks: {
      configurationFieldConflict: false,
      // Which modules a file of twodoors or of a package loads on demand is nothing that the app can change.
      ineffectiveDynamicImport: false,
      // That a busy machine takes long for our plugins is not the app's either.
      bundlerTimings: false,
    },
    // The last one resolves through all others, and what they throw there would lose its message.
    plugins: [
      entryPlugin(bootstrap, prelude),
      nativeAddonPlugin(project),
      ...plugins,
      optionalRequiresPlugin(),
      esModulesPlugin(),
    ],
    onLog: (level, entry) => {
      if (entry.code === 'UNRESOLVED_IMPORT') log.errors.push(entry);
      else if (level === 'warn' && !isTypeOnly(entry) && !isEvalOfPackage(entry))
        log.warnings.push(withoutCode(entry.message));
    },
  };
}

/**
 * Loads twodoors, and reflect-metadata with it, before everything else, since a DTO may be imported before twodoors. The
 * source map contains the text of this entry, so it names no path of this machine.
 */
function entryPlugin(bootstrap: string, prelude: string | undefined): Plugin {
  const imports = ['twodoors', ...(prelude === undefined ? [] : [PRELUDE])].map((name) => `import '${name}';\n`);
  const modules = new Map([[ENTRY, `${imports.join('')}export * from '${BOOTSTRAP}';\n`]]);
  if (prelude !== undefined) modules.set(PRELUDE, prelude);
  return {
    name: 'twodoors:entry',
    resolveId: {
      filter: { id: OWN_MODULE },
      handler: (source) => (source === BOOTSTRAP ? bootstrap : modules.has(source) ? source : null),
    },
    load: {
      filter: { id: OWN_MODULE },
      handler: (id) => {
        const code = modules.get(id);
        return code === undefined ? null : { code, moduleSideEffects: true };
      },
    },
  };
}

/** Whether a warning is about `eval` in a package, such as depd of Koa, which the app cannot change. */
function isEvalOfPackage({ code, id }: { readonly code?: string; readonly id?: string }): boolean {
  return code === 'EVAL' && id !== undefined && /[\\/]node_modules[\\/]/.test(id);
}

/** Whether a warning is about a type in the metadata of a decorator: that it has no value is what the metadata tests. */
function isTypeOnly({ code, message }: { readonly code?: string; readonly message: string }): boolean {
  return code === 'IMPORT_IS_UNDEFINED' && /typeof [\w$.]+ === "undefined" \? Object : /.test(message);
}
