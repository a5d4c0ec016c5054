import type { Program } from '../syntax/syntax-node.js';

/** A node of a syntax tree, whatever its kind. */
interface Node {
  readonly type: string;
  readonly [name: string]: unknown;
}

type Names = ReadonlySet<string>;

/**
 * The names of the top level that something in the code assigns to, apart from their declarations. Variables of the same name
 * inside of functions and blocks are others.
 */
export function reassignedNames(program: Program): Names {
  const found = new Set<string>();
  visit(program as unknown as Node, [], found);
  return found;
}

/** @param scopes the names that are declared around the node, but for the top level */
function visit(node: Node, scopes: readonly Names[], found: Set<string>): void {
  const own = node.type === 'Program' ? undefined : scopeOf(node);
  const inner = own === undefined ? scopes : [...scopes, own];
  for (const target of targetsOf(node)) if (!inner.some((scope) => scope.has(target))) found.add(target);
  for (const child of childrenOf(node)) visit(child, inner, found);
}

/** The names that a node assigns to. */
function targetsOf({ type, left, argument }: Node): readonly string[] {
  if (type === 'AssignmentExpression' || type === 'ForInStatement' || type === 'ForOfStatement') return namesIn(left);
  return type === 'UpdateExpression' ? namesIn(argument) : [];
}

/** The names that a node declares for what is in it; undefined where it is no scope. */
function scopeOf(node: Node): Names | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const ownName = node.type === 'FunctionExpression' ? namesIn(node['id']) : [];
      return new Set([...ownName, ...namesIn(node['params']), ...variablesIn(node['body'])]);
    }
    case 'ClassExpression':
      return new Set(namesIn(node['id']));
    case 'CatchClause':
      return new Set(namesIn(node['param']));
    case 'BlockStatement':
    case 'StaticBlock':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement':
      return new Set(childrenOf(node).flatMap((each) => blockNames(each)));
    default:
      return undefined;
  }
}

/** What a statement of a block declares for the block. */
function blockNames(node: Node): readonly string[] {
  if (node.type === 'SwitchCase') return childrenOf(node).flatMap(blockNames);
  if (node.type === 'VariableDeclaration') return node['kind'] === 'var' ? [] : declaredBy(node);
  return node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' ? namesIn(node['id']) : [];
}

/** What `var` declares in a function, outside of functions in it. */
function variablesIn(value: unknown): readonly string[] {
  if (!isNode(value) || /Function/.test(value.type)) return [];
  const own = value.type === 'VariableDeclaration' && value['kind'] === 'var' ? declaredBy(value) : [];
  return [...own, ...childrenOf(value).flatMap(variablesIn)];
}

function declaredBy({ declarations }: Node): readonly string[] {
  return (declarations as readonly Node[]).flatMap(({ id }) => namesIn(id));
}

/** The names in a pattern: `a`, `[a, b = 1]`, `{ a, b: { c }, ...rest }`; those of members are none. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isNode(value)) return [];
  switch (value.type) {
    case 'Identifier':
      return [value['name'] as string];
    case 'ObjectPattern':
      return namesIn(value['properties']);
    case 'ArrayPattern':
      return namesIn(value['elements']);
    case 'Property':
      return namesIn(value['value']);
    case 'AssignmentPattern':
      return namesIn(value['left']);
    case 'RestElement':
      return namesIn(value['argument']);
    default:
      return [];
  }
}

/** Written out: a bundle has a hundred thousand nodes. */
function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (const name in node) {
    const value = node[name];
    if (Array.isArray(value)) {
      for (const each of value) if (isNode(each)) children.push(each);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
