import { createRequire, isBuiltin } from 'node:module';
import type { Plugin } from 'rolldown';

/**
 * With Yarn Plug'n'Play, what a package requires without having it installed stays outside, where `require` throws as it
 * does without a bundler: `debug` tries `supports-color` so. In node_modules the bundler does that by itself; from
 * Plug'n'Play it gets an error.
 */
export function optionalPackagesPlugin(): Plugin {
  return {
    name: 'twodoors:optional-packages',
    resolveId(source, importer, { kind }) {
      const isOfPackage = importer !== undefined && /[\\/]node_modules[\\/]/.test(importer);
      if (kind !== 'require-call' || !isOfPackage || /^[./#\0]/.test(source) || isBuiltin(source)) return null;
      try {
        createRequire(importer).resolve(source);
        return null;
      } catch {
        return { id: source, external: true };
      }
    },
  };
}
