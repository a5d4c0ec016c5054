import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

/** This repository. */
export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** One import or re-export. */
export interface SourceImport {
  readonly from: string;
  /** A path below the same folder, or a package by its name. */
  readonly to: string;
  /** Whether nothing of it is left at run time. */
  readonly isType: boolean;
}

/** One function, method, accessor or constructor with its lines. */
export interface SourceFunction {
  readonly name: string;
  readonly lines: number;
}

/** What the rules of the house are about, read from one source file. */
export interface SourceFile {
  /** The path below the folder that was read. */
  readonly path: string;
  /** The path of its folder, and its name there without `.ts`. */
  readonly folder: string;
  readonly base: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly SourceImport[];
  readonly functions: readonly SourceFunction[];
  /** The names that it exports; `*` where it exports all of another file. */
  readonly exports: readonly string[];
}

/** A node of the syntax tree: the parser's types say less than a walk over all kinds of nodes needs. */
interface Node {
  readonly type: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly [member: string]: unknown;
}

/** Reads and parses every TypeScript file below a folder of the repository. */
export function readSourceFiles(folder: 'src' | 'test'): SourceFile[] {
  return (
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
      // Projects of other tools, which test/matrix makes.
      .filter((path) => path.endsWith('.ts') && !/^matrix\/(?:app|typed|recipes)\//.test(path))
      .sort()
      .map((path) => readSourceFile(path, readFileSync(join(REPOSITORY, folder, path), 'utf8')))
  );
}

function readSourceFile(path: string, text: string): SourceFile {
  const imports: SourceImport[] = [];
  const functions: SourceFunction[] = [];
  const exports: string[] = [];
  // The parser counts bytes, from 1.
  const bytes = Buffer.from(text);
  const linesOf = ({ start, end }: Node['span']) => countLines(bytes.subarray(start - 1, end - 1).toString());
  const tree = parseSync(text, { syntax: 'typescript', decorators: true }) as unknown as Node;
  walk(tree, undefined, (node, parent) => {
    const found = importOf(node);
    if (found !== undefined) imports.push({ from: path, to: targetOf(path, found.specifier), isType: found.isType });
    if (isFunction(node)) functions.push({ name: nameOf(node, parent), lines: linesOf(node.span) });
    exports.push(...exportsOf(node));
  });
  const [folder, base] = [dirname(path), basename(path, '.ts')];
  return { path, folder, base, text, lines: countLines(text.trimEnd()), imports, functions, exports };
}

function countLines(text: string): number {
  return text.split('\n').length;
}

/** Visits a node and all below it. */
function walk(value: unknown, parent: Node | undefined, visit: (node: Node, parent: Node | undefined) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const isNode = 'type' in value && 'span' in value;
  if (isNode) visit(value as unknown as Node, parent);
  for (const member of Object.values(value)) walk(member, isNode ? (value as unknown as Node) : parent, visit);
}

/** Where a specifier leads: a path below the folder, or the package itself. */
function targetOf(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts');
}

/** What a node imports: by a declaration, by `import()`, or in a type by `import('…').Name`. */
function importOf(node: Node): { specifier: string; isType: boolean } | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      if (node['source'] == null) return undefined;
      const specifiers = (node['specifiers'] ?? []) as { isTypeOnly?: boolean }[];
      const isType =
        node['typeOnly'] === true || (specifiers.length > 0 && specifiers.every((each) => each.isTypeOnly));
      return { specifier: (node['source'] as { value: string }).value, isType };
    }
    case 'CallExpression': {
      if ((node['callee'] as Node).type !== 'Import') return undefined;
      const [first] = node['arguments'] as { expression: { value?: unknown } }[];
      return typeof first?.expression.value === 'string'
        ? { specifier: first.expression.value, isType: false }
        : undefined;
    }
    case 'TsImportType':
      return { specifier: (node['argument'] as { value: string }).value, isType: true };
    default:
      return undefined;
  }
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'PrivateMethod',
  'Constructor',
  'MethodProperty',
  'GetterProperty',
  'SetterProperty',
]);

/** A declaration without a body is a type. */
function isFunction(node: Node): boolean {
  return FUNCTIONS.has(node.type) && (node['body'] != null || (node['function'] as Node | undefined)?.['body'] != null);
}

/** What a function is called where it stands: by itself, its variable, or its member. */
function nameOf(node: Node, parent: Node | undefined): string {
  if (node.type === 'Constructor') return 'constructor';
  for (const named of [node['identifier'], node['key'], parent?.['id'], parent?.['key']]) {
    const { value, id } = (named ?? {}) as { value?: unknown; id?: { value?: unknown } };
    const name = value ?? id?.value;
    if (typeof name === 'string') return name;
  }
  return 'a closure';
}

/** The names that a statement exports. */
function exportsOf(node: Node): string[] {
  if (node.type === 'ExportAllDeclaration') return ['*'];
  if (node.type === 'ExportNamedDeclaration') {
    return (node['specifiers'] as { orig?: { value: string }; exported?: { value: string } | null }[]).map(
      ({ orig, exported }) => (exported ?? orig)?.value ?? '*',
    );
  }
  if (node.type !== 'ExportDeclaration') return [];
  const declaration = node['declaration'] as Node;
  const declared = (declaration['declarations'] as Node[] | undefined) ?? [declaration];
  return declared.flatMap(({ id, identifier }) => {
    const { value } = (id ?? identifier) as { value?: string };
    return value === undefined ? [] : [value];
  });
}

/** Every circle of imports, types included, as the shortest way around; one for each set of files. */
export function findCircles(files: readonly SourceFile[]): string[][] {
  const targets = new Map(files.map(({ path, imports }) => [path, imports.map(({ to }) => to)]));
  const circles = new Map<string, string[]>();
  for (const { path } of files) {
    const circle = shortestWay(path, targets);
    if (circle === undefined) continue;
    const key = circle.toSorted().join();
    if (!circles.has(key)) circles.set(key, circle);
  }
  return [...circles.values()];
}

/** The shortest way from a file back to itself. */
function shortestWay(start: string, targets: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const seen = new Set<string>();
  const ways: string[][] = [[start]];
  for (const way of ways) {
    for (const target of targets.get(way.at(-1)!) ?? []) {
      if (target === start) return way;
      if (seen.has(target)) continue;
      seen.add(target);
      ways.push([...way, target]);
    }
  }
  return undefined;
}
