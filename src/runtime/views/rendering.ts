import { formOf } from '../http/forms/form.js';
import type { HttpRequest } from '../http/http-request.js';
import { flashedMessagesOf } from '../web/flashed-messages.js';
import { loadUrlForView } from '../web/urls/url-for-view.lazy.js';
import { BUILT_IN_NAMES, isBuiltIn, viewValues } from '../web/view-values.js';

/** One page while it is rendered, which takes no pause: the template engine is synchronous. */
interface Rendering {
  readonly request: HttpRequest | undefined;
  /** What the views have read of the built-in values so far. */
  readonly values: Map<string, unknown>;
  /** Set where a view needs a value that is still to come. */
  pending: Promise<unknown> | undefined;
}

/** What is being rendered now; undefined between two pages. */
let current: Rendering | undefined;

/**
 * Renders a page whose views can read the built-in values. Where one of them takes time, the page is rendered again as
 * soon as it is there.
 */
export function renderFor(request: HttpRequest | undefined, render: () => string): string | Promise<string> {
  return tryToRender({ request, values: new Map(), pending: undefined }, render);
}

function tryToRender(rendering: Rendering, render: () => string): string | Promise<string> {
  // A function that a view calls may render another page.
  const outer = current;
  current = rendering;
  try {
    const text = render();
    if (rendering.pending === undefined) return text;
  } catch (error) {
    if (rendering.pending === undefined) throw error;
  } finally {
    current = outer;
  }
  const { pending } = rendering;
  rendering.pending = undefined;
  return pending.then(() => tryToRender(rendering, render));
}

/** Makes the built-in values members of an object, those that it has not yet; each is read when a view first needs it. */
export function addBuiltIns(globals: object): void {
  for (const name of [...BUILT_IN_NAMES, ...viewValues.keys()]) {
    if (Object.hasOwn(globals, name)) continue;
    Object.defineProperty(globals, name, { get: () => readBuiltIn(name), configurable: true, enumerable: true });
  }
}

/** @throws TypeError that says which of these values has a name that every view has already */
export function assertOwnNames(values: object, place: string): void {
  for (const name of Object.keys(values)) {
    if (!isBuiltIn(name)) continue;
    throw new TypeError(`${place} has "${name}", which every view has already. Choose another name.`);
  }
}

function readBuiltIn(name: string): unknown {
  if (current === undefined) return undefined;
  const { values } = current;
  if (values.has(name)) return values.get(name);
  const value = makeBuiltIn(name, current.request);
  if (!(value instanceof Promise)) {
    values.set(name, value);
    return value;
  }
  current.pending = value.then((settled: unknown) => values.set(name, settled));
  throw new Error(`${name} is not there yet, so the page will be rendered again.`);
}

function makeBuiltIn(name: string, request: HttpRequest | undefined): unknown {
  const make = viewValues.get(name) ?? DEFAULTS[name];
  if (make === undefined) return undefined;
  if (request !== undefined) return make(request);
  if (!FUNCTIONS.has(name)) return undefined;
  return () => {
    throw new Error(`${name}() needs a request. Pass it to render(view, values, request).`);
  };
}

const FUNCTIONS = new Set<string>(['url_for', 'asset_url', 'get_flashed_messages']);

/** What views read where no feature says otherwise. */
const DEFAULTS: Readonly<Record<string, (request: HttpRequest) => unknown>> = {
  request: (request) => request,
  form: (request) => formOf(request),
  url_for:
    (request) =>
    (name: unknown, ...rest: unknown[]) =>
      loadUrlForView().urlForView(request, name, ...rest),
  asset_url: () => () => {
    throw new Error(
      "asset_url() needs an app with public files. Name their folder: defineApp({ public: 'src/public' }).",
    );
  },
  get_flashed_messages: (request) => (first?: unknown, second?: unknown) => {
    const named = [first, second].find(isKeywords) ?? {};
    const { with_categories: withCategories = first === true, category_filter: categories = second } = named;
    return flashedMessagesOf(request, {
      withCategories: withCategories === true,
      ...(Array.isArray(categories) && categories.length > 0 && { categories: categories as string[] }),
    });
  },
};

/** Whether these are arguments that a view passes by name, as nunjucks hands them over. */
function isKeywords(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && '__keywords' in value;
}
