import type { parseAst } from 'rolldown/parseAst';

/** The syntax tree of a file, as the bundler parses it. */
export type Program = ReturnType<typeof parseAst>;

/** A part of a syntax tree, as far as code of bundles is looked at. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly id?: SyntaxNode | null;
  readonly key?: SyntaxNode;
  readonly name?: string;
  /** Of a member. */
  readonly property?: SyntaxNode;
  /** Of an assignment. */
  readonly left?: SyntaxNode;
  readonly right?: SyntaxNode | null;
  readonly init?: SyntaxNode | null;
  /** Of a property a function or another expression, of a literal its value. */
  readonly value?: unknown;
  readonly argument?: SyntaxNode | null;
  readonly arguments?: readonly SyntaxNode[];
  readonly elements?: readonly SyntaxNode[];
  readonly params?: readonly SyntaxNode[];
  readonly returnType?: SyntaxNode | null;
  readonly body?: SyntaxNode | readonly SyntaxNode[];
  readonly method?: boolean;
  /** Of an arrow function whether its body is one; of a statement the expression that it is. */
  readonly expression?: boolean | SyntaxNode;
  /** Of a template, what is put into it. */
  readonly expressions?: readonly SyntaxNode[];
  /** Of a template, its texts. */
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
  /** The template of a tag. */
  readonly quasi?: SyntaxNode;
  readonly callee?: SyntaxNode;
  readonly object?: SyntaxNode;
  readonly computed?: boolean;
  readonly shorthand?: boolean;
  readonly static?: boolean;
  /** Of a property: `init`, `get` or `set`. */
  readonly kind?: string;
  readonly operator?: string;
  readonly test?: SyntaxNode;
  readonly consequent?: SyntaxNode;
  readonly alternate?: SyntaxNode;
  readonly properties?: readonly SyntaxNode[];
  readonly declarations?: readonly SyntaxNode[];
}

/** Visits a part of a syntax tree, and all parts in it. */
export function visitSyntax(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (isSyntaxNode(each)) visitSyntax(each, see);
    }
  }
}

/** Whether a property of a node is a part of the tree. */
export function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}
