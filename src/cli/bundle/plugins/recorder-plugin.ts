import { dirname, extname, join } from 'node:path';
import type { OutputBundle, Plugin, PluginContext } from 'rolldown';
import type { Project } from '../../project/project.js';
import { loadAtOnce } from '../files/required-at-once.js';
import { runtimeFiles } from './runtime-files.js';
import type { ValidatorUsage } from './validator-usage.js';

/** Stands for class-validator in a bundle that only uses its decorators. */
export const RECORDERS = 'twodoors:recorders';

/** The module that the recorders load: class-validator itself, and what replays into it. */
const REPLAY = 'twodoors:recorders/class-validator';

/** Whether a module only stands between class-validator and the modules that import it. */
export function isRecorderModule(id: string): boolean {
  return id === RECORDERS || id === REPLAY;
}

/** The recorders that do more than to record a decorator, by what they stand for. */
const SPECIAL: Readonly<Record<string, string>> = {
  registerDecorator: 'recordRegistration',
  buildMessage: 'recordMessage',
};

/** Puts recorders in the place of class-validator, which gets a file of its own. */
export interface Recorders {
  readonly plugin: Plugin;
  /** Whether class-validator's file can be loaded at any time, even while the entry is still running. */
  readonly isApart: () => boolean;
}

/**
 * Lets every import of class-validator lead to recorders of its decorators. The runtime's `recorders/` say what they do.
 * A cold start whose first request needs no validation neither reads nor runs class-validator.
 */
export function createRecorders(project: Project, usage: ValidatorUsage): Recorders {
  const runtime = runtimeFiles(project);
  let isApart = true;
  return {
    isApart: () => isApart,
    plugin: {
      name: 'twodoors:recorders',
      resolveId: {
        // Before the plugin that chooses the files of class-validator.
        order: 'pre',
        filter: { id: /^(?:class-validator|twodoors:recorders(?:\/class-validator)?)$/ },
        async handler(source, importer) {
          if (isRecorderModule(source)) return source;
          if (await runtime.has(this, importer)) return null;
          return importer === REPLAY ? usage.module : RECORDERS;
        },
      },
      load: {
        filter: { id: /^twodoors:recorders(?:\/class-validator)?$/ },
        async handler(id) {
          const code =
            id === RECORDERS
              ? recordersCode(await fileOf(this, 'decorator-recorder'), usage)
              : replayCode(await fileOf(this, 'replay-calls'), usage);
          // It stands for no line of the source, and names paths of this machine.
          return { code, map: { version: 3, names: [], sources: [], mappings: '' } };
        },
      },
      generateBundle(_options, output) {
        isApart = hasAllModules(this, output);
      },
    },
  };

  /** The path of a file of the runtime's recorders, as a literal. */
  async function fileOf(context: PluginContext, name: string): Promise<string> {
    const entry = (await runtime.entry(context))!;
    return JSON.stringify(join(dirname(entry), 'recorders', name + extname(entry)));
  }
}

function recordersCode(recorder: string, { names, unused }: ValidatorUsage): string {
  const imported = ['startRecording', 'recordDecorator', ...Object.values(SPECIAL)].join(', ');
  const recorders = names.map((name) => `export const ${name} = ${SPECIAL[name] ?? `recordDecorator('${name}')`};`);
  return [
    `import { ${imported} } from ${recorder};`,
    'let loaded;',
    `startRecording(() => loaded ??= ${loadAtOnce(`'${REPLAY}'`)});`,
    ...recorders,
    'const unused = undefined;',
    ...unused.map((name) => `export { unused as ${name} };`),
  ].join('\n');
}

function replayCode(replay: string, { names }: ValidatorUsage): string {
  return [
    `import { replayCalls } from ${replay};`,
    `import { ${names.join(', ')} } from 'class-validator';`,
    `export const functions = { ${names.join(', ')} };`,
    'export const replay = (calls, storage) => replayCalls(functions, calls, storage);',
  ].join('\n');
}

/**
 * Whether all that class-validator's file needs is in it, apart from the bundler's own helpers, which are there as soon as
 * the entry runs. What it shares with the app may not have run yet when somebody reads the storage.
 */
function hasAllModules(context: PluginContext, output: OutputBundle): boolean {
  const chunks = Object.values(output).filter((file) => file.type === 'chunk');
  const own = chunks.find(({ modules }) => REPLAY in modules)!;
  const others = new Set(chunks.filter((chunk) => chunk !== own).flatMap(({ moduleIds }) => moduleIds));
  const reached = new Set<string>();
  const visit = (id: string): boolean => {
    if (reached.has(id) || id.startsWith('\0')) return true;
    reached.add(id);
    return !others.has(id) && (context.getModuleInfo(id)?.importedIds ?? []).every(visit);
  };
  return !own.isEntry && visit(REPLAY);
}
