import type { InputOptions, Plugin } from 'rolldown';
import type { Project } from '../project/project.js';
import { type BundlerError, withoutCode } from './compile-failure.js';

const ENTRY = 'twodoors:entry';
const BOOTSTRAP = 'twodoors:bootstrap';

/** The oldest Node that what we build has to run on. */
const TARGET = 'node20.19';

/** What the bundler logged: what is odd, and what it would ignore though the bundle cannot work. */
export interface CompileLog {
  readonly warnings: string[];
  readonly errors: BundlerError[];
}

/** What both doors are compiled with. */
export function compileOptions(
  project: Project,
  bootstrap: string,
  plugins: readonly Plugin[],
  log: CompileLog,
): InputOptions {
  return {
    cwd: project.root,
    input: { index: ENTRY },
    platform: 'node',
    resolve: {
      // The ES modules of class-validator can be shaken: 20 KB instead of 500.
      mainFields: ['module', 'main'],
      conditionNames: project.isTwodoors ? ['twodoors-source', 'node'] : ['node'],
    },
    transform: { target: TARGET, decorator: { legacy: true, emitDecoratorMetadata: true } },
    // Decorators are compiled as ours need it, whatever tsconfig.json says.
    checks: { configurationFieldConflict: false },
    plugins: [entryPlugin(bootstrap), ...plugins],
    onLog: (level, entry) => {
      if (entry.code === 'UNRESOLVED_IMPORT') log.errors.push(entry);
      else if (level === 'warn') log.warnings.push(withoutCode(entry.message));
    },
  };
}

/**
 * Loads twodoors, and reflect-metadata with it, before anything else: a DTO may be imported before it. What it says
 * stands in the source map, and names no place of this machine.
 */
function entryPlugin(bootstrap: string): Plugin {
  return {
    name: 'twodoors:entry',
    resolveId: (source) => (source === BOOTSTRAP ? bootstrap : source === ENTRY ? ENTRY : null),
    load: (id) => (id === ENTRY ? `import 'twodoors';\nexport * from '${BOOTSTRAP}';\n` : null),
  };
}
