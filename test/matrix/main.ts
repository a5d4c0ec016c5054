// npm run matrix [-- GROUP or NAME ...]: see docs/toolchains.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryRecipe } from './check.js';
import { MATRIX, pack, REPOSITORY, removeProjects } from './project.js';
import { recipes } from './recipes.js';
import { renderPage, type Versions } from './table.js';

const wanted = process.argv.slice(2);
const selected = recipes.filter(
  ({ name, group }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(group),
);
const unknown = wanted.filter((word) => !recipes.some(({ name, group }) => word === name || word === group));
if (unknown.length > 0) throw new Error(`No recipe and no group is called ${unknown.join(', ')}.`);

const results = join(MATRIX, 'results.json');
const versions: Record<string, Readonly<Record<string, string>>> = existsSync(results)
  ? (JSON.parse(readFileSync(results, 'utf8')) as Versions)
  : {};
const begin = Date.now();
const tarball = pack();
let surprises = 0;
const queue = [...selected];

/** Two at a time: they wait for the registry, and then for a processor. */
await Promise.all([work(), work()]);
removeProjects();
keep();
console.log(`${selected.length} recipes, ${surprises} not as expected. Written: docs/toolchains.md`);
if (surprises > 0) process.exitCode = 1;

async function work(): Promise<void> {
  for (let recipe = queue.shift(); recipe !== undefined; recipe = queue.shift()) {
    const { versions: used, surprise } = await tryRecipe(recipe, tarball);
    const time = `${String(Math.round((Date.now() - begin) / 1000)).padStart(4)} s`;
    if (surprise === undefined) {
      versions[recipe.name] = used;
      keep();
      console.log(`${time}  ${recipe.name}: ${recipe.verdict}, as expected`);
    } else {
      surprises += 1;
      // The table must not show what no longer holds.
      delete versions[recipe.name];
      keep();
      console.log(`${time}  ${recipe.name}: not as expected.\n${surprise}`);
    }
  }
}

/** Writes what is known, after each recipe: a run that is ended has not been for nothing. */
function keep(): void {
  for (const name of Object.keys(versions)) if (!recipes.some((recipe) => recipe.name === name)) delete versions[name];
  const sorted = Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(results, `${JSON.stringify(sorted, null, 2)}\n`);
  const page = join(REPOSITORY, 'docs/toolchains.md');
  writeFileSync(page, renderPage(recipes, versions, readFileSync(page, 'utf8')));
}
