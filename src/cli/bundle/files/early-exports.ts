import { parseAst } from 'rolldown/parseAst';
import type { Program, SyntaxNode } from '../syntax/syntax-node.js';
import { functionsIn } from './plain-namespaces.js';

const STRICT = '"use strict";';

/** The statement that an entry begins with. */
export const EARLY_EXPORT = 'exports.$early=$early;';

/** What a file on demand calls of the entry that it requires. */
const EARLY_CALL = '.$early()';

/**
 * Lets files on demand use what the entry exports while the entry itself still runs, as it does where an app is read at
 * startup: the names between files become properties of an object, which a function makes when the first of those files is
 * loaded. Most cold starts load none, and make no such object. Constants are getters, since nobody may read one before it is
 * there; a `var` is a value, and is taken again when another file is loaded and when the entry has run.
 *
 * @param names those that the app itself may export: they stay as they are
 * @param program the syntax tree of code with statements in the same places. Default: by parsing this one
 * @returns undefined for code of another form
 */
export function exportEarly(
  code: string,
  names: ReadonlySet<string>,
  program: Program = parseAst(code),
): string | undefined {
  if (!code.startsWith(STRICT)) return undefined;
  const { body } = program;
  const { exported, start, end } = lastExports(code, body as unknown as readonly SyntaxNode[]);
  if (exported.length === 0) return undefined;
  const kept = exported.filter(({ name }) => names.has(name)).map(({ text }) => text);
  const { functions, variables } = declarationsOf(body);
  const values = exported.filter(({ local, isChanging }) => variables.has(local) && !isChanging);
  const others = exported.filter((each) => !values.includes(each));
  // Functions are there before the first statement runs; one that the app exports is made once.
  const members = others.map(({ name, local, isFunction }) =>
    (isFunction && !names.has(name)) || functions.has(local)
      ? `${name}:${local}`
      : `get ${name}(){return ${isFunction ? `exports.${name}` : local}}`,
  );
  const assigned = values.map(({ name, local }) => `${name}:${local}`);
  const define = `function $early(){return Object.assign($early.names??={${members}},{${assigned}})}`;
  // Another expression of the same statement may end here.
  const ended = code.slice(STRICT.length, start).replace(/,$/, ';');
  return `${STRICT}${EARLY_EXPORT}${ended}${define}${kept.join()};$early.names&&$early();${code.slice(end)}`;
}

/** One export. */
interface ExportStatement {
  readonly text: string;
  readonly name: string;
  /** What is exported: a name, or an expression that the bundler has put in its place. */
  readonly local: string;
  readonly isFunction: boolean;
  /** Whether a getter gives it, since it may change. */
  readonly isChanging: boolean;
}

/** What a file exports with its last statements. */
function lastExports(code: string, body: readonly SyntaxNode[]) {
  const exported: ExportStatement[] = [];
  let start = code.length;
  for (const statement of body.toReversed()) {
    const expression = statement.type === 'ExpressionStatement' ? (statement.expression as SyntaxNode) : statement;
    const all = expression.type === 'SequenceExpression' ? expression.expressions! : [expression];
    const found = all.map((each) => exportOf(code, each));
    const first = found.lastIndexOf(undefined) + 1;
    if (first === found.length) break;
    exported.unshift(...found.slice(first).filter((each) => each !== undefined));
    start = first === 0 ? statement.start : all[first]!.start;
    if (first > 0) break;
  }
  return { exported, start, end: body.at(-1)?.end ?? 0 };
}

/** Reads `exports.a=b`, and `Object.defineProperty(exports,"a",{enumerable:!0,get:function(){return b}})`. */
function exportOf(code: string, node: SyntaxNode): ExportStatement | undefined {
  const { type, left, right, callee, arguments: args } = node;
  const text = code.slice(node.start, node.end);
  if (type === 'AssignmentExpression' && left!.type === 'MemberExpression' && left!.object!.name === 'exports') {
    const isFunction = /Function/.test(right!.type);
    const isPlain =
      isFunction || right!.type === 'Identifier' || /^(?:(?:Template)?Literal|UnaryExpression)$/.test(right!.type);
    if (!isPlain || left!.computed) return undefined;
    const local = code.slice(right!.start, right!.end);
    return { text, name: left!.property!.name!, local, isFunction, isChanging: false };
  }
  if (type !== 'CallExpression' || callee!.property?.name !== 'defineProperty' || args![0]?.name !== 'exports') {
    return undefined;
  }
  const local = /get:function\(\)\{return ([\w$]+)\}/.exec(text)?.[1];
  const name = args![1]!.value ?? args![1]!.quasis?.[0]?.value.cooked;
  return local === undefined || typeof name !== 'string'
    ? undefined
    : { text, name, local, isFunction: false, isChanging: true };
}

/** The names of the functions and of the variables (each a `var`) that are declared at the top level. */
function declarationsOf(body: Program['body']): {
  functions: ReadonlySet<string>;
  variables: ReadonlySet<string>;
} {
  const variables = new Set<string>();
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'var') continue;
    for (const { id } of statement.declarations) if (id.type === 'Identifier') variables.add(id.name);
  }
  return { functions: functionsIn(body), variables };
}

/** Makes a file on demand use what its entry exports early. @param entry the name of the entry's file */
export function importEarly(code: string, entry: string): string {
  let imported = code;
  for (const quote of ['"', "'", '`']) {
    const required = `require(${quote}./${entry}${quote})`;
    imported = imported.replaceAll(required, () => `${required}${EARLY_CALL}`);
  }
  return imported;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Moves everything on the first line of a source map's generated code to the right, by a number of columns. */
export function shiftFirstLine(mappings: string, columns: number): string {
  const [first = ''] = /^[A-Za-z0-9+/]*/.exec(mappings) ?? [];
  if (first === '') return mappings;
  const { value, length } = readNumber(first);
  return writeNumber(value + columns) + mappings.slice(length);
}

/** The first number of a segment, and how many digits it has (base 64 VLQ). */
function readNumber(segment: string): { readonly value: number; readonly length: number } {
  let bits = 0;
  let length = 0;
  let digit: number;
  do {
    digit = DIGITS.indexOf(segment[length]!);
    bits |= (digit & 31) << (5 * length);
    length++;
  } while (digit & 32);
  return { value: bits & 1 ? -(bits >> 1) : bits >> 1, length };
}

function writeNumber(value: number): string {
  let bits = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const rest = bits >>> 5;
    text += DIGITS[(bits & 31) | (rest > 0 ? 32 : 0)];
    bits = rest;
  } while (bits > 0);
  return text;
}
