import { posix } from 'node:path';
import { loadNunjucks } from '../load-nunjucks.js';
import type { RouteUse, ViewLinks } from './view-links.js';

/** A node of nunjucks' syntax tree, as far as it is read here. */
interface SyntaxNode {
  findAll(kind: unknown): SyntaxNode[];
  readonly template?: SyntaxNode;
  readonly name?: SyntaxNode;
  readonly value?: unknown;
  readonly ignoreMissing?: boolean;
  readonly lineno: number;
  /** Of a call. */
  readonly args?: { readonly children: readonly SyntaxNode[] };
  readonly children?: readonly SyntaxNode[];
  /** Of a pair. */
  readonly key?: SyntaxNode;
}

/** Exports of nunjucks that @types/nunjucks lacks. */
interface Syntax {
  readonly parser: { parse(source: string): SyntaxNode };
  readonly nodes: Readonly<
    Record<
      'Include' | 'Extends' | 'Import' | 'FromImport' | 'Filter' | 'Literal' | 'FunCall' | 'KeywordArgs',
      new () => SyntaxNode
    >
  >;
}

/** Where a view, and what it refers to, is looked up. */
export interface ViewSource {
  /** Reads a view; undefined where there is no such view. */
  read(view: string): string | undefined;
  /** Whether there is a filter of this name. */
  hasFilter(name: string): boolean;
  /** Compiles a view. @throws Error where its syntax is wrong */
  compile(view: string, source: string): void;
}

/**
 * Finds what is wrong with a view, or with one that it extends, includes or imports by a fixed name: the syntax, a filter
 * that does not exist, a view that does not exist. The view itself must exist.
 *
 * @returns what is wrong, where, and the fix; undefined where nothing is
 */
export function findViewMistake(view: string, views: ViewSource): string | undefined {
  const syntax = loadNunjucks() as unknown as Syntax;
  const { parser, nodes } = syntax;
  const seen = new Set([view]);
  for (const name of seen) {
    const text = views.read(name);
    if (text === undefined) continue;
    try {
      views.compile(name, text);
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
      return `${name} cannot be compiled: ${reason}. Correct the template.`;
    }
    const tree = parser.parse(text);
    for (const filter of tree.findAll(nodes.Filter)) {
      const used = String(filter.name?.value);
      if (!views.hasFilter(used)) {
        return `${name}, line ${filter.lineno + 1}: there is no filter "${used}". Correct its name, or pass it: nunjucks({ filters: { ${used} } }).`;
      }
    }
    for (const reference of referencesOf(tree, syntax)) {
      const target = String(reference.template!.value);
      const found = resolveName(name, target);
      if (views.read(found) !== undefined) seen.add(found);
      else if (reference.ignoreMissing !== true) {
        return `${name}, line ${reference.lineno + 1}: there is no view "${target}". Correct the name, or add the file.`;
      }
    }
  }
  return undefined;
}

/** What a view refers to by fixed names. @throws Error where its syntax is wrong */
export function readViewLinks(view: string, source: string): ViewLinks {
  const syntax = loadNunjucks() as unknown as Syntax;
  const tree = syntax.parser.parse(source);
  return {
    urls: tree.findAll(syntax.nodes.FunCall).flatMap((call) => routeUseIn(call, syntax) ?? []),
    views: referencesOf(tree, syntax).map(({ template }) => resolveName(view, String(template!.value))),
  };
}

/** The route that a call of `url_for` names, as a list of one; undefined where it is no such call, or its name is a value. */
function routeUseIn(call: SyntaxNode, { nodes }: Syntax): [RouteUse] | undefined {
  const [first, ...rest] = call.args?.children ?? [];
  if (call.name?.value !== 'url_for') return undefined;
  if (!(first instanceof nodes.Literal) || typeof first.value !== 'string') return undefined;
  const line = call.lineno + 1;
  if (rest.some((argument) => !(argument instanceof nodes.KeywordArgs))) return [[first.value, line]];
  const given = rest.flatMap(({ children }) => children ?? []).map(({ key }) => String(key?.value));
  return [[first.value, line, given]];
}

/** The name of a view, relative to the view that refers to it. */
function resolveName(from: string, target: string): string {
  return /^\.\.?\//.test(target) ? posix.join(posix.dirname(from), target) : target;
}

function referencesOf(tree: SyntaxNode, { nodes }: Syntax): SyntaxNode[] {
  const kinds = [nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport];
  return kinds
    .flatMap((kind) => tree.findAll(kind))
    .filter(({ template }) => template instanceof nodes.Literal && typeof template.value === 'string');
}
