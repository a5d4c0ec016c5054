import type { Recipe } from './recipe.js';

export const linters: readonly Recipe[] = [
  {
    name: 'biome',
    group: 'linters',
    title: 'Biome',
    tools: ['@biomejs/biome'],
    verdict: 'works',
    note: '',
    checks: [
      { run: 'npm run lint' },
      { run: 'biome lint --config-path=tempting.json --write src && cat src/todo.controller.ts', says: 'import type' },
    ],
  },
  {
    name: 'typescript-eslint',
    group: 'linters',
    title: 'typescript-eslint',
    tools: ['eslint', 'typescript-eslint', 'typescript'],
    verdict: 'works',
    note: '',
    checks: [
      { run: 'npm run lint' },
      { run: 'eslint --fix src && cat src/todo.controller.ts', says: "import { NewTodo } from './new-todo.js'" },
    ],
  },
];
