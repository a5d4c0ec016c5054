import { dirname, sep } from 'node:path';
import { type Plugin, type RenderedChunk, RolldownMagicString } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import type { BundleFormat } from '../../config/config.js';
import type { Project } from '../../project/project.js';
import { RECORDERS } from '../plugins/recorder-plugin.js';
import { runtimeFiles } from '../plugins/runtime-files.js';
import { PROBE } from '../plugins/validator-watch.js';
import { dropMethodTypes } from '../syntax/method-types-plugin.js';
import type { SyntaxNode } from '../syntax/syntax-node.js';
import {
  type ConstantClass,
  constantClasses,
  type DecoratorOrigins,
  type DecoratorStatement,
} from './constant-classes.js';
import { DECORATE_LATE, LATE_FILE, lateDecorators } from './late-decorators.js';
import { bareName, type TopLevelName, topLevelNames } from './top-level-names.js';

/** Where twodoors' decorators are, below its runtime. */
const DECORATORS = /^(?:decorators\/[\w-]+|web\/auth\/(?:current-user|login-required)|openapi\/api-decorators)\.[jt]s$/;

/** What stands for class-validator in the first pass, and in bundles with recorders: these notice further decorators. */
const VALIDATORS: readonly string[] = [PROBE, RECORDERS];

const HELPER = /@oxc-project.+[\\/](decorate(?:Param|Metadata)?)\.js$/;

type Names = ReadonlyMap<string, TopLevelName>;

/** What a pass does with constant classes. */
export type ConstantUse = 'mark' | 'put off';

