import { parseAst } from 'rolldown/parseAst';
import type { Program } from '../syntax/syntax-node.js';

/** The bundler's helpers, loaded by a file of a bundle. */
const HELPERS = /([\w$]+)=require\(["'`]\.\/rolldown-runtime\.js["'`]\)(?=[,;])/;

/** The same, where the file uses none of them. */
const UNUSED_HELPERS = /(?<=[;}"'`])require\(["'`]\.\/rolldown-runtime\.js["'`]\);/;

/**
 * Does without the bundler's helpers, which are in a file of their own, and a file costs a cold start 0.25 ms. They make the
 * namespaces of modules that share a file: of functions, which exist before the first statement runs, a plain object is as
 * good. And they give a function its name back, where two modules have one of the same name: all other functions have lost
 * theirs to the minifier anyway. The length stays, and with it the source map.
 *
 * @param parse gives the syntax tree of code with statements in the same places. Default: by parsing this one
 */
export function makeNamespacesPlain(bundled: string, parse: () => Program = () => parseAst(bundled)): string {
  const found = HELPERS.exec(bundled);
  if (found === null) return bundled.replace(UNUSED_HELPERS, (all) => ' '.repeat(all.length));
  const [required, helpers] = found as unknown as [string, string];
  const { body } = parse();
  const functions = functionsIn(body);
  const code = leaveNamesOut(bundled, body, helpers, functions);
  const name = helpers.replaceAll('$', '\\$');
  // An arrow function may have a parameter of this name: `e=>e.t`.
  const own = `(?<![\\w$.]|\\b${name}=>)${name}\\.`;
  const namespace = new RegExp(`${own}[\\w$]+\\(\\{((?:[\\w$]+:\\(\\)=>[\\w$]+,?)+)\\},1\\)`, 'g');
  const plain = code.replace(namespace, (all, members: string) => {
    const pairs = members.split(',').map((member) => member.split(':()=>') as [string, string]);
    if (!pairs.every(([, local]) => functions.has(local))) return all;
    return `{${pairs.map((pair) => pair.join(':'))}}`.padEnd(all.length);
  });
  // A call through any other variable of the same name only keeps the file.
  const isUsed = new RegExp(`${own}[\\w$][()]`).test(plain);
  return isUsed ? plain : plain.replace(required, () => `${helpers}=0`.padEnd(required.length));
}

/** Leaves out the calls at the top level that name a function: `e.r(add,"add")`. Classes keep their names. */
function leaveNamesOut(
  code: string,
  body: readonly Statement[],
  helpers: string,
  functions: ReadonlySet<string>,
): string {
  let rest = code;
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement') continue;
    const { expression } = statement;
    for (const call of expression.type === 'SequenceExpression' ? expression.expressions : [expression]) {
      if (!isNaming(call, helpers, functions)) continue;
      const { start, end } = call as { start: number; end: number };
      rest = rest.slice(0, start) + '0'.padEnd(end - start) + rest.slice(end);
    }
  }
  return rest;
}

type Statement = Program['body'][number];
type Expression = Extract<Statement, { type: 'ExpressionStatement' }>['expression'];

/** No other helper takes a function and a text. */
function isNaming(call: Expression, helpers: string, functions: ReadonlySet<string>): boolean {
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const { object } = call.callee;
  const [named, name] = call.arguments;
  if (object.type !== 'Identifier' || object.name !== helpers || call.arguments.length !== 2) return false;
  if (named?.type !== 'Identifier' || !functions.has(named.name)) return false;
  return name?.type === 'TemplateLiteral' || (name?.type === 'Literal' && typeof name.value === 'string');
}

/** The names of the functions that are declared at the top level. */
export function functionsIn(body: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of body) {
    if (statement.type === 'FunctionDeclaration' && statement.id !== null) names.add(statement.id.name);
  }
  return names;
}
