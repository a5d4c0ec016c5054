export { nunjucks } from './nunjucks.js';
export type { NunjucksFilter, NunjucksOptions } from './nunjucks-options.js';
export type { ViewEngine } from './view-engine.js';
