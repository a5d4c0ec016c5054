import type { Plugin } from 'rolldown';
import { transformSync } from 'rolldown/utils';
import type { Project } from '../../project/project.js';
import { DECORATOR_OPTIONS, TARGET } from '../compile-options.js';

/** A file of the app in TypeScript, which may have decorators. */
const TYPESCRIPT = /^(?!.*[\\/]node_modules[\\/]).*(?<!\.d)\.[cm]?tsx?$/;

/** What the compiler emits for a type `z.infer`: the namespace is tested before its member. */
const TESTED_NAMESPACE = /\btypeof ([\w$]+) === "undefined" \|\| (?=typeof \1\.)/g;

/**
 * Lets the bundler tree-shake a package whose namespace appears in the type of a decorated parameter, such as
 * `z.infer<typeof Todo>`. The metadata that the compiler emits tests whether the namespace exists, which keeps all of the
 * package in the bundle: 359 KB of zod instead of 77. An imported namespace always exists, so the test is left out, and
 * the bundler sees that the package has no value `infer`.
 */
export function typeNamesPlugin(project: Project): Plugin {
  return {
    name: 'twodoors:type-names',
    transform: {
      filter: { id: TYPESCRIPT, code: '@' },
      handler(source, id) {
        const { code, map, errors } = transformSync(id, source, {
          cwd: project.root,
          tsconfig: true,
          target: TARGET,
          decorator: DECORATOR_OPTIONS,
          sourcemap: true,
        });
        // The bundler itself reports mistakes.
        if (errors.length > 0) return null;
        const shorter = code.replace(TESTED_NAMESPACE, (test, name: string) => (isImported(name, code) ? '' : test));
        return shorter === code ? null : { code: shorter, map: map ?? null, moduleType: 'js' };
      },
    },
  };
}

/** Whether compiled code imports a name. The name of a global, such as `NodeJS`, may not exist at run time. */
function isImported(name: string, code: string): boolean {
  const ownName = name.replaceAll('$', '\\$');
  return new RegExp(`^import [^;"']*(?<![\\w$])${ownName}(?![\\w$]| as)[^;"']* from ["']`, 'm').test(code);
}
