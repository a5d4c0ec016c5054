import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rolldown';
import { findManifest, readManifest } from '../../project/manifest.js';
import { isNativePackage } from '../../project/native-package.js';

/** The packages that a server needs beside it, with their installed versions; undefined where one is not installed. */
export type LeftOutPackages = Map<string, string | undefined>;

/** The name of a package in an import: `@koa/router` of `@koa/router/lib/layer.js`. */
const PACKAGE_NAME = /^(?:@[^/]+\/)?[^/]+/;

/** An import that names no package: a file, an import of package.json's `imports`, a module of a plugin. */
const NO_PACKAGE = /^[./#\0]|^[A-Za-z]:[\\/]|^twodoors:/;

/** Most imports: the bundler calls no plugin for them. */
const RELATIVE = /^\./;

/**
 * Leaves packages out of a server that has all others in it: those with native code, and those that the user names.
 *
 * @param external the names of packages
 * @param leftOut gets what was left out
 */
export function serverPackagesPlugin(external: readonly string[], leftOut: LeftOutPackages): Plugin {
  const native = new Map<string, boolean>();
  const isNative = (folder: string) => {
    const known = native.get(folder) ?? isNativePackage(folder);
    native.set(folder, known);
    return known;
  };
  return {
    name: 'twodoors:server-packages',
    resolveId: {
      filter: { id: { exclude: RELATIVE } },
      async handler(source, importer, { kind }) {
        if (importer === undefined || NO_PACKAGE.test(source) || isBuiltin(source)) return null;
        const name = PACKAGE_NAME.exec(source)![0];
        const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
        const folder = packageFolder(resolved?.id);
        if (!external.includes(name) && (folder === undefined || !isNative(folder))) return resolved;
        const { version } = folder === undefined ? {} : readManifest(join(folder, 'package.json'));
        leftOut.set(name, typeof version === 'string' ? version : undefined);
        return { id: source, external: true };
      },
    },
  };
}

/** The folder of the package that a file of node_modules belongs to. A package.json below it may only say a type. */
function packageFolder(id: string | undefined): string | undefined {
  if (id === undefined || !/[\\/]node_modules[\\/]/.test(id)) return undefined;
  let path = findManifest(dirname(id));
  while (path !== undefined && readManifest(path).name === undefined) path = findManifest(dirname(dirname(path)));
  return path === undefined ? undefined : dirname(path);
}
