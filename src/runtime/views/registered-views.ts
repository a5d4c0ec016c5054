import type { NunjucksOptions } from './nunjucks-options.js';
import type { ViewEngine } from './view-engine.js';

type CreateEngine = (options: NunjucksOptions) => ViewEngine;

let registered: CreateEngine | undefined;

/** Makes `nunjucks()` create this engine from now on. */
export function registerViews(create: CreateEngine): void {
  registered = create;
}

/** What creates the engine of the views that a module has registered; undefined where none has. */
export function registeredViews(): CreateEngine | undefined {
  return registered;
}
