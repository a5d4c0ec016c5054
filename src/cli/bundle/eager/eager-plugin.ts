import type { Plugin } from 'rolldown';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from '../plugins/runtime-files.js';
import { putInParentheses } from '../syntax/put-in-parentheses.js';
import { EARLY_FUNCTIONS } from './early-functions.js';

/** Those that stand beside class-validator's second modules have a query behind their path. */
const RUNTIME_MODULE = /\/runtime\/((?:[\w-]+\/)*[\w-]+)\.([jt]s)(?:\?light)?$/;

/** The compiler's functions for decorators, each in a module of its name. */
const DECORATE_MODULE = /@oxc-project[+/]runtime[^?]*\/(decorate(?:Metadata|Param)?)\.js$/;

/**
 * Makes V8 compile what each cold start calls when it reads the file. Other functions it only looks through, and once more
 * when they are called; one in parentheses it takes for one that is called at once.
 */
export function eagerPlugin(project: Project): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:eager',
    transform: {
      filter: { id: [RUNTIME_MODULE, DECORATE_MODULE] },
      async handler(code, id) {
        const helper = DECORATE_MODULE.exec(id)?.[1];
        // Lines stay where they are, and with them the source map.
        if (helper !== undefined) return { code: putInParentheses(code, new Set([`__${helper}`]), 'js'), map: null };
        const [, module, lang] = RUNTIME_MODULE.exec(id) as unknown as [string, string, 'js' | 'ts'];
        const names = EARLY_FUNCTIONS[module];
        if (names === undefined || !(await runtime.has(this, id))) return null;
        return { code: putInParentheses(code, new Set(names), lang), map: null };
      },
    },
  };
}
