import { constantClasses } from '../declarations/calls/constant-classes.js';
import type { DecoratorCall, DeferredRun, PutOff, ValidatorFile } from './decorator-call.js';

// `twodoors build` lets class-validator's decorators lead here in bundles that use nothing else of it. Loading
// class-validator, and running its decorators, takes longer than all else in a cold start of a small app; many a first
// request needs neither. This file is part of every such cold start, so it is short, and its functions are not nested.

/** The global variable in which all copies of class-validator keep what their decorators say. */
const STORAGE = 'classValidatorMetadataStorage';

const globals = globalThis as Record<string, unknown>;

let loadFile: () => ValidatorFile;

/** The calls to replay. */
let calls: (DecoratorCall | DeferredRun | PutOff)[] = [];

/** class-validator itself, from the moment when somebody needs it. */
let loaded: ValidatorFile | undefined;

/**
 * Begins to record. Whoever reads class-validator's storage first, even another copy of class-validator, finds in it all
 * that was recorded: reading it loads class-validator and replays the calls.
 */
export function startRecording(load: () => ValidatorFile): void {
  loadFile = load;
  // Somebody has been here before, so there is nothing to save.
  if (STORAGE in globals) loaded = load();
  else Object.defineProperty(globals, STORAGE, { configurable: true, get: readStorage, set: writeStorage });
}

function readStorage(): unknown {
  const file = loadFile();
  file.replay(recordedCalls()!, STORAGE);
  loaded = file;
  calls = [];
  return globals[STORAGE];
}

/** Runs something between the calls when they are replayed, as if it had run now. */
readStorage.later = (run: () => void, type: unknown): void => {
  calls.push({ run, type });
};

function writeStorage(storage: unknown): void {
  readStorage();
  globals[STORAGE] = storage;
}

/**
 * Puts off the decorators of a class, among which are some of class-validator's: what they record comes where they stand.
 * Called by what `twodoors build` writes.
 *
 * @returns what calls them; undefined where they had to be called at once
 */
readStorage.putOff = (type: object, decorate: () => void): (() => void) | undefined => {
  if (loaded !== undefined) return void decorate();
  const put: PutOff = { decorate, type };
  calls.push(put);
  return recordNow.bind(undefined, put);
};

/** Lets decorators that were put off record in their place. */
function recordNow(put: PutOff): void {
  const all = calls;
  const at = all.indexOf(put);
  if (at === -1) return;
  const { type } = put;
  const constant = constantClasses.get(type);
  // What records meanwhile is what makes it constant.
  constantClasses.delete(type);
  calls = [];
  put.decorate();
  all.splice(at, 1, ...calls);
  calls = all;
  if (constant !== undefined) constantClasses.set(type, [constant[0]]);
}

/**
 * The calls that are still to be replayed; undefined once class-validator is loaded.
 *
 * @param type the class that they are needed for, with its base classes; default: all
 */
export function recordedCalls(type?: new () => object): readonly (DecoratorCall | DeferredRun)[] | undefined {
  if (loaded !== undefined) return undefined;
  for (const call of calls.slice()) {
    if (!('decorate' in call)) continue;
    const isNeeded = type === undefined || call.type === type || type.prototype instanceof (call.type as typeof type);
    if (isNeeded) recordNow(call);
  }
  return calls as (DecoratorCall | DeferredRun)[];
}

/** Stands for a decorator of class-validator. */
export function recordDecorator(name: string) {
  return (...args: unknown[]) =>
    loaded === undefined
      ? (target: object, property?: PropertyKey) => record(name, args, target, property)
      : call(loaded, name, args);
}

function record(name: string, args: unknown[], target: object, property: PropertyKey | undefined): void {
  if (loaded !== undefined) {
    (call(loaded, name, args) as (target: object, property?: PropertyKey) => void)(target, property);
    return;
  }
  endConstancy(target.constructor);
  const last = args.at(-1) as object | null | undefined;
  const options = last?.constructor === Object ? { ...last } : undefined;
  calls.push({ name, args, options, target, type: target.constructor, property });
}

/** Stands for `registerDecorator`, which takes everything from its options at once. */
export function recordRegistration(options: { readonly target: object; readonly options?: object }): void {
  endConstancy(options.target);
  if (loaded !== undefined) call(loaded, 'registerDecorator', [options]);
  else {
    const copy = { ...options, options: options.options && { ...options.options } };
    calls.push({ name: 'registerDecorator', args: [copy], options: undefined });
  }
}

/** Stands for `buildMessage`, which is not called before a message is needed. */
export function recordMessage(...args: unknown[]) {
  return (validation: unknown) =>
    (call(loadFile(), 'buildMessage', args) as (validation: unknown) => string)(validation);
}

/** Something else decorates a class as well. What was put off is before it in the list. */
function endConstancy(type: object): void {
  if (!constantClasses.has(type)) return;
  recordedCalls(type as new () => object);
  constantClasses.delete(type);
}

function call({ functions }: ValidatorFile, name: string, args: unknown[]): unknown {
  return functions[name]!(...(args as never[]));
}
