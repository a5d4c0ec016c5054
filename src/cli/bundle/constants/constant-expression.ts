import type { SyntaxNode } from '../syntax/syntax-node.js';
import type { TopLevelName } from './top-level-names.js';

/** Constructors that are the same in every process. */
const GLOBALS: ReadonlySet<string> = new Set([
  ...[
    'Array',
    'BigInt',
    'Boolean',
    'Buffer',
    'Date',
    'Error',
    'Function',
    'Map',
    'Number',
    'Object',
    'Promise',
    'RegExp',
  ],
  ...['Set', 'String', 'Symbol', 'URL', 'Uint8Array', 'undefined', 'Infinity', 'NaN'],
]);

type Names = ReadonlyMap<string, TopLevelName>;

/**
 * Whether an expression gives the same in every process, whenever it is evaluated: literals, lists and objects of such,
 * classes, and functions as far as it matters which they are.
 */
export function isConstant(node: SyntaxNode | null | undefined, names: Names): boolean {
  if (node == null) return true;
  const { type } = node;
  const are = (...parts: readonly (SyntaxNode | null | undefined)[]) => parts.every((part) => isConstant(part, names));
  switch (type) {
    case 'Literal':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'Identifier':
      return isConstantName(node, names);
    case 'ArrayExpression':
      return are(...node.elements!);
    case 'ObjectExpression':
      return node.properties!.every(
        ({ type, kind, computed, value }) =>
          type === 'Property' && kind === 'init' && !computed && isConstant(value as SyntaxNode, names),
      );
    case 'ConditionalExpression':
      return are(node.test, node.consequent, node.alternate);
    case 'UnaryExpression':
      // Even of a name that nothing declares.
      if (node.operator === 'typeof' && node.argument!.type === 'Identifier') return !isUnsure(node.argument!, names);
      return node.operator !== 'delete' && isScalar(node.argument, names);
    case 'BinaryExpression':
      return node.operator === '===' || node.operator === '!=='
        ? are(node.left, node.right)
        : isScalar(node.left, names) && isScalar(node.right, names);
    case 'TemplateLiteral':
      return node.expressions!.every((each) => isScalar(each, names));
    default:
      return false;
  }
}

/**
 * Whether a function gives the same in every process, once the app has started: `() => Item`, `() => [Item]`. The class may
 * come later in the code.
 */
export function givesConstant(node: SyntaxNode | undefined, names: Names): boolean {
  if (node?.type !== 'ArrowFunctionExpression' || node.params!.length > 0 || node.expression !== true) return false;
  const body = node.body as SyntaxNode;
  const given = body.type === 'ArrayExpression' ? body.elements! : [body];
  return given.every((each) => {
    if (each?.type !== 'Identifier') return false;
    const declared = names.get(each.name!);
    if (declared === undefined) return GLOBALS.has(each.name!);
    return /^Class/.test(declared.value?.type ?? '') && !declared.isChanged;
  });
}

/** Whether a name stays what it was where it is used; what that is may be known in a running process only. */
export function isSettled({ name, start }: SyntaxNode, names: Names): boolean {
  const declared = names.get(name!);
  return declared !== undefined && declared.from <= start && isUnchangedFrom(declared, start);
}

function isUnchangedFrom({ isChanged, changes }: TopLevelName, start: number): boolean {
  return !isChanged && changes.every((at) => at <= start);
}

/** Whether it is a text, a number and the like, so that operators give constants as well. */
function isScalar(node: SyntaxNode | null | undefined, names: Names): boolean {
  if (node?.type === 'Identifier') {
    const value = names.get(node.name!)?.value;
    return isConstantName(node, names) && (value === undefined || isScalar(value, names));
  }
  return (
    node?.type === 'Literal' ||
    ((node?.type === 'UnaryExpression' || node?.type === 'BinaryExpression' || node?.type === 'TemplateLiteral') &&
      isConstant(node, names))
  );
}

/** A class or a function, or a variable for one or for a scalar. What objects and lists hold may have changed. */
function isConstantName(node: SyntaxNode, names: Names): boolean {
  const declared = names.get(node.name!);
  if (declared === undefined) return GLOBALS.has(node.name!);
  if (!isSettled(node, names)) return false;
  const { value } = declared;
  return /Function|Class/.test(value?.type ?? '') || isScalar(value, names);
}

/** Whether a name is declared, and may be another one in another process, or at another time. */
function isUnsure(node: SyntaxNode, names: Names): boolean {
  return names.has(node.name!) && !isConstantName(node, names);
}
