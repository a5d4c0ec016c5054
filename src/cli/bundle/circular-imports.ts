import { type Plugin, rolldown } from 'rolldown';
import { CommandError } from '../command-error.js';
import { moduleName } from '../project/module-name.js';
import type { Project } from '../project/project.js';
import { compileOptions } from './compile-options.js';

/** The name and message of an error that was thrown in this process or another. */
export interface ThrownError {
  readonly name: string;
  readonly message: string;
}

/** The errors of code that uses something before it is defined. In a bundle, a class is undefined until then. */
const TOO_EARLY: Readonly<Record<string, RegExp>> = {
  ReferenceError: /^Cannot access '.+' before initialization/,
  TypeError: /^Class extends value undefined/,
};

/**
 * Explains an error that circular imports caused, and names the files. Returns undefined for any other error.
 *
 * @param bootstrap the file whose imports are searched
 */
export async function explainCircularImport(
  project: Project,
  bootstrap: string,
  error: ThrownError,
): Promise<CommandError | undefined> {
  if (TOO_EARLY[error.name]?.test(error.message) !== true) return undefined;
  const cycles = await findCycles(project, bootstrap);
  if (cycles.length === 0) return undefined;
  return new CommandError(
    `${error.message}: these files import each other, and use each other while they load.\n` +
      `${cycles.map((cycle) => `  ${cycle.join(' -> ')}\n`).join('')}` +
      'If a decorator needs the type, pass it lazily: @Body(lazy(() => CreateTodo)). Otherwise move the shared code to a separate file.',
  );
}

/** Finds the files of the project that import each other: one cycle for each group. */
export async function findCycles(project: Project, bootstrap: string): Promise<string[][]> {
  const imports = new Map<string, readonly string[]>();
  const graph: Plugin = {
    name: 'twodoors:graph',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        if (!/[\\/]node_modules[\\/]/.test(id)) imports.set(id, this.getModuleInfo(id)?.importedIds ?? []);
      }
    },
  };
  const log = { warnings: [], errors: [] };
  const bundle = await rolldown({ ...compileOptions(project, bootstrap, [graph], log), external: isPackage });
  try {
    await bundle.generate({ format: 'esm' });
  } finally {
    await bundle.close();
  }
  return cyclesOf(imports).map((cycle) => cycle.map((id) => moduleName(project, id)));
}

/** Whether an import names a package, and not a file of the project. */
function isPackage(source: string): boolean {
  return /^@?[a-z]/i.test(source) && !/^(?:twodoors|[A-Za-z]):/.test(source);
}

/** One cycle for each part of a graph that leads back to itself. */
function cyclesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (id: string, path: string[]) => {
    const at = path.indexOf(id);
    if (at !== -1) {
      const cycle = [...path.slice(at), id];
      if (!cycles.some((known) => known.some((each) => cycle.includes(each)))) cycles.push(cycle);
      return;
    }
    if (done.has(id)) return;
    for (const next of imports.get(id) ?? []) if (imports.has(next)) visit(next, [...path, id]);
    done.add(id);
  };
  for (const id of imports.keys()) visit(id, []);
  return cycles;
}
