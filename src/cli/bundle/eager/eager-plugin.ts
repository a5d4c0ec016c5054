import type { Plugin } from 'rolldown';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from '../plugins/runtime-files.js';
import { putInParentheses } from '../syntax/put-in-parentheses.js';
import { EARLY_FUNCTIONS } from './early-functions.js';

/** Those that stand beside class-validator's second modules have a query behind their path. */
const RUNTIME_MODULE = /\/runtime\/((?:[\w-]+\/)*[\w-]+)\.([jt]s)(?:\?light)?$/;

/** Those of them that have such functions: each call takes time. */
const WITH_EARLY_FUNCTIONS = new RegExp(`/runtime/(?:${Object.keys(EARLY_FUNCTIONS).join('|')})\\.[jt]s(?:\\?light)?$`);

/**
 * Makes V8 compile what each cold start calls when it reads the file. Other functions it only looks through, and once more
 * when they are called; one in parentheses it takes for one that is called at once.
 */
export function eagerPlugin(project: Project): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:eager',
    transform: {
      filter: { id: WITH_EARLY_FUNCTIONS },
      async handler(code, id) {
        const [, module, lang] = RUNTIME_MODULE.exec(id) as unknown as [string, string, 'js' | 'ts'];
        const names = EARLY_FUNCTIONS[module];
        if (names === undefined || !(await runtime.has(this, id))) return null;
        // Lines stay where they are, and with them the source map.
        return { code: putInParentheses(code, new Set(names), lang), map: null };
      },
    },
  };
}
