import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { type Plugin, RolldownMagicString } from 'rolldown';
import type { BundleFormat } from '../../config/config.js';
import type { Project } from '../../project/project.js';
import { AT_ONCE, loadAtOnce, requireAtOnce } from '../files/required-at-once.js';
import { runtimeFiles } from './runtime-files.js';

/** An import of a module of twodoors that gives another one when it is first needed: `problem.lazy.ts`. */
const LAZY_IMPORT = /import \{ (\w+) \} from ['"]([^'"]+\.lazy\.js)['"];?/;

/** Any other one would not be loaded on first use. */
const LAZY_SOURCE = /from ['"][^'"]+\.lazy\.js['"]/;

/** What such a module holds: `import * as problem from './problem.js'; export const loadProblem = () => problem;`. */
const LAZY_CODE =
  /import \* as (\w+) from ['"]([^'"]+)['"];?\s*(?:[\s\S]*?)export (?:const \w+ = \(\)(?::[^=]+)? => \1|function \w+\(\)[^{]*\{\s*return \1;?\s*\});?/;

/**
 * Makes a separate file of each module that twodoors loads only when it is needed. Node.js parses a whole file before it
 * runs any of it, so unused code in the entry would slow every cold start (docs/performance.md).
 *
 * In the sources, and in any other bundler, `NAME.lazy.ts` is a plain import. In a CommonJS bundle each call of what it
 * exports becomes a `require` that runs on first use: nothing has to wait for it, and no function is made for it. ES modules
 * cannot do that, so their bundle is one file.
 *
 * @param needed the names of modules that are a part of the entry all the same
 */
export function lazyPlugin(project: Project, format: BundleFormat, needed: readonly string[] = []): Plugin {
  const runtime = runtimeFiles(project);
  const behind = new Map<string, Promise<string>>();
  return {
    name: 'twodoors:lazy',
    transform: {
      filter: { code: LAZY_SOURCE },
      async handler(code, id) {
        if (format === 'esm' || !(await runtime.has(this, id))) return null;
        const changed = new RolldownMagicString(code, { filename: id });
        for (const { 0: statement, 1: load, 2: source, index } of code.matchAll(new RegExp(LAZY_IMPORT, 'g'))) {
          const { id: lazy } = (await this.resolve(source!, id))!;
          const module = behind.get(lazy) ?? moduleBehind(lazy);
          behind.set(lazy, module);
          const path = `./${posix.join(posix.dirname(source!), await module)}`;
          const isNeeded = needed.includes(posix.basename(path, '.js'));
          changed.overwrite(index, index + statement.length, isNeeded ? `import * as ${load} from '${path}';` : '');
          const atOnce = isNeeded ? load! : loadAtOnce(`'${path}'`);
          for (const { 0: use, index: at } of code.matchAll(new RegExp(`\\b${load}\\b(?:\\(\\))?`, 'g'))) {
            if (at > index && at < index + statement.length) continue;
            changed.overwrite(at, at + use.length, use.endsWith(')') ? atOnce : `(() => ${atOnce})`);
          }
        }
        const loaded = changed.toString();
        if (LAZY_SOURCE.test(loaded)) throw new Error(`${id} imports a module of the form NAME.lazy.ts in another way`);
        return { code: loaded, map: changed.generateMap({ hires: true }) };
      },
    },
    renderChunk: {
      filter: { code: AT_ONCE },
      handler: (code, _chunk, { sourcemap }) => (format === 'esm' ? null : requireAtOnce(code, sourcemap !== false)),
    },
  };
}

/** The module that one of the form `NAME.lazy.ts` gives, as its import says. */
async function moduleBehind(id: string): Promise<string> {
  // Those beside class-validator's second modules have a query behind their path.
  const found = LAZY_CODE.exec(await readFile(id.replace(/\?.*$/, ''), 'utf8'));
  if (found === null) throw new Error(`${id} does not have the form of a module that is loaded on first use`);
  return found[2]!;
}
