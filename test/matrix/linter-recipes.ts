import type { Recipe } from './recipe.js';

export const linters: readonly Recipe[] = [
  {
    name: 'biome',
    group: 'linters',
    title: 'Biome',
    tools: ['@biomejs/biome'],
    verdict: 'works',
    note: '`unsafeParameterDecoratorsEnabled`, and `useImportType` off: its fix writes `import type` for DTOs, and their metadata is gone.',
    checks: [
      { run: 'npm run lint' },
      { run: 'biome lint --config-path=tempting.json --write' },
      { file: 'src/todo.controller.ts', has: "import type { NewTodo } from './new-todo.js';" },
      { run: 'twodoors build lambda', fails: 'TodoController.create, parameter 1 (@Body)' },
    ],
  },
  {
    name: 'typescript-eslint',
    group: 'linters',
    title: 'typescript-eslint',
    tools: ['eslint', 'typescript-eslint', 'typescript'],
    verdict: 'works',
    note: '`experimentalDecorators` and `emitDecoratorMetadata` in `parserOptions`. Without them, the fix of `consistent-type-imports` writes `import type` for DTOs.',
    checks: [
      { run: 'npm run lint' },
      { run: 'npx eslint --fix --config tempting.config.js src' },
      { file: 'src/todo.controller.ts', has: "import type { NewTodo } from './new-todo.js';" },
      { run: 'twodoors build lambda', fails: 'TodoController.create, parameter 1 (@Body)' },
    ],
  },
];
