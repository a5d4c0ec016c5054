import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../source-files.js';

const manifest = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
const entries = Object.entries(manifest.exports as Record<string, { types: string; default: string }>).filter(
  ([name]) => name !== './package.json',
);

test('TypeScript finds the types of each entry, also by the old resolution that does not read "exports"', () => {
  const [[, main], ...others] = entries as [(typeof entries)[0], ...typeof entries];
  expect([manifest.main, manifest.types]).toEqual([main.default, main.types]);
  expect(manifest.typesVersions).toEqual({
    '*': Object.fromEntries(others.map(([name, { types }]) => [name.slice('./'.length), [types]])),
  });
});

test('package-lock.json has the engines of package.json', () => {
  const lock = JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8'));
  expect(lock.packages[''].engines).toEqual(manifest.engines);
});
