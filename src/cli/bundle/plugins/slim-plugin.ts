import type { Plugin } from 'rolldown';
import type { BundledModule } from '../bundled-module.js';

/** What only the whole graph of a bundle tells. */
export interface Usage {
  /** Whether there are classes with validators. */
  readonly hasValidators: boolean;
  /** Whether anybody but twodoors imports reflect-metadata. */
  readonly hasOwnReflect: boolean;
}

/** Watches who imports reflect-metadata, in a first pass. */
export function createReflectWatch(): { readonly plugin: Plugin; readonly importers: ReadonlySet<string> } {
  const importers = new Set<string>();
  return {
    importers,
    plugin: {
      name: 'twodoors:reflect-watch',
      resolveId(source, importer) {
        if (/^reflect-metadata(?:\/|$)/.test(source) && !isOurs(importer)) importers.add(importer ?? '');
        return null;
      },
    },
  };
}

function isOurs(importer: string | undefined): boolean {
  return importer !== undefined && /[\\/]runtime[\\/]declarations[\\/]reflect\.[jt]s$/.test(importer);
}

/** Whether class-validator is among the modules of a bundle. */
export function hasValidators(modules: readonly BundledModule[]): boolean {
  return modules.some(({ name }) => name.startsWith('node_modules/class-validator/'));
}

/** Takes out of a second pass what the first has shown that nobody uses. */
export function slimPlugin(usage: Usage): Plugin {
  return {
    name: 'twodoors:slim',
    async resolveId(source, importer, { kind }) {
      if (!usage.hasValidators && /\/compile-validator\.js$/.test(source)) {
        return this.resolve(source.replace('compile-validator', 'no-validation'), importer, { kind, skipSelf: true });
      }
      if (!usage.hasOwnReflect && source === 'reflect-metadata/lite' && isOurs(importer)) {
        return this.resolve('./reflect-slim.js', importer, { kind, skipSelf: true });
      }
      return null;
    },
  };
}
