import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNativePackage } from '../src/cli/project/native-package.js';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** Makes a package with this package.json. */
function makePackage(manifest: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-package-'));
  made.push(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

test.each<[boolean, string, object]>([
  [true, 'gypfile', { gypfile: true }],
  [true, 'binaries to download', { binary: { module_name: 'x' } }],
  [true, 'napi-rs', { napi: { name: 'x' } }],
  [true, 'a loader of native addons', { dependencies: { 'node-gyp-build': '^4' } }],
  [true, 'a package for each platform', { optionalDependencies: { '@img/sharp-linux-x64': '1.0.0' } }],
  [false, 'ordinary dependencies', { dependencies: { koa: '^3' }, optionalDependencies: { fsevents: '^2' } }],
  [false, 'nothing', {}],
])('native: %s, with %s', (isNative, _name, manifest) => {
  expect(isNativePackage(makePackage(manifest))).toBe(isNative);
});

test('files of node-gyp and prebuilt addons show a native package', () => {
  const root = makePackage();
  expect(isNativePackage(root)).toBe(false);
  mkdirSync(join(root, 'prebuilds'));
  expect(isNativePackage(root)).toBe(true);
  const other = makePackage();
  writeFileSync(join(other, 'binding.gyp'), '{}');
  expect(isNativePackage(other)).toBe(true);
});
