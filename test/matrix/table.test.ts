import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../source-files.js';
import { recipes } from './recipes.js';
import { rowOf, type Versions } from './table.js';

const matrix = join(REPOSITORY, 'test/matrix');
const page = readFileSync(join(REPOSITORY, 'docs/toolchains.md'), 'utf8');
const versions = JSON.parse(readFileSync(join(matrix, 'results.json'), 'utf8')) as Versions;

test.each(recipes)('$name: its row is in docs/toolchains.md, as the last run made it', (recipe) => {
  expect(Object.keys(versions)).toContain(recipe.name);
  for (const version of Object.values(versions[recipe.name]!)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(page).toContain(`\n${rowOf(recipe, versions)}\n`);
});

test('every folder of recipes/ is a recipe, and every recipe has one', () => {
  expect(readdirSync(join(matrix, 'recipes')).sort()).toEqual(recipes.map(({ name }) => name).sort());
});

test.each(recipes)('$name: the table has the versions that its package.json pins', ({ name }) => {
  const path = join(matrix, 'recipes', name, 'package.json');
  if (!existsSync(path)) return;
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path, 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const pinned = { ...dependencies, ...devDependencies };
  const shown = Object.entries(versions[name]!).filter(([tool]) => tool in pinned);
  expect(shown).toEqual(shown.map(([tool]) => [tool, pinned[tool]]));
});
