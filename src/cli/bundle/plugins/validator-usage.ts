import { rolldown } from 'rolldown';

/** What an app and its packages use of class-validator, as a finished bundle shows it. */
export interface ValidatorUsage {
  /** The module that `import 'class-validator'` leads to. */
  readonly module: string;
  /** The names of the functions that are used: decorators, and what makes decorators. */
  readonly names: readonly string[];
  /** All other exports. An app may import them without using them. */
  readonly unused: readonly string[];
  /** See {@link ValidatorExports.weights}. */
  readonly weights: ReadonlyMap<string, DecoratorWeight>;
}

/**
 * What a decorator needs beside class-validator: `light` little or nothing; `rare` a part of the package validator, which
 * has tables and long expressions; `whole` a whole package.
 */
export type DecoratorWeight = (typeof WEIGHTS)[number];

const WEIGHTS = ['light', 'rare', 'whole'] as const;

/** What class-validator exports, by its names. Its default export is the whole package, where there is one. */
export interface ValidatorExports {
  readonly all: readonly string[];
  /** Decorators, and the functions that make decorators: all that can be recorded, and called later. */
  readonly recordable: ReadonlySet<string>;
  /** By the name of a decorator; those that are not in it are made by the app with other functions. */
  readonly weights: ReadonlyMap<string, DecoratorWeight>;
}

/** The parts of validator that are a few lines. */
const SMALL_PARTS = /^validator\/lib\/(?:contains|isByteLength|isLength|matches)$/;

const PARTS = /^validator\/lib\/\w+$/;

/** Reads what class-validator exports from its ES modules. Another form of it gives undefined. */
export async function readValidatorExports(module: string): Promise<ValidatorExports | undefined> {
  const graph = new Map<string, readonly string[]>();
  const build = await rolldown({
    plugins: [
      {
        name: 'twodoors:imports',
        buildEnd() {
          for (const id of this.getModuleIds()) graph.set(id, this.getModuleInfo(id)!.importedIds);
        },
      },
    ],
    // A plugin may have put a query behind the path.
    input: module.replace(/\?.*$/, ''),
    treeshake: false,
    external: isExternal,
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({ format: 'esm' });
    const { exports: all, modules } = output[0];
    if (!all.includes('registerDecorator')) return undefined;
    const weights = new Map<string, DecoratorWeight>();
    for (const [id, { renderedExports }] of Object.entries(modules)) {
      if (!/[\\/]decorator[\\/]/.test(id)) continue;
      const weight = weightOf(id, graph);
      for (const name of renderedExports.filter(isDecorator)) {
        // A module that re-exports all of them has it too, and imports everything.
        if (WEIGHTS.indexOf(weight) <= WEIGHTS.indexOf(weights.get(name) ?? 'whole')) weights.set(name, weight);
      }
    }
    return {
      all: [...new Set([...all, 'default'])],
      recordable: new Set([...weights.keys(), 'registerDecorator', 'buildMessage']),
      weights,
    };
  } finally {
    await build.close();
  }
}

/** Beside `IsEmail` there are its constraint's name, `IS_EMAIL`, and the check itself, `isEmail`. */
function isDecorator(name: string): boolean {
  return /^[A-Z]/.test(name) && /[a-z]/.test(name);
}

/** Whether an import leads to another package, or its target is one. */
function isExternal(name: string): boolean {
  return !/^[./\0]|^[A-Za-z]:[\\/]/.test(name);
}

/** What a module imports of other packages, by itself and by what it imports. */
function weightOf(module: string, graph: ReadonlyMap<string, readonly string[]>): DecoratorWeight {
  const reached = new Set<string>([module]);
  let weight: DecoratorWeight = 'light';
  for (const id of reached) {
    for (const each of graph.get(id) ?? []) reached.add(each);
    if (!isExternal(id) || SMALL_PARTS.test(id)) continue;
    if (!PARTS.test(id)) return 'whole';
    weight = 'rare';
  }
  return weight;
}
