import { posix } from 'node:path';
import nunjucks from 'nunjucks';

/** A node of nunjucks' syntax tree, the part that is read here. */
interface SyntaxNode {
  findAll(kind: unknown): SyntaxNode[];
  readonly template?: SyntaxNode;
  readonly name?: SyntaxNode;
  readonly value?: unknown;
  readonly ignoreMissing?: boolean;
  readonly lineno: number;
}

/** What nunjucks exports and @types/nunjucks does not know. */
interface Syntax {
  readonly parser: { parse(source: string): SyntaxNode };
  readonly nodes: Readonly<
    Record<'Include' | 'Extends' | 'Import' | 'FromImport' | 'Filter' | 'Literal', new () => SyntaxNode>
  >;
}

const { parser, nodes } = nunjucks as unknown as Syntax;

/** What a view is checked against. */
export interface ViewSurroundings {
  /** A view's source, or undefined where there is none. */
  read(view: string): string | undefined;
  /** Whether there is a filter of this name. */
  hasFilter(name: string): boolean;
  /** Compiles a view. @throws Error where its syntax is wrong */
  compile(view: string, source: string): void;
}

/**
 * What is wrong with a view or with one that it extends, includes or imports by a fixed name: it is not there, its
 * syntax, a filter that nobody gave. Undefined where nothing is; the view itself must be there.
 */
export function findViewProblem(view: string, surroundings: ViewSurroundings): string | undefined {
  const seen = new Set([view]);
  for (const name of seen) {
    const source = surroundings.read(name);
    if (source === undefined) continue;
    try {
      surroundings.compile(name, source);
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
      return `${name} cannot be compiled: ${reason}. Correct the template.`;
    }
    const tree = parser.parse(source);
    for (const filter of tree.findAll(nodes.Filter)) {
      const used = String(filter.name?.value);
      if (!surroundings.hasFilter(used)) {
        return `${name}, line ${filter.lineno + 1}: there is no filter "${used}". Correct its name, or give it: nunjucks({ filters: { ${used} } }).`;
      }
    }
    for (const reference of referencesOf(tree)) {
      const target = String(reference.template!.value);
      const found = /^\.\.?\//.test(target) ? posix.join(posix.dirname(name), target) : target;
      if (surroundings.read(found) !== undefined) seen.add(found);
      else if (reference.ignoreMissing !== true) {
        return `${name}, line ${reference.lineno + 1}: it refers to "${target}", and there is no such view. Correct the name, or add the file.`;
      }
    }
  }
  return undefined;
}

function referencesOf(tree: SyntaxNode): SyntaxNode[] {
  const kinds = [nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport];
  return kinds
    .flatMap((kind) => tree.findAll(kind))
    .filter(({ template }) => template instanceof nodes.Literal && typeof template.value === 'string');
}
