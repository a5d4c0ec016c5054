import { parseAst } from 'rolldown/parseAst';
import { type SyntaxNode, visitSyntax } from './syntax-node.js';

/** What stands in the place of a part of the code; `end` is `start` for what is only put in. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Puts the functions of these names in parentheses, and those that they return: declarations, which become variables;
 * functions with a name of their own; and those that a variable or a property of an object is named for. V8 knows no such
 * mark for arrow functions and methods, so those become functions.
 *
 * @throws Error for an arrow function that is no other function without its arrow, such as one with `this`
 */
export function putInParentheses(code: string, names: ReadonlySet<string>, lang: 'js' | 'ts'): string {
  const edits: Edit[] = [];
  visitSyntax(parseAst(code, { lang }) as unknown as SyntaxNode, (node) => edits.push(...editsOf(node, code, names)));
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce((edited, { start, end, text }) => edited.slice(0, start) + text + edited.slice(end), code);
}

function editsOf(node: SyntaxNode, code: string, names: ReadonlySet<string>): Edit[] {
  const name = (node.id ?? node.key ?? node.left?.property)?.name;
  if (name === undefined || !names.has(name)) return [];
  switch (node.type) {
    case 'FunctionDeclaration':
      // Not a constant: no reader of a variable has to ask whether it is there yet. The function keeps its name, since the
      // bundler adds code for one whose variable gets another name.
      return [...around(node, `var ${name} = (`, ');'), ...editsOfReturned(node, code)];
    case 'FunctionExpression':
      return editsOfFunction(node, code);
    case 'VariableDeclarator':
      return editsOfFunction(node.init, code);
    case 'AssignmentExpression':
      return editsOfFunction(node.right, code);
    case 'Property':
      return node.method ? editsOfMethod(node) : editsOfFunction(node.value as SyntaxNode, code);
    default:
      return [];
  }
}

function editsOfFunction(node: SyntaxNode | null | undefined, code: string): Edit[] {
  if (node?.type === 'FunctionExpression') return [...around(node, '(', ')'), ...editsOfReturned(node, code)];
  return node?.type === 'ArrowFunctionExpression' ? [...editsOfArrow(node, code), ...editsOfReturned(node, code)] : [];
}

function editsOfArrow(node: SyntaxNode, code: string): Edit[] {
  const text = code.slice(node.start, node.end);
  if (/\b(?:this|arguments|async)\b/.test(text)) throw new Error(`Not a function without its arrow: ${text}`);
  const head = node.returnType ?? node.params!.at(-1);
  // What it returns may begin on the next line.
  const arrow = code.indexOf('=>', head?.end ?? node.start);
  return [
    { start: node.start, end: node.start, text: '(function ' },
    { start: arrow, end: arrow + 2, text: node.expression ? '{ return (' : '' },
    { start: node.end, end: node.end, text: node.expression ? '); })' : ')' },
  ];
}

function editsOfMethod({ key, end }: SyntaxNode): Edit[] {
  return [
    { start: key!.end, end: key!.end, text: ': (function ' },
    { start: end, end, text: ')' },
  ];
}

/** Those of the functions that a function returns by themselves. */
function editsOfReturned({ body, expression }: SyntaxNode, code: string): Edit[] {
  if (expression) return editsOfFunction(body as SyntaxNode, code);
  const statements = (body as SyntaxNode).body as readonly SyntaxNode[];
  return statements.flatMap(({ type, argument }) =>
    // One with a name is called by it, or listed by it.
    type === 'ReturnStatement' && argument?.id == null ? editsOfFunction(argument, code) : [],
  );
}

function around({ start, end }: SyntaxNode, before: string, after: string): Edit[] {
  return [
    { start, end: start, text: before },
    { start: end, end, text: after },
  ];
}
