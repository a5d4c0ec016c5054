import { parseAst } from 'rolldown/parseAst';
import { functionsIn } from './plain-namespaces.js';

/** One export: of a value (a name, or a text that the bundler has put in its place), or of a variable that may change. */
const EXPORT =
  /exports\.([\w$]+)=([\w$]+|`[^`\\$]*`|"[^"\\]*"|'[^'\\]*')|Object\.defineProperty\(exports,["'`]([\w$]+)["'`],\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/;

/** What the entry exports, at its end. */
const LAST_EXPORTS = new RegExp(`([;}\\n,])((?:(?:${EXPORT.source})[,;]?)+)(?=\\n?(?:\\/\\/# sourceMappingURL|$))`);

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
 * @returns undefined for code of another form
 */
export function exportEarly(code: string, names: ReadonlySet<string>): string | undefined {
  const found = LAST_EXPORTS.exec(code);
  if (found === null || !code.startsWith(STRICT)) return undefined;
  const [, before, statement] = found;
  const exported = [...statement!.matchAll(new RegExp(EXPORT, 'g'))].map(([text, name, local, changing, variable]) => ({
    text,
    name: name ?? changing!,
    local: local ?? variable!,
    isChanging: changing !== undefined,
  }));
  const kept = exported.filter(({ name }) => names.has(name)).map(({ text }) => text);
  const { functions, variables } = declarationsOf(code);
  const values = exported.filter(({ local, isChanging }) => variables.has(local) && !isChanging);
  const others = exported.filter((each) => !values.includes(each));
  // Functions are there before the first statement runs.
  const members = others.map(({ name, local }) =>
    functions.has(local) ? `${name}:${local}` : `get ${name}(){return ${local}}`,
  );
  const assigned = values.map(({ name, local }) => `${name}:${local}`);
  const define = `function $early(){return Object.assign($early.names??={${members}},{${assigned}})}`;
  // Another expression of the same statement ends here.
  const ended = `${code.slice(STRICT.length, found.index)}${before === ',' ? ';' : before}`;
  const rest = code.slice(found.index + 1 + statement!.length);
  return `${STRICT}${EARLY_EXPORT}${ended}${define}${kept.join()};$early.names&&$early();${rest}`;
}

/** The names of the functions and of the variables (each a `var`) that are declared at the top level. */
function declarationsOf(code: string): { functions: ReadonlySet<string>; variables: ReadonlySet<string> } {
  const variables = new Set<string>();
  const { body } = parseAst(code);
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'var') continue;
    for (const { id } of statement.declarations) if (id.type === 'Identifier') variables.add(id.name);
  }
  return { functions: functionsIn(body), variables };
}

/** Makes a file on demand use what its entry exports early. @param entry the name of the entry's file */
export function importEarly(code: string, entry: string): string {
  for (const quote of ['"', "'", '`']) {
    const required = `require(${quote}./${entry}${quote})`;
    if (code.includes(required)) return code.replace(required, () => `${required}${EARLY_CALL}`);
  }
  return code;
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
