import type { Plugin } from 'rolldown';
import type { Project } from '../../project/project.js';
import type { BundledModule } from '../bundled-module.js';
import { runtimeFiles } from './runtime-files.js';

/** What an app uses, as only the finished module graph of a bundle shows. */
export interface Usage {
  /** Whether classes have validators. */
  readonly hasValidators: boolean;
  /** Whether anything but twodoors imports reflect-metadata. */
  readonly hasOwnReflect: boolean;
}

/** Collects the modules that import reflect-metadata, other than twodoors, in a first pass. */
export function createReflectWatch(project: Project): {
  readonly plugin: Plugin;
  readonly importers: ReadonlySet<string>;
} {
  const importers = new Set<string>();
  const runtime = runtimeFiles(project);
  return {
    importers,
    plugin: {
      name: 'twodoors:reflect-watch',
      async resolveId(source, importer) {
        if (/^reflect-metadata(?:\/|$)/.test(source) && !(await runtime.has(this, importer))) {
          importers.add(importer ?? '');
        }
        return null;
      },
    },
  };
}

/** Whether class-validator is among the modules of a bundle. */
export function hasValidators(modules: readonly BundledModule[]): boolean {
  return modules.some(({ name }) => name.startsWith('node_modules/class-validator/'));
}

/** In a second pass, replaces the parts of twodoors that the first pass has shown to be unused. */
export function slimPlugin(project: Project, usage: Usage): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:slim',
    async resolveId(source, importer, { kind }) {
      const standIn = standInFor(source, usage);
      if (standIn === undefined || !(await runtime.has(this, importer))) return null;
      return this.resolve(standIn, importer, { kind, skipSelf: true });
    },
  };
}

/** The module to import instead of an unused one. */
function standInFor(source: string, { hasValidators, hasOwnReflect }: Usage): string | undefined {
  if (!hasValidators && /\/compile-validator\.js$/.test(source)) {
    return source.replace('compile-validator', 'no-validation');
  }
  return !hasOwnReflect && source === 'reflect-metadata/lite' ? './reflect-slim.js' : undefined;
}
