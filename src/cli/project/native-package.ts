import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPackage } from './find-package.js';
import { readManifest } from './manifest.js';

/** Packages that load native addons for others. */
const LOADERS = ['bindings', 'node-gyp-build', 'node-pre-gyp', '@mapbox/node-pre-gyp', 'prebuild-install'];

/** What packages with a binary for each platform call them: `@img/sharp-linux-x64`, `lightningcss-darwin-arm64`. */
const FOR_PLATFORM = /(?:linux|darwin|win32)-(?:x64|arm64)/;

/** Whether a package has native code, by its files and its package.json. @param folder of the package */
export function isNativePackage(folder: string): boolean {
  if (existsSync(join(folder, 'binding.gyp')) || existsSync(join(folder, 'prebuilds'))) return true;
  const manifest = readManifest(join(folder, 'package.json'));
  if (manifest.gypfile === true || manifest.binary !== undefined || manifest.napi !== undefined) return true;
  if (namesOf(manifest.dependencies).some((name) => LOADERS.includes(name))) return true;
  return namesOf(manifest.optionalDependencies).some((name) => FOR_PLATFORM.test(name));
}

/** Warns of packages that are in a bundle without their native code. @param root the folder of the project */
export function warnOfNativePackages(root: string, names: Iterable<string>): string[] {
  const native = [...new Set(names)].filter((name) => {
    const folder = findPackage(root, name);
    return folder !== undefined && isNativePackage(folder);
  });
  return native.map(
    (name) =>
      `${name} has native code, which a bundle cannot contain: what loads it fails, or does without. Put the package into the zip as it is installed: zipPackages: ['${name}'] below "lambda" in twodoors.config.ts.`,
  );
}

function namesOf(dependencies: unknown): string[] {
  return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : [];
}
