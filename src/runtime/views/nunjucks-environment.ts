import { posix } from 'node:path';
import type { NunjucksFilter, NunjucksOptions } from './nunjucks-options.js';

/** A view as a loader gives it: its source, or what the compiler made of it. */
export interface LoadedView {
  readonly src: string | { readonly type: 'code'; readonly obj: CompiledView };
  readonly path: string;
  readonly noCache: boolean;
}

/** What nunjucks' compiler makes of a view: its root and its blocks, each a function. */
export type CompiledView = Readonly<Record<string, unknown>>;

/** The part of nunjucks that we use, and that its slim form has as well. */
export interface NunjucksLibrary {
  readonly Environment: new (loader: object, options: object) => NunjucksEnvironment;
  readonly runtime: {
    memberLookup(this: void, object: unknown, name: unknown, ...rest: unknown[]): unknown;
    markSafe(text: string): unknown;
  };
  installJinjaCompat(): void;
}

/** What renders: nunjucks' `Environment`. */
export interface NunjucksEnvironment {
  render(name: string, values: object): string | null;
  getTemplate(name: string, eagerCompile?: boolean): unknown;
  getFilter(name: string): unknown;
  addFilter(name: string, filter: NunjucksFilter): unknown;
  addGlobal(name: string, value: unknown): unknown;
}

/** Makes the environment that both forms of the engine render with; they differ in the loader alone. */
export function createEnvironment(
  library: NunjucksLibrary,
  load: (name: string) => LoadedView | null,
  options: NunjucksOptions,
): NunjucksEnvironment {
  installJinja(library);
  const loader = {
    getSource: load,
    isRelative: (name: string) => name.startsWith('./') || name.startsWith('../'),
    // nunjucks' own answers with absolute paths, which would differ between a folder and a bundle.
    resolve: (from: string, to: string) => posix.join(posix.dirname(from), to),
  };
  // "dev" keeps the stack of what a view's function threw; who sees it is the dispatcher's business.
  const environment = new library.Environment(loader, { autoescape: true, dev: true });
  // nunjucks puts a plain object there, in which a view named "constructor" would be found.
  Object.assign(loader, { cache: Object.create(null) });
  environment.addFilter('tojson', (value: unknown) => library.runtime.markSafe(toSafeJson(value)));
  for (const [name, filter] of Object.entries(options.filters ?? {})) environment.addFilter(name, filter);
  for (const [name, value] of Object.entries(options.globals ?? {})) environment.addGlobal(name, value);
  return environment;
}

/** Renders, and says so where a view waits for something: a template is done at once, its handler is what waits. */
export function render(environment: NunjucksEnvironment, view: string, values: object): string {
  const text = environment.render(view, values);
  if (text === null) {
    throw new Error(`The view ${view} waits for something (asyncEach, asyncAll). Await it in the handler instead.`);
  }
  return text;
}

/** JSON that may stand in a script element and in a single-quoted attribute, as Jinja's `tojson`. */
function toSafeJson(value: unknown): string {
  const text = (JSON.stringify(value) as string | undefined) ?? 'null';
  return text.replace(/[<>&'\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const installed = new WeakSet<NunjucksLibrary>();

/** Installs Jinja's slices, `True`, and methods such as `.items()`; once, since nunjucks would stack them. */
function installJinja(library: NunjucksLibrary): void {
  if (installed.has(library)) return;
  installed.add(library);
  const { runtime } = library;
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
