import type { Plugin } from 'rolldown';

/**
 * Leaves out what a package requires and does not have, where Yarn PnP installs the packages: `debug` tries
 * `require('supports-color')`, which its package.json does not list. With node_modules the bundler leaves such a call in a
 * `try` as it is; what PnP refuses is an error for it. At run time the call throws MODULE_NOT_FOUND, as it does unbundled.
 */
export function optionalRequiresPlugin(): Plugin {
  const name = 'twodoors:optional-requires';
  if (process.versions['pnp'] === undefined) return { name };
  return {
    name,
    async resolveId(source, importer, { kind }) {
      if (kind !== 'require-call') return null;
      if (importer === undefined || !/[\\/]node_modules[\\/]/.test(importer)) return null;
      const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
      return resolved ?? { id: source, external: true };
    },
  };
}