/** Finds the classes whose decorators get constants alone, so that a cold start need not call them. */
export interface ConstantClasses {
  /** For the first pass, after which the app is planned. */
  readonly first: Plugin;
  /** For the last. @param use where something else reads what decorators record, they are not put off */
  last(use: ConstantUse): Plugin;
  /** Whether some have decorators of class-validator, so that the bundle must have recorders. */
  readonly needRecorders: () => boolean;
  /** Whether the last pass has found the classes that are planned as constant. */
  readonly areAsPlanned: () => boolean;
  /** What the last pass has taken out of the entry, by the names of files. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Names the classes whose decorators get nothing but constants. What these record is as the plan has it in every process, so
 * that a start compares their names alone; and, where nobody but twodoors reads what is recorded, the decorators are called
 * when that is first needed, which most cold starts never do.
 *
 * @param hasRecorders whether classes with decorators of class-validator may be among them, as in bundles with recorders
 */
export function createConstantClasses(project: Project, format: BundleFormat, hasRecorders: boolean): ConstantClasses {
  const runtime = runtimeFiles(project);
  const planned = new Set<string>();
  let haveValidators = false;
  let found: ReadonlySet<string> | undefined;
  const files = new Map<string, Uint8Array>();
  return {
    files,
    areAsPlanned: () => found === undefined || [...planned].every((id) => found!.has(id)),
    needRecorders: () => haveValidators,
    first: pluginOf((code, { classes, names }) => {
      for (const { id } of classes) planned.add(id);
      haveValidators = classes.some(({ hasValidators }) => hasValidators);
      return markClasses(code, classes, names);
    }),
    last: (use) =>
      pluginOf((code, all) => {
        const known = { ...all, classes: all.classes.filter(({ id }) => planned.has(id)) };
        const written =
          use === 'mark'
            ? { changed: markClasses(code, known.classes, known.names), file: undefined }
            : putOffClasses(code, known, format === 'cjs');
        if (written === undefined) return undefined;
        found = new Set(known.classes.map(({ id }) => id));
        if (written.file === undefined) files.delete(LATE_FILE);
        else files.set(LATE_FILE, Buffer.from(written.file));
        return written.changed;
      }),
  };

  function pluginOf(write: (code: string, found: FoundClasses) => RolldownMagicString | undefined): Plugin {
    return {
      name: 'twodoors:constant-classes',
      renderChunk: {
        // The code of modules is still in it as it is in their list.
        order: 'pre',
        async handler(code, chunk) {
          const entry = chunk.isEntry ? await runtime.entry(this) : undefined;
          if (entry === undefined) return null;
          const changed = write(code, readClasses(code, chunk, originsBelow(dirname(entry) + sep, hasRecorders)));
          return changed?.hasChanged() ? { code: changed.toString(), map: changed.generateMap({ hires: true }) } : null;
        },
      },
    };
  }
}

/** The constant classes of a file, and what its names stand for. */
interface FoundClasses {
  readonly classes: readonly ConstantClass[];
  readonly names: Names;
  /** The code of the same places without what `methodTypesPlugin` leaves out. */
  readonly bare: string;
}

function originsBelow(root: string, hasRecorders: boolean): DecoratorOrigins {
  return {
    isHelper: (module, name) => HELPER.exec(module)?.[1] === name,
    isDecorator: (module) => module.startsWith(root) && DECORATORS.test(module.slice(root.length).replaceAll(sep, '/')),
    isValidator: (module) => hasRecorders && VALIDATORS.includes(module),
  };
}

function readClasses(code: string, { modules }: RenderedChunk, origins: DecoratorOrigins): FoundClasses {
  const bare = dropMethodTypes(code);
  const body = parseAst(bare).body as unknown as readonly SyntaxNode[];
  const names = topLevelNames(code, body, modules);
  return { bare, names, classes: constantClasses(body, names, origins) };
}

/** Where the first pass finds the runtime's list: its modules may be in other files there. */
const GLOBAL_REGISTRY = "globalThis[Symbol.for('twodoors.constants')]";

/** Names classes as constant, after their decorators. */
function markClasses(code: string, classes: readonly ConstantClass[], names: Names) {
  const changed = new RolldownMagicString(code);
  for (const type of classes) {
    const registry = runtimeName(names, 'constantClasses') ?? GLOBAL_REGISTRY;
    changed.appendRight(type.calls.at(-1)!.end, `\n${registration(registry, type)}]);`);
  }
  return changed;
}

/**
 * Puts decorators off.
 *
 * @returns undefined where what is to be called is in another file: nobody runs such a pass, which shows what goes where
 */
function putOffClasses(code: string, { classes, names, bare }: FoundClasses, isSplit: boolean) {
  const own = (name: string) => runtimeName(names, name);
  const registry = own('constantClasses');
  if (registry === undefined) return undefined;
  const changed = new RolldownMagicString(code);
  const lateMethod = own('lateMethod')!;
  const withoutValidators = classes.filter(({ hasValidators }) => !hasValidators);
  const late = isSplit ? lateDecorators(bare, withoutValidators, names, lateMethod) : undefined;
  let loader = late?.loader ?? '';
  for (const type of classes) {
    const { name, calls, hasValidators } = type;
    const { start } = calls[0]!;
    const { end } = calls.at(-1)!;
    const set = registration(registry, type);
    if (late?.classes.has(type)) {
      changed.overwrite(start, end, `${loader}${set}, ${DECORATE_LATE}]);`);
      loader = '';
    } else {
      const [before, after] = hasValidators ? [`${own('readStorage')}.putOff(${name}, `, ')'] : ['', ''];
      changed.appendLeft(start, `${set}, ${before}() => {\n`);
      for (const call of calls) writeCall(changed, call, lateMethod);
      changed.appendRight(end, `\n}${after}]);`);
    }
  }
  return { changed, file: late?.file };
}

function registration(registry: string, { name, id }: ConstantClass): string {
  return `${registry}.set(${name}, [${JSON.stringify(id)}`;
}

function writeCall(changed: RolldownMagicString, call: DecoratorStatement, lateMethod: string): void {
  const { start, end, node, parameters } = call;
  if (node.start > start) changed.remove(start, node.start);
  if (parameters === undefined) return;
  changed.appendLeft(node.start, `${lateMethod}.parameters = ${parameters};\n`);
  changed.appendRight(end, `\n${lateMethod}.parameters = Infinity;`);
}

/** The modules of the runtime that the code calls. */
const CALLED: Readonly<Record<string, RegExp>> = {
  constantClasses: /[\\/]declarations[\\/]calls[\\/]constant-classes\.[jt]s$/,
  lateMethod: /[\\/]declarations[\\/]calls[\\/]constant-classes\.[jt]s$/,
  readStorage: /[\\/]recorders[\\/]decorator-recorder\.[jt]s$/,
};

/** What a name of the runtime is called in a file, where another one may have it too. */
function runtimeName(names: Names, name: string): string | undefined {
  for (const [each, { module = '' }] of names) {
    if (bareName(each) === name && CALLED[name]!.test(module)) return each;
  }
  return undefined;
}
