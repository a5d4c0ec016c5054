import { existsSync } from 'node:fs';
import { join } from 'node:path';
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

function namesOf(dependencies: unknown): string[] {
  return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : [];
}
