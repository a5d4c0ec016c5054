import { bundlers } from './bundler-recipes.js';
import { compilers } from './compiler-recipes.js';
import { instrumentation } from './instrumentation-recipes.js';
import { linters } from './linter-recipes.js';
import { managers } from './manager-recipes.js';
import type { Recipe } from './recipe.js';
import { runners } from './runner-recipes.js';

/** All rows of docs/toolchains.md, in their order. */
export const recipes: readonly Recipe[] = [
  ...bundlers,
  ...compilers,
  ...runners,
  ...managers,
  ...linters,
  ...instrumentation,
];
