import { tryRecipe } from './check.js';
import { pack, removeProjects } from './project.js';
import { recipes } from './recipes.js';

// The recipes that most users need, with packages of the registry. `npm run matrix` runs all of them.

let tarball: string;
beforeAll(() => {
  // Without scripts: the package has been compiled, and others are using it.
  tarball = pack();
});
afterAll(() => removeProjects());

test.each(['esbuild-tsc', 'vitest', 'pnpm'])('the recipe %s is as docs/toolchains.md says', async (name) => {
  const { surprise } = await tryRecipe(recipes.find((recipe) => recipe.name === name)!, tarball);
  expect(surprise).toBeUndefined();
});
