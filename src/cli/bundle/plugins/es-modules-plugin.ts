import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';
import { importerId, include } from 'rolldown/filter';
import { findManifest, type Manifest, readManifest } from '../../project/manifest.js';

/** A TypeScript file of the app whose extension does not say whether it is an ES module. */
const AMBIGUOUS = /^(?!.*[\\/]node_modules[\\/]).*(?<!\.d)\.tsx?$/;

/**
 * Treats the app's own files as ES modules, whatever its package.json says. The Koa door runs as ES modules, where the
 * default import of a CommonJS package is its `module.exports`. Without `"type": "module"`, the bundler would take
 * `module.exports.default` instead, so the same import would be something else on Lambda.
 */
export function esModulesPlugin(): Plugin {
  const manifests = new Map<string, Manifest>();
  return {
    name: 'twodoors:es-modules',
    resolveId: {
      // Most imports are those of packages, and each call takes time.
      filter: [include(importerId(OF_APP))],
      async handler(source, importer, { kind }) {
        const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
        if (resolved === null || resolved.external || !AMBIGUOUS.test(resolved.id)) return null;
        const { type, sideEffects } = readOnce(findManifest(dirname(resolved.id)), manifests);
        if (type === 'module') return null;
        // The "sideEffects" of the app's package.json count, not those of the other one.
        return { ...resolved, packageJsonPath: ES_MODULE_PACKAGE!, moduleSideEffects: sideEffects !== false };
      },
    },
  };
}

function readOnce(path: string | undefined, known: Map<string, Manifest>): Manifest {
  if (path === undefined) return {};
  const manifest = known.get(path) ?? readManifest(path);
  known.set(path, manifest);
  return manifest;
}

/** A package.json with `"type": "module"`: that of twodoors. */
const ES_MODULE_PACKAGE = findManifest(dirname(fileURLToPath(import.meta.url)));

/** The compiled files of twodoors, which import no TypeScript: where the package is linked, no `node_modules` is in their paths. */
const OWN_FILES = join(dirname(ES_MODULE_PACKAGE!), 'dist', sep)
  .split(sep)
  .map((name) => name.replace(/[.*+?^${}()|[\]]/g, '\\$&'))
  .join('[\\\\/]');

/** A file that may import TypeScript. */
const OF_APP = new RegExp(`^(?!.*[\\\\/]node_modules[\\\\/])(?!${OWN_FILES})`);
