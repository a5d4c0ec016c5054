/** The build of each door refuses an app that loads several versions of twodoors, and only such an app. */

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { VERSION } from '../src/runtime/identity/copies.js';
import { BOOTSTRAPS, type BuiltBundle, bundleAll, makeProject, REPOSITORY, removeProjects } from './projects.js';

// It starts compilers, beside all other tests.
jest.setTimeout(240_000);
afterAll(removeProjects);

const USER = `
import { HttpError } from 'library';
import { Controller, defineApp, Get } from 'twodoors';
@Controller() class Home { @Get('/') home() { return HttpError.name; } }
export const app = defineApp({ controllers: [Home] });
`;

const OWN = { 'package.json': '{ "name": "library", "type": "module" }', 'index.js': "export * from 'twodoors';" };
const COPY = {
  'package.json': '{ "name": "twodoors", "version": "9.9.9", "type": "module", "main": "dist/runtime/index.js" }',
  'dist/runtime/index.js': 'export class HttpError {}',
};
const UNUSED = { ...OWN, 'index.js': 'export class HttpError {}', 'other.js': OWN['index.js'] };
const manifest = (more: object) => JSON.stringify({ name: 'library', type: 'module', ...more });
const at = (folder: string, files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));

/** The folder of the other version, or undefined where the app never loads it; links are made in this order. */
type Row = [what: string, copy: string | undefined, files: Record<string, string>, links?: Record<string, string>];
const rows: Row[] = [
  [
    'a library that brings a copy without a word about it',
    'node_modules/library/node_modules/twodoors',
    { ...at('node_modules/library', OWN), ...at('node_modules/library/node_modules/twodoors', COPY) },
  ],
  [
    'the dependency of a dependency, in CommonJS, in a function',
    'node_modules/deep/node_modules/twodoors',
    {
      ...at('node_modules/library', {
        'package.json': manifest({ dependencies: { deep: '1' } }),
        'index.js': "import deep from 'deep'; export const HttpError = deep;",
      }),
      'node_modules/deep/package.json': '{ "name": "deep" }',
      'node_modules/deep/index.js': "exports.load = () => require('twodoors');",
      ...at('node_modules/deep/node_modules/twodoors', COPY),
    },
  ],
  [
    'a peer in the store of pnpm',
    'node_modules/.pnpm/twodoors@9.9.9/node_modules/twodoors',
    {
      ...at('node_modules/.pnpm/library@1.0.0_twodoors@9.9.9/node_modules/library', {
        ...OWN,
        'package.json': manifest({ peerDependencies: { twodoors: '9' } }),
      }),
      ...at('node_modules/.pnpm/twodoors@9.9.9/node_modules/twodoors', COPY),
    },
    {
      'node_modules/library': 'node_modules/.pnpm/library@1.0.0_twodoors@9.9.9/node_modules/library',
      'node_modules/.pnpm/library@1.0.0_twodoors@9.9.9/node_modules/twodoors':
        'node_modules/.pnpm/twodoors@9.9.9/node_modules/twodoors',
    },
  ],
  [
    'a linked folder that loads what it is developed with',
    'packages/library/node_modules/twodoors',
    {
      ...at('packages/library', { ...OWN, 'package.json': manifest({ devDependencies: { twodoors: '9' } }) }),
      ...at('packages/library/node_modules/twodoors', COPY),
    },
    { 'node_modules/library': 'packages/library' },
  ],
  [
    'a library that also imports JSON and what is not installed',
    'node_modules/library/node_modules/twodoors',
    {
      ...at('node_modules/library', {
        ...OWN,
        'index.js':
          "import { createRequire } from 'node:module'; import './old.cjs'; export * from 'twodoors'; createRequire(import.meta.url)('./data.json');",
        'old.cjs': "require('./data.json'); try { require('not-installed'); } catch {}",
        'data.json': '{}',
      }),
      ...at('node_modules/library/node_modules/twodoors', COPY),
    },
  ],
  [
    'in a file of the library that nobody imports',
    undefined,
    { ...at('node_modules/library', UNUSED), ...at('node_modules/library/node_modules/twodoors', COPY) },
  ],
  [
    'in a dependency that the library does not import',
    undefined,
    {
      ...at('node_modules/library', { ...UNUSED, 'package.json': manifest({ dependencies: { deep: '1' } }) }),
      ...at('node_modules/deep', OWN),
      ...at('node_modules/deep/node_modules/twodoors', COPY),
    },
  ],
  [
    'in a package that is installed, but not imported',
    undefined,
    {
      ...at('node_modules/library', UNUSED),
      ...at('node_modules/other', OWN),
      ...at('node_modules/other/node_modules/twodoors', COPY),
    },
  ],
  [
    'in a package that is imported as a type',
    undefined,
    {
      ...at('node_modules/library', UNUSED),
      ...at('node_modules/typed', OWN),
      ...at('node_modules/typed/node_modules/twodoors', COPY),
      'src/app.ts': `import type { HttpError as Typed } from 'typed'; export type Known = Typed; ${USER}`,
    },
  ],
  [
    'a second copy of the same version',
    undefined,
    {
      ...at('node_modules/library', OWN),
      ...at('node_modules/library/node_modules/twodoors', {
        ...COPY,
        'package.json': COPY['package.json'].replace('9.9.9', VERSION),
      }),
    },
  ],
];
let built: Record<'lambda' | 'server', (BuiltBundle | Error)[]>;
let roots: string[];
beforeAll(async () => {
  roots = rows.map(([, , files, links = {}]) => {
    const root = makeProject({ ...BOOTSTRAPS, 'src/app.ts': USER, ...files });
    for (const [name, target] of Object.entries(links)) symlinkSync(join(root, target), join(root, name));
    return root;
  });
  built = { lambda: await bundleAll(roots, 'lambda'), server: await bundleAll(roots, 'server') };
});
const cases = rows.flatMap(([what, copy], i) =>
  (['lambda', 'server'] as const).map(
    (door) => [copy === undefined ? 'accepted' : 'refused with both paths', door, what, i] as const,
  ),
);
test.each(cases)('%s by the %s build: %s', (_outcome, door, _what, i) => {
  const copy = rows[i]![1];
  const outcome = built[door][i]!;
  const said = outcome instanceof Error ? outcome.message : 'built';
  const places = `${VERSION} (${REPOSITORY}), 9.9.9 (${join(roots[i]!, copy ?? '')})`;
  expect(said).toEqual(
    copy === undefined ? 'built' : expect.stringContaining(`There are several versions of twodoors: ${places}.`),
  );
});
