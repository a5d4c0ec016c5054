import { type ControllerRecord, type MethodRecord, methodRecordOf, recordOf } from './controller-record.js';
import { loadMisplacedDecorator } from './misplaced-decorator.lazy.js';

type Name = string | symbol | undefined;

/**
 * The record of the method that a decorator stands on. Undefined where it stands on anything else, which is a startup
 * mistake.
 *
 * @param paths of a route decorator
 * @throws TypeError where the compiler compiles the decorators of ECMAScript, not of TypeScript
 */
export function methodRecordFor(
  decorator: string,
  target: object,
  name: Name,
  third: unknown,
  paths?: readonly string[],
): MethodRecord | undefined {
  return isMember(target, name) && typeof third !== 'number'
    ? methodRecordOf(target, name!)
    : loadMisplacedDecorator().recordMisplaced('methods', decorator, [target, name, third], paths);
}

/** As {@link methodRecordFor}, for a decorator of parameters. */
export function parameterRecordFor(
  decorator: string,
  target: object,
  name: Name,
  third: unknown,
): MethodRecord | undefined {
  return isMember(target, name) && typeof third === 'number'
    ? methodRecordOf(target, name!)
    : loadMisplacedDecorator().recordMisplaced('parameters', decorator, [target, name, third]);
}

/** As {@link methodRecordFor}, for a decorator of classes. */
export function classRecordFor(
  decorator: string,
  target: object,
  name: Name,
  third: unknown,
): ControllerRecord | undefined {
  if (name === undefined && typeof third !== 'number') return recordOf(target);
  loadMisplacedDecorator().recordMisplaced('classes', decorator, [target, name, third]);
  return undefined;
}

/** As {@link methodRecordFor}, for a decorator of methods and of whole classes. */
export function anyRecordFor(
  decorator: string,
  target: object,
  name: Name,
  third: unknown,
): ControllerRecord | MethodRecord | undefined {
  if (typeof third !== 'number') {
    if (name === undefined) return recordOf(target);
    if (isMember(target, name)) return methodRecordOf(target, name);
  }
  return loadMisplacedDecorator().recordMisplaced('classes and methods', decorator, [target, name, third]);
}

/** Whether it is a member of instances; the decorators of ECMAScript get an object in place of a name. */
function isMember(target: object, name: unknown): boolean {
  return typeof target === 'object' && (typeof name === 'string' || typeof name === 'symbol');
}
