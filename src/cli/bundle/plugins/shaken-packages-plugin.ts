import type { Plugin } from 'rolldown';
import { readManifest } from '../../project/manifest.js';

/**
 * The packages whose `module` is the same code as their `main`, and makes bundles much smaller, since only ES modules can
 * be tree-shaken: 13 KB of class-validator instead of 474, 1 KB of date-fns 2 instead of 187.
 *
 * Not those whose classes or state are shared with files that others import by their paths, such as graphql and
 * class-transformer: the bundle would contain both kinds of file, where Node.js has one.
 */
const SHAKEN_PACKAGES = ['class-validator', 'date-fns'];

/** Ends the id of a module that stands for another one, with the default export that Node.js would give it. */
const WITH_DEFAULT = '?with-default';

/**
 * Takes the ES modules of a few packages, which Node.js would load as CommonJS. For ES modules that import such a package,
 * its default export is the whole package, as it is for Node.js.
 */
export function shakenPackagesPlugin(): Plugin {
  return {
    name: 'twodoors:shaken-packages',
    resolveId: {
      filter: { id: new RegExp(`^(?:${SHAKEN_PACKAGES.join('|')})$`) },
      async handler(source, importer, { kind }) {
        const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
        const path = resolved?.packageJsonPath;
        if (resolved === null || resolved.external || path === undefined) return resolved;
        const { name, exports, module } = readManifest(path);
        if (name !== source || exports !== undefined || typeof module !== 'string') return resolved;
        const shaken = await this.resolve(module.replace(/^(?!\.\/)/, './'), path, { kind, skipSelf: true });
        if (shaken === null || kind === 'require-call') return shaken ?? resolved;
        return { ...shaken, id: `${shaken.id}${WITH_DEFAULT}` };
      },
    },
    load: {
      filter: { id: new RegExp(`\\${WITH_DEFAULT}$`) },
      handler(id) {
        const path = JSON.stringify(id.slice(0, -WITH_DEFAULT.length));
        const code = `import * as all from ${path};\nexport * from ${path};\nexport { all as default };\n`;
        // It stands for no line of the source.
        return { code, moduleType: 'js', map: { version: 3, names: [], sources: [], mappings: '' } };
      },
    },
  };
}
