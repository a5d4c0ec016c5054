import { parseAst } from 'rolldown/parseAst';
import { reassignedNames } from '../files/reassigned-names.js';
import type { SyntaxNode } from '../syntax/syntax-node.js';

/** A name of the top level of a file. */
export interface TopLevelName {
  /** What it is declared with; undefined for an import and the like. */
  readonly value: SyntaxNode | undefined;
  /** From where on it is there: 0 for a function. */
  readonly from: number;
  /** The module that declares it. */
  readonly module: string | undefined;
  /** Where a statement of the top level gives it another value. */
  readonly changes: number[];
  /** Whether anything else may, at any time. */
  isChanged: boolean;
}

/** A module of a file, as the bundler gives it. */
export interface RenderedModule {
  readonly code: string | null;
}

/** Reads what the statements of a file declare, and from which of its modules it comes. */
export function topLevelNames(
  code: string,
  body: readonly SyntaxNode[],
  modules: Readonly<Record<string, RenderedModule>>,
): ReadonlyMap<string, TopLevelName> {
  const moduleAt = moduleFinder(code, modules);
  const names = new Map<string, TopLevelName>();
  const declare = (id: SyntaxNode | null | undefined, value: SyntaxNode | undefined, from: number) => {
    if (id?.type !== 'Identifier') return;
    names.set(id.name!, { value, from, module: moduleAt(id.start), changes: [], isChanged: false });
  };
  for (const statement of body) {
    const { type, id, declarations } = statement;
    if (type === 'FunctionDeclaration') declare(id, statement, 0);
    else if (type === 'ClassDeclaration') declare(id, statement, statement.end);
    else for (const each of declarations ?? []) declare(each.id, each.init ?? undefined, each.end);
  }
  noteChanges(code, body, names);
  return names;
}

/** A name without what the bundler adds where two are the same. */
export function bareName(name: string): string {
  return name.replace(/\$\d+$/, '');
}

/** Notes assignments: those of statements by their place, all others as such that may run at any time. */
function noteChanges(code: string, body: readonly SyntaxNode[], names: ReadonlyMap<string, TopLevelName>): void {
  let others = code;
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement') continue;
    const { type, operator, left, right } = statement.expression as SyntaxNode;
    if (type !== 'AssignmentExpression' || operator !== '=' || left!.type !== 'Identifier') continue;
    names.get(left!.name!)?.changes.push(statement.end);
    const { start } = statement;
    others = `${others.slice(0, start)}${' '.repeat(right!.start - start)}${others.slice(right!.start)}`;
  }
  for (const name of reassignedNames(parseAst(others))) {
    const changed = names.get(name);
    if (changed !== undefined) changed.isChanged = true;
  }
}

/** Finds the module of a place: a file has the code of one after the other. */
function moduleFinder(code: string, modules: Readonly<Record<string, RenderedModule>>) {
  const ends: { readonly module: string; readonly start: number; readonly end: number }[] = [];
  let from = 0;
  for (const [module, { code: own }] of Object.entries(modules)) {
    if (own === null || own === '') continue;
    const start = code.indexOf(own, from);
    if (start === -1) continue;
    from = start + own.length;
    ends.push({ module, start, end: from });
  }
  return (at: number) => ends.find(({ start, end }) => at >= start && at < end)?.module;
}
