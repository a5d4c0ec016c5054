import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

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
    async resolveId(source, importer, { kind }) {
      if (importer === undefined || /[\\/]node_modules[\\/]/.test(importer)) return null;
      const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
      if (resolved === null || resolved.external || !AMBIGUOUS.test(resolved.id)) return null;
      const { type, sideEffects } = readManifest(findPackage(dirname(resolved.id)), manifests);
      if (type === 'module') return null;
      // The "sideEffects" of the app's package.json count, not those of the other one.
      return { ...resolved, packageJsonPath: ES_MODULE_PACKAGE!, moduleSideEffects: sideEffects !== false };
    },
  };
}

/** What a package.json says of its files. */
interface Manifest {
  readonly type?: unknown;
  readonly sideEffects?: unknown;
}

function readManifest(path: string | undefined, known: Map<string, Manifest>): Manifest {
  if (path === undefined) return {};
  const manifest = known.get(path) ?? (JSON.parse(readFileSync(path, 'utf8')) as Manifest);
  known.set(path, manifest);
  return manifest;
}

/** The package.json of the package that a folder belongs to. */
function findPackage(folder: string): string | undefined {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) return manifest;
  return dirname(folder) === folder ? undefined : findPackage(dirname(folder));
}

/** A package.json with `"type": "module"`: that of twodoors. */
const ES_MODULE_PACKAGE = findPackage(dirname(fileURLToPath(import.meta.url)));
