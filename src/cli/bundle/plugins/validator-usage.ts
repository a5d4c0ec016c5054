import { rolldown } from 'rolldown';

/** What an app and its packages use of class-validator, as a finished bundle shows it. */
export interface ValidatorUsage {
  /** The module that `import 'class-validator'` leads to. */
  readonly module: string;
  /** The names of the functions that are used: decorators, and what makes decorators. */
  readonly names: readonly string[];
  /** All other exports. An app may import them without using them. */
  readonly unused: readonly string[];
}

/** What class-validator exports, by its names. Its default export is the whole package, where there is one. */
export interface ValidatorExports {
  readonly all: readonly string[];
  /** Decorators, and the functions that make decorators: all that can be recorded, and called later. */
  readonly recordable: ReadonlySet<string>;
}

/** Reads what class-validator exports from its ES modules. Another form of it gives undefined. */
export async function readValidatorExports(module: string): Promise<ValidatorExports | undefined> {
  const build = await rolldown({
    // A plugin may have put a query behind the path.
    input: module.replace(/\?.*$/, ''),
    treeshake: false,
    external: (name) => !/^[./]|^[A-Za-z]:[\\/]/.test(name),
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({ format: 'esm' });
    const { exports: all, modules } = output[0];
    if (!all.includes('registerDecorator')) return undefined;
    const decorators = Object.entries(modules).flatMap(([id, { renderedExports }]) =>
      /[\\/]decorator[\\/]/.test(id) ? renderedExports.filter(isDecorator) : [],
    );
    return {
      all: [...new Set([...all, 'default'])],
      recordable: new Set([...decorators, 'registerDecorator', 'buildMessage']),
    };
  } finally {
    await build.close();
  }
}

/** Beside `IsEmail` there are its constraint's name, `IS_EMAIL`, and the check itself, `isEmail`. */
function isDecorator(name: string): boolean {
  return /^[A-Z]/.test(name) && /[a-z]/.test(name);
}
