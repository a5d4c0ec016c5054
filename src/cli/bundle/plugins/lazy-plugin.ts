import type { Plugin } from 'rolldown';
import type { BundleFormat } from '../../config/config.js';
import type { Project } from '../../project/project.js';
import { makeNamespacesPlain } from '../files/plain-namespaces.js';
import { runtimeFiles } from './runtime-files.js';

/** A module of twodoors that gives another one when it is first needed: `problem.lazy.ts`. */
const LAZY_MODULE = /\.lazy\.[jt]s$/;

/** What such a module holds: `import * as problem from './problem.js'; export const loadProblem = () => problem;`. */
const LAZY_CODE =
  /import \* as (\w+) from (['"][^'"]+['"]);?\s*([\s\S]*?)export (?:const (\w+) = \(\)(?::[^=]+)? => \1|function (\w+)\(\)[^{]*\{\s*return \1;?\s*\});?/;

/** A call that marks the `import()` of such a module in bundled code, where {@link requireAtOnce} finds it. */
const MARK = '__twodoorsAtOnce';

/** The code that loads a module on first use. @param source as text of the code */
export function loadAtOnce(source: string): string {
  return `${MARK}(import(${source}))`;
}

/**
 * Makes a separate file of each module that twodoors loads only when it is needed. Node.js parses a whole file before it
 * runs any of it, so unused code in the entry would slow every cold start (docs/performance.md).
 *
 * In the sources, and in any other bundler, `NAME.lazy.ts` is a plain import. In a CommonJS bundle it is a `require` that
 * runs on first use: nothing has to wait for it. ES modules cannot do that, so their bundle is one file.
 */
export function lazyPlugin(project: Project, format: BundleFormat): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:lazy',
    transform: {
      filter: { id: LAZY_MODULE },
      async handler(code, id) {
        if (format === 'esm' || !(await runtime.has(this, id))) return null;
        const found = LAZY_CODE.exec(code);
        if (found === null) throw new Error(`${id} does not have the form of a module that is loaded on first use`);
        const [, , source, , constant, named] = found;
        const loader = `let loaded;\nexport function ${constant ?? named}() { return loaded ??= ${loadAtOnce(source!)}; }\n`;
        // It stands for no line of the source.
        return { code: loader, map: { version: 3, names: [], sources: [], mappings: '' } };
      },
    },
  };
}

/**
 * A marked `import()`: of another file, or of a module that is in the same one. A module that shares its file with others is
 * a property of what the file exports.
 */
const MARKED_IMPORT = new RegExp(
  `${MARK}\\(Promise\\.resolve\\(\\)\\.then\\(\\(\\)\\s*=>\\s*(require\\(["'\`]\\./[^"'\`]+["'\`]\\)|[\\w$]+)\\)(?:\\.then\\(\\(?([\\w$]+)\\)?\\s*=>\\s*\\2(\\.[\\w$]+)\\))?\\)`,
  'g',
);

/** The bundler's own helpers, loaded by a file that uses none of them. */
const UNUSED_HELPERS = /(?<=[;"'`])require\(["'`]\.\/rolldown-runtime\.js["'`]\);/;

/**
 * Loads files of a CommonJS bundle at once instead of by a promise, and the bundler's helpers only where they are used. The
 * length stays, and with it the source map.
 */
export function requireAtOnce(code: string): string {
  const loaded = code
    .replace(UNUSED_HELPERS, (all) => ' '.repeat(all.length))
    .replaceAll(MARKED_IMPORT, (all, module: string, _file: string, part = '') =>
      `${module}${part}`.padEnd(all.length),
    );
  if (loaded.includes(MARK)) throw new Error('The bundler writes import() in a form that is not known');
  return makeNamespacesPlain(loaded);
}
