import { posix } from 'node:path';
import { jsonOf } from '../http/reply/values/json-of.js';
import { sharedByCopies } from '../identity/copies.js';
import { createDateFilter } from './date-filter.js';
import { Markup } from './markup.js';
import type { NunjucksFilter, NunjucksOptions } from './nunjucks-options.js';
import { assertOwnNames } from './rendering.js';

/** A view as nunjucks loads it: its source, or its compiled form. */
export interface LoadedView {
  readonly src: string | { readonly type: 'code'; readonly obj: CompiledView };
  readonly path: string;
  readonly noCache: boolean;
}

/** A compiled view: its root and its blocks, each a function. */
export type CompiledView = Readonly<Record<string, unknown>>;

/** The part of nunjucks that we use; its slim form has it too. */
export interface NunjucksLibrary {
  readonly Environment: new (loader: object, options: object) => NunjucksEnvironment;
  readonly runtime: {
    memberLookup(this: void, object: unknown, name: unknown, ...rest: unknown[]): unknown;
    markSafe(text: string): unknown;
    readonly SafeString: object;
  };
  installJinjaCompat(): void;
}

/** nunjucks' `Environment`, which renders. */
export interface NunjucksEnvironment {
  render(name: string, values: object): string | null;
  getTemplate(name: string, eagerCompile?: boolean): unknown;
  getFilter(name: string): unknown;
  addFilter(name: string, filter: NunjucksFilter): unknown;
  addGlobal(name: string, value: unknown): unknown;
  readonly globals: object;
}

/**
 * Creates the environment of both forms of the engine, which differ only in how they load views.
 *
 * @throws TypeError for a global with the name of a built-in value
 */
export function createEnvironment(
  library: NunjucksLibrary,
  load: (name: string) => LoadedView | null,
  options: NunjucksOptions,
): NunjucksEnvironment {
  const { filters = {}, globals = {}, dates } = options;
  assertOwnNames(globals, 'nunjucks({ globals })');
  installJinja(library);
  const loader = {
    getSource: load,
    isRelative: (name: string) => name.startsWith('./') || name.startsWith('../'),
    // nunjucks' own gives absolute paths, which would differ between a folder and a bundle.
    resolve: (from: string, to: string) => posix.join(posix.dirname(from), to),
  };
  // "dev" keeps the stack of what a view's function throws; the dispatcher decides who sees it.
  const environment = new library.Environment(loader, { autoescape: true, dev: true });
  // nunjucks' own cache is a plain object, in which a view named "constructor" would be found.
  Object.assign(loader, { cache: Object.create(null) });
  environment.addFilter('tojson', (value: unknown) => library.runtime.markSafe(toSafeJson(value)));
  environment.addFilter('date', createDateFilter(dates));
  for (const [name, filter] of Object.entries(filters)) environment.addFilter(name, filter);
  for (const [name, value] of Object.entries(globals)) environment.addGlobal(name, value);
  return environment;
}

/** JSON that is safe in a script element and in a single-quoted attribute, as Jinja's `tojson`; a missing value is null. */
function toSafeJson(value: unknown): string {
  const text = value === undefined ? 'null' : jsonOf(value, 'The value of tojson');
  return text.replace(/[<>&'\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const installed = sharedByCopies('jinja', new WeakSet<NunjucksLibrary>());

/**
 * Installs Jinja's slices, `True`, and methods such as `.items()`, and makes `markup()` known as safe; once, since each call
 * of nunjucks' wraps the last.
 */
function installJinja(library: NunjucksLibrary): void {
  if (installed.has(library)) return;
  installed.add(library);
  const { runtime } = library;
  const { SafeString } = runtime;
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(SafeString, Symbol.hasInstance, {
    value: (text: unknown) => isInstance.call(SafeString, text) || text instanceof Markup,
  });
  const plain = runtime.memberLookup;
  library.installJinjaCompat();
  const jinja = runtime.memberLookup;
  // Python's methods would hide properties of the same name, and `cart.items` is a list in JavaScript.
  runtime.memberLookup = (object, name, ...rest) => {
    const isOwn =
      rest.length < 2 && typeof object === 'object' && object !== null && Object.hasOwn(object, name as PropertyKey);
    return (isOwn ? plain : jinja)(object, name, ...rest);
  };
}
