import { readFile } from 'node:fs/promises';
import { bindingsOf, parseModule, type Statement } from './module-nodes.js';

/** How many modules may pass a class on. */
const MAX_DEPTH = 8;

/** Says which names are classes that a module in TypeScript exports: its own, and those that it passes on. */
export class ClassExports {
  readonly #resolve: (source: string, importer: string) => Promise<string | undefined>;
  readonly #modules = new Map<string, Promise<readonly Statement[]>>();

  /** @param resolve gives the path of a module; undefined where nothing is found */
  constructor(resolve: (source: string, importer: string) => Promise<string | undefined>) {
    this.#resolve = resolve;
  }

  /** Whether a module exports a class by a name. False where that is not certain. */
  async has(source: string, importer: string, name: string, depth = 0): Promise<boolean> {
    if (depth > MAX_DEPTH) return false;
    const path = await this.#resolve(source, importer);
    if (path === undefined || !/\.[cm]?tsx?$/.test(path) || /\.d\.[cm]?ts$/.test(path)) return false;
    const body = await this.#read(path);
    const { classes, imports } = bindingsOf(body);
    for (const statement of body) {
      const found = exportedAs(statement, name);
      if (found === undefined) continue;
      if (found.source !== undefined) {
        if (await this.has(found.source, path, found.local, depth + 1)) return true;
        continue;
      }
      if (classes.has(found.local)) return true;
      const from = imports.get(found.local);
      return from !== undefined && (await this.has(from.source, path, from.imported, depth + 1));
    }
    return false;
  }

  #read(path: string): Promise<readonly Statement[]> {
    let module = this.#modules.get(path);
    if (module === undefined) {
      module = readFile(path, 'utf8').then(
        (code) => parseModule(code, path),
        () => [],
      );
      this.#modules.set(path, module);
    }
    return module;
  }
}

/** What a statement exports by a name: a name of the module, or of another one. Undefined where it does not. */
function exportedAs(
  statement: Statement,
  name: string,
): { readonly local: string; readonly source: string | undefined } | undefined {
  const { type, declaration, source, specifiers = [], exportKind } = statement;
  if (exportKind === 'type') return undefined;
  if (type === 'ExportAllDeclaration')
    return statement.exported || !source ? undefined : { local: name, source: source.value };
  if (type === 'ExportDefaultDeclaration')
    return name === 'default' && declaration?.id?.name ? { local: declaration.id.name, source: undefined } : undefined;
  if (type !== 'ExportNamedDeclaration') return undefined;
  if (declaration?.id?.name === name) return { local: name, source: undefined };
  const specifier = specifiers.find((each) => each.exported?.name === name && each.exportKind !== 'type');
  return specifier?.local.name === undefined ? undefined : { local: specifier.local.name, source: source?.value };
}
