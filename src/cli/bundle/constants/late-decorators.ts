import { isSyntaxNode, type SyntaxNode } from '../syntax/syntax-node.js';
import type { ConstantClass } from './constant-classes.js';
import type { TopLevelName } from './top-level-names.js';

/** The file with the decorators of classes that are called when somebody needs what they record. */
export const LATE_FILE = '$decorators.js';

/** What the entry calls to have them called. */
export const DECORATE_LATE = '__twodoorsDecorateLate';

/** From how many characters on a file of their own is worth its loading, should a first request need them. */
const SMALLEST_FILE = 8 * 1024;

/** Decorators that are no part of the entry. */
export interface LateDecorators {
  readonly classes: ReadonlySet<ConstantClass>;
  /** The code of the file that has them. */
  readonly file: string;
  /** The function of the entry that loads it. */
  readonly loader: string;
}

/**
 * Writes decorators into a file of their own: V8 looks through all of an entry, whether it runs or not. What they use of the
 * entry they get as an object.
 *
 * @param lateMethod the name in the entry of what a method's parameters are told by
 * @returns undefined where they are too few, or are all functions of the app's
 */
export function lateDecorators(
  code: string,
  classes: readonly ConstantClass[],
  names: ReadonlyMap<string, TopLevelName>,
  lateMethod: string,
): LateDecorators | undefined {
  const used = new Set<string>();
  const moved = new Map<ConstantClass, string>();
  for (const type of classes) {
    const text = textOf(code, type, names, used, lateMethod);
    if (text !== undefined) moved.set(type, text);
  }
  const texts = [...moved.values()];
  if (texts.join('').length < SMALLEST_FILE) return undefined;
  // Getters: not all of them may be there yet.
  const scope = [...used].sort().map((name) => `get ${name}() { return ${name}; }`);
  return {
    classes: new Set(moved.keys()),
    file: `"use strict";\n${texts.join('')}`,
    loader: `function ${DECORATE_LATE}(type, id) {\n\trequire("./${LATE_FILE}")[id]({ ${scope.join(', ')} }, type);\n}\n`,
  };
}

/** @returns undefined for decorators that get functions, which may use all that is around them */
function textOf(
  code: string,
  { name, id, calls }: ConstantClass,
  names: ReadonlyMap<string, TopLevelName>,
  used: Set<string>,
  lateMethod: string,
): string | undefined {
  const ofClass = new Set<string>();
  const statements: string[] = [];
  for (const { node, parameters } of calls) {
    const [decorators, ...target] = node.arguments!;
    const write = (part: SyntaxNode) => writeNames(code, part, (each) => each !== name && names.has(each), ofClass);
    const list = decorators!.elements!.map(write);
    const rest = [node.callee!, ...target].map(write);
    if (list.includes(undefined) || rest.includes(undefined)) return undefined;
    const [callee, ...others] = rest;
    const text = `${callee}([${list.join(', ')}], ${others.join(', ')});`;
    if (parameters === undefined) statements.push(text);
    else {
      ofClass.add(lateMethod);
      const length = `$.${lateMethod}.parameters =`;
      statements.push(`${length} ${parameters};`, text, `${length} Infinity;`);
    }
  }
  for (const each of ofClass) used.add(each);
  return `exports[${JSON.stringify(id)}] = ($, ${name}) => {\n${statements.join('\n')}\n};\n`;
}

/** @returns an expression that has names of the entry as properties of `$`; undefined where there is a function in it */
function writeNames(
  code: string,
  node: SyntaxNode,
  isOfEntry: (name: string) => boolean,
  used: Set<string>,
): string | undefined {
  const found: SyntaxNode[] = [];
  if (!collectNames(node, found)) return undefined;
  let text = '';
  let from = node.start;
  for (const { name, start } of found) {
    if (!isOfEntry(name!)) continue;
    used.add(name!);
    text += `${code.slice(from, start)}$.`;
    from = start;
  }
  return (text + code.slice(from, node.end)).replaceAll(/\n\t*/g, ' ');
}

/** Collects what is used by its name, in its order. @returns false where there is a function, or a property of the same name */
function collectNames(node: SyntaxNode, found: SyntaxNode[]): boolean {
  const { type } = node;
  if (/Function|Class|Template/.test(type) || (type === 'Property' && node.shorthand)) return false;
  if (type === 'Identifier') found.push(node);
  const parts =
    type === 'MemberExpression' && !node.computed
      ? [node.object]
      : type === 'Property'
        ? [node.value as SyntaxNode]
        : Object.values(node).flat();
  return parts.filter(isSyntaxNode).every((each) => collectNames(each, found));
}
