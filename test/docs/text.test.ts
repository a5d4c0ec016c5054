/** What can be tested of pages without running their code; `CHAPTER.test.ts` runs it. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jest } from '@jest/globals';
import { parseSync } from '@swc/core';
import { readResults } from '../../bench/results.js';
import { filesOf } from '../../src/cli/new/new-project.js';
import { type DocPage, pathsOfTree, readAnchors, readLinks } from '../doc-blocks.js';
import { isOfRecipe } from '../matrix/recipe-blocks.js';
import { REPOSITORY, removeProjects } from '../projects.js';
import { CHAPTERS, hasCode, pages, pagesOf, read, rootOf, tsconfigOf } from './pages.js';
import { checkTypes } from './types.js';

// The compiler starts, while other tests run.
jest.setTimeout(240_000);
afterAll(removeProjects);

/** Pages that other pages link to and that are not written yet. */
const PROMISED: string[] = [];

let types: Promise<Map<string, string>> | undefined;

/** What the compiler says of a page. It reads all pages at once, when the first is tested and none has been built. */
async function typeErrorsOf(page: DocPage): Promise<string> {
  types ??= checkTypes(
    pages.filter(hasCode).map((each) => ({
      root: rootOf(each),
      tsconfig: tsconfigOf(each),
      sources: each.states.flatMap(({ files, modules }) => [...files.values(), ...modules.map(({ code }) => code)]),
    })),
  );
  return (await types).get(rootOf(page))!;
}

describe.each(pages)('$path', (page) => {
  const { trees, diagrams, foreign, recipes } = page;

  if (hasCode(page)) {
    test('its code type-checks', async () => expect(await typeErrorsOf(page)).toBe(''));
  }

  if (trees.length > 0) {
    test.each(trees)('line $line: every path of the tree exists', ({ code }) => {
      expect(pathsOfTree(code).filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
    });
  }

  if (diagrams.length > 0) {
    test.each(diagrams)('line $line: every name of the diagram is exported', ({ code }) => {
      const exported = read('src/runtime/index.ts');
      const names = code.match(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g) ?? [];
      expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(exported))).toEqual([]);
    });
  }

  if (foreign.length > 0) {
    test.each(foreign)('line $line: the code of another framework is TypeScript', ({ code }) => {
      expect(() => parseSync(code, { syntax: 'typescript', decorators: true })).not.toThrow();
    });
  }

  if (recipes.length > 0) {
    test.each(recipes)('line $line: the block is of a recipe', (block) => {
      expect([block.code, isOfRecipe(block)]).toEqual([block.code, true]);
    });
  }

  test('its links have targets', () => {
    const broken = readLinks(read(page.path)).filter((link) => {
      const [file, anchor] = link.split('#') as [string, string | undefined];
      const target = file === '' ? page.path : join(dirname(page.path), file);
      if (!existsSync(join(REPOSITORY, target))) return !PROMISED.includes(target);
      return anchor !== undefined && !readAnchors(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

test('one file runs the code of each page', () => {
  const chapters = Object.keys(CHAPTERS) as (keyof typeof CHAPTERS)[];
  const run = chapters.flatMap((chapter) => pagesOf(chapter));
  expect(run.map(({ path }) => path).sort()).toEqual(pages.map(({ path }) => path).sort());
  expect(chapters.filter((name) => !existsSync(join(REPOSITORY, `test/docs/${name}.test.ts`)))).toEqual([]);
});

test('docs/dependencies.md lists every dependency, in the order of package.json', () => {
  const listed = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  expect(listed).toEqual([...Object.keys(dependencies!), ...Object.keys(devDependencies!)]);
});

test('docs/deploy-koa.md shows the Dockerfile of a new project', () => {
  const files = filesOf({ name: 'shop', kind: 'pages', test: 'vitest', manager: 'npm', version: '0.1.0' });
  expect(read('docs/deploy-koa.md')).toContain(`\`\`\`dockerfile\n# Dockerfile\n${files.get('Dockerfile')}\`\`\``);
});

test('PROMISED has no page that exists', () => {
  expect(PROMISED.filter((path) => existsSync(join(REPOSITORY, path)))).toEqual([]);
});

test('docs/architecture.md names files that exist', () => {
  const named = [...read('docs/architecture.md').matchAll(/`((?:[\w-]+\/)+[\w-]+\.ts)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(5);
  const folders = ['', 'src/', 'src/runtime/'];
  expect(named.filter((path) => !folders.some((folder) => existsSync(join(REPOSITORY, folder + path))))).toEqual([]);
});

test('every page is listed in the README', () => {
  const listed = readLinks(read('README.md'));
  expect(pages.map(({ path }) => path).filter((path) => path !== 'README.md' && !listed.includes(path))).toEqual([]);
});

test('no page is longer than a reader wants', () => {
  expect(pages.filter(({ path }) => read(path).split('\n').length > 400).map(({ path }) => path)).toEqual([]);
});

test('the README claims no more about cold starts than the last full benchmark shows', () => {
  const claims = [...read('README.md').matchAll(/more than\s+(twice|\w+ times)\s+as\s+fast\s+as\s+with\s+(\w+)/g)];
  const factors: Record<string, number> = { 'eight times': 8, 'twenty times': 20 };
  const { lambda } = readResults();
  const coldStartOf = (name: string) => lambda.find((each) => each.name === name)!.coldGet.median;
  const held = claims.map(([, factor, name]) => [
    name,
    coldStartOf(name!) / coldStartOf('twodoors') > factors[factor!]!,
  ]);
  expect(held).toEqual([
    ['Hono', true],
    ['Koa', true],
  ]);
});
