import { nameOf } from './class.js';
import type { MistakeCode, MistakePlace } from './mistakes.js';
import { type ControllerRecord, type MethodRecord, methodRecordOf, recordOf } from './records/controller-record.js';

/**
 * What the compiler passes to a decorator: the class, or the prototype that has the member; the member's name; and the
 * descriptor of a method, or the position of a parameter.
 */
export type DecoratorTarget = readonly [target: object, name?: string | symbol, third?: unknown];

/** A record that values and mistakes of one decorator go to. */
export interface DecoratorRecord<R> {
  readonly record: R;
  /** Adds a mistake at the decorator's place. */
  complain(code: MistakeCode, message: string): unknown;
}

/** What decorators stand on, and the record that each writes to. */
interface Records {
  methods: MethodRecord;
  classes: ControllerRecord;
  'classes and methods': ControllerRecord | MethodRecord;
  parameters: MethodRecord;
}

/**
 * The record that a decorator writes to. Undefined where it stands on anything but its kind, which is a startup mistake.
 *
 * @param cure what to write instead, where that is more than moving the decorator
 * @throws TypeError where the compiler compiles the decorators of ECMAScript, not of TypeScript
 */
export function recordFor<Kind extends keyof Records>(
  kind: Kind,
  decorator: string,
  [target, name, third]: DecoratorTarget,
  cure = '',
): DecoratorRecord<Records[Kind]> | undefined {
  if (isContext(name)) {
    throw new TypeError(
      `${decorator} on ${String(name.name)}: the compiler uses ECMAScript's decorators. Set "experimentalDecorators" and "emitDecoratorMetadata" to true in tsconfig.json.`,
    );
  }
  const type = typeof target === 'function' ? target : target.constructor;
  const isParameter = typeof third === 'number';
  const place: MistakePlace = {
    controller: nameOf(type),
    ...(name !== undefined && { method: String(name) }),
    ...(isParameter && { parameter: third + 1 }),
    decorator,
  };
  const complain = (code: MistakeCode, message: string) => recordOf(type).mistakes.push({ code, ...place, message });
  const found = name === undefined ? 'classes' : 'methods';
  if (kind === 'parameters' ? isParameter && found === 'methods' : !isParameter && kind.includes(found)) {
    const record = name === undefined ? recordOf(target) : methodRecordOf(target, name);
    if ('decorators' in record) record.decorators.add(decorator);
    return { record: record as Records[Kind], complain };
  }
  if (kind === 'parameters' && isParameter) {
    complain('constructor-parameter', 'only the parameters of methods can be bound. Bind the value there.');
  } else {
    const where = isParameter ? 'a parameter' : found === 'classes' ? 'a class' : 'a member';
    complain('misplaced-decorator', `it is on ${where}, and only for ${kind}. Move it.${cure}`);
  }
  return undefined;
}

/**
 * Refuses a decorator without parentheses, which the compiler calls with what it decorates instead of with arguments.
 *
 * @param first the first argument
 * @param example the decorator as it should be written
 * @param canBeClass whether the first argument may be a class. Default: false
 * @throws TypeError that names the place and the fix
 */
export function assertParentheses(decorator: string, first: unknown, example: string, canBeClass = false): void {
  if (!isPrototype(first) && (canBeClass || !isClass(first))) return;
  const type = typeof first === 'function' ? first : (first as object).constructor;
  throw new TypeError(`${decorator} in or on the class ${nameOf(type)} needs parentheses: ${example}.`);
}

/** The second argument of an ECMAScript decorator. */
function isContext(value: unknown): value is { readonly kind: string; readonly name?: string | symbol } {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';
}

/** Whether a function is a class: its `prototype` cannot be replaced. Middleware and types of other kinds are not. */
export function isClass(value: unknown): boolean {
  return typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}

function isPrototype(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'constructor')) return false;
  return typeof value.constructor === 'function' && value.constructor.prototype === value;
}
