import type { Plugin } from 'rolldown';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from './runtime-files.js';
import type { Usage } from './slim-plugin.js';

/** The functions of Reflect that JavaScript itself has. */
const BUILT_IN =
  'apply|construct|defineProperty|deleteProperty|get|getOwnPropertyDescriptor|getPrototypeOf|has|isExtensible|ownKeys|preventExtensions|set';

/** A use of Reflect for anything else: another member, a computed one, or Reflect as a value. */
const METADATA_USE = new RegExp(`(?<![\\w$.]|typeof )Reflect\\b(?!\\s*(?:\\?\\.|\\.)\\s*(?:${BUILT_IN})\\b)`);

/** As {@link METADATA_USE}, but without what TypeScript writes into compiled decorators. */
const METADATA_USE_IN_PACKAGE = new RegExp(
  `(?<![\\w$.]|typeof )Reflect\\b(?!\\s*(?:\\?\\.|\\.)\\s*(?:${BUILT_IN}|decorate|metadata)\\b)`,
);

/** Finds what an app uses of class-validator and reflect-metadata, in a first pass. */
export function createUsageWatch(project: Project): {
  readonly plugin: Plugin;
  readonly usage: Usage;
} {
  const usage = { hasValidators: false, hasOwnReflect: false };
  const runtime = runtimeFiles(project);
  return {
    usage,
    plugin: {
      name: 'twodoors:usage-watch',
      resolveId: {
        filter: { id: /^(?:reflect-metadata|class-validator)(?:\/|$)/ },
        async handler(source, importer) {
          const isReflect = /^reflect-metadata(?:\/|$)/.test(source);
          // A package manager may link it from anywhere, so only the name in the import says what it is.
          if (await runtime.has(this, importer)) return null;
          if (isReflect) usage.hasOwnReflect = true;
          else usage.hasValidators = true;
          return null;
        },
      },
      transform: {
        // The bundler's own helpers use Reflect too.
        filter: { id: { exclude: [/@oxc-project|[\\/]reflect-metadata[\\/]|^\0/] }, code: /\bReflect\b/ },
        async handler(code, id) {
          const pattern = /[\\/]node_modules[\\/]/.test(id) ? METADATA_USE_IN_PACKAGE : METADATA_USE;
          if (pattern.test(code) && !(await runtime.has(this, id))) usage.hasOwnReflect = true;
          return null;
        },
      },
    },
  };
}
