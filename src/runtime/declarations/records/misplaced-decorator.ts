import { nameOf } from '../class.js';
import type { DecoratorKind, DecoratorTarget } from '../decorator-target.js';
import { isClass } from '../is-class.js';
import type { MistakeCode } from '../mistakes.js';
import { createMethodRecord, type MethodRecord, recordOf } from './controller-record.js';

/**
 * Records the mistake of a decorator that stands on anything but its kind.
 *
 * @param paths of a route decorator
 * @returns a record that nothing reads, where the decorator may go on; else undefined
 * @throws TypeError where the compiler compiles the decorators of ECMAScript, not of TypeScript
 */
export function recordMisplaced(
  kind: DecoratorKind,
  decorator: string,
  target: DecoratorTarget,
  paths?: readonly string[],
): MethodRecord | undefined {
  const [type, name, third] = target;
  if (isContext(name)) {
    throw new TypeError(
      `${decorator} on ${String(name.name)}: the compiler uses ECMAScript's decorators. Set "experimentalDecorators" and "emitDecoratorMetadata" to true in tsconfig.json.`,
    );
  }
  const isParameter = typeof third === 'number';
  const found = name === undefined ? 'classes' : 'methods';
  if (kind === 'parameters' ? isParameter && found === 'methods' : !isParameter && kind.includes(found)) {
    return recordStatic(type, name!);
  }
  if (kind === 'parameters' && isParameter) {
    const message = 'only the parameters of methods can be bound. Bind the value there.';
    addDecoratorMistake(decorator, target, 'constructor-parameter', message);
  } else {
    const where = isParameter ? 'a parameter' : found === 'classes' ? 'a class' : 'a member';
    const cure = paths === undefined ? '' : ` The prefix of a class is @Controller('${paths[0] ?? ''}').`;
    const message = `it is on ${where}, and only for ${kind}. Move it.${cure}`;
    addDecoratorMistake(decorator, target, 'misplaced-decorator', message);
  }
  return undefined;
}

/** Records that a method is static. Its decorators write to a record of their own. */
function recordStatic(type: object, name: string | symbol): MethodRecord {
  recordOf(type).mistakes.push({
    code: 'static-method',
    controller: nameOf(type),
    method: String(name),
    message: 'it is static, but routes are methods of an instance. Remove "static".',
  });
  return createMethodRecord();
}

/** Records that a class has a decorator twice. */
export function addRepeated(decorator: string, target: DecoratorTarget): void {
  addDecoratorMistake(decorator, target, 'repeated-decorator', 'it is there twice. Remove one.');
}

/** Records that a class or a method has a decorator twice whose values exclude each other. */
export function addRepeatedValue(decorator: string, target: DecoratorTarget): void {
  const message = 'it is there twice, and only one can apply. Remove one.';
  addDecoratorMistake(decorator, target, 'repeated-decorator', message);
}

/** Records that a decorator has got no value. */
export function addWithoutValue(decorator: string, target: DecoratorTarget): void {
  const message = 'its value is undefined, as if it were missing. Pass a value, such as true.';
  addDecoratorMistake(decorator, target, 'metadata-without-value', message);
}

/** Records a mistake at a decorator's place. */
export function addDecoratorMistake(
  decorator: string,
  [target, name, third]: DecoratorTarget,
  code: MistakeCode,
  message: string,
): void {
  const type = typeof target === 'function' ? target : target.constructor;
  recordOf(type).mistakes.push({
    code,
    controller: nameOf(type),
    ...(name !== undefined && { method: String(name) }),
    ...(typeof third === 'number' && { parameter: third + 1 }),
    decorator,
    message,
  });
}

/**
 * Throws where the first argument of a decorator is a class or a prototype: what it decorates without parentheses.
 *
 * @throws TypeError that names the place and the fix
 */
export function refuseDecorated(decorator: string, first: unknown, example = `${decorator}(…)`): void {
  const type = isClass(first) ? first : isPrototype(first) ? first.constructor : undefined;
  if (type === undefined) return;
  throw new TypeError(`${decorator} in or on the class ${nameOf(type)} needs parentheses: ${example}.`);
}

function isPrototype(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'constructor')) return false;
  return typeof value.constructor === 'function' && value.constructor.prototype === value;
}

/** Throws for a prefix of `@Controller` that is not a string. */
export function refusePrefix(prefix: unknown): never {
  refuseDecorated('@Controller', prefix, '@Controller()');
  throw new TypeError("@Controller needs a string for its prefix: @Controller('/todos').");
}

/** Throws for a path of a route decorator that is neither a string nor a list. */
export function refusePath(decorator: string): never {
  throw new TypeError(`${decorator} needs parentheses and a string path: ${decorator}().`);
}

/** The second argument of an ECMAScript decorator. */
function isContext(value: unknown): value is { readonly kind: string; readonly name?: string | symbol } {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';
}
