import type { Plugin } from 'rolldown';
import type { BundleFormat } from '../../config/config.js';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from './runtime-files.js';
import { readValidatorExports, type ValidatorExports, type ValidatorUsage } from './validator-usage.js';

/**
 * Stands before class-validator in the first pass. It exports the same values by expressions of its own, of which the
 * bundler leaves out those that nobody uses. An import of a name that does not exist fails here, with this name in the
 * message.
 */
export const PROBE = 'class-validator';

/** An import of it or of a part of it; among ids, the probe. */
const CLASS_VALIDATOR = /^class-validator(?:\/|$)/;

/** Finds out, in a first pass, what of class-validator a CommonJS bundle uses. */
export interface ValidatorWatch {
  readonly plugin: Plugin;
  /** What the bundle uses, if it uses decorators only. */
  readonly usage: () => ValidatorUsage | undefined;
}

/** Makes the watch; see `recorderPlugin`. */
export function createValidatorWatch(project: Project, format: BundleFormat): ValidatorWatch {
  const runtime = runtimeFiles(project);
  const modules = new Set<string>();
  let known: Promise<ValidatorExports | undefined> | undefined;
  let exported: ValidatorExports | undefined;
  let names: string[] = [];
  /** Whether something uses class-validator past the probe: a part of it, an external copy, or one in CommonJS. */
  let isElsewhere = false;
  return {
    usage: () => {
      const [module, ...others] = modules;
      const isRecordable = names.length > 0 && names.every((name) => exported!.recordable.has(name));
      if (module === undefined || others.length > 0 || !isRecordable || isElsewhere) return undefined;
      const unused = exported!.all.filter((name) => !names.includes(name));
      return { module, names, unused, weights: exported!.weights };
    },
    plugin: {
      name: 'twodoors:validator-watch',
      resolveId: {
        // Other plugins choose which files of class-validator are taken.
        order: 'pre',
        filter: { id: CLASS_VALIDATOR },
        async handler(source, importer, { kind }) {
          if (source === 'class-validator' && importer === PROBE) return [...modules][0]!;
          if (format === 'esm' || (await runtime.has(this, importer))) return null;
          const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
          if (source === 'class-validator' && resolved !== null && !resolved.external) {
            modules.add(resolved.id);
            known ??= readValidatorExports(resolved.id);
            exported = await known;
            if (exported !== undefined) return PROBE;
          }
          isElsewhere = true;
          return resolved;
        },
      },
      load: {
        filter: { id: CLASS_VALIDATOR },
        handler(id) {
          if (id !== PROBE) return null;
          return [
            "import * as all from 'class-validator';",
            'const same = (value) => value;',
            ...exported!.all.map(
              (name, i) => `const _${i} = /* @__PURE__ */ same(all.${name});\nexport { _${i} as ${name} };`,
            ),
          ].join('\n');
        },
      },
      generateBundle(_options, output) {
        const chunks = Object.values(output).filter((file) => file.type === 'chunk');
        names = chunks.flatMap((chunk) => chunk.modules[PROBE]?.renderedExports ?? []).sort();
      },
    },
  };
}
