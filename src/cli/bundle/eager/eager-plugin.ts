import type { Plugin } from 'rolldown';
import type { Project } from '../../project/project.js';
import { runtimeFiles } from '../plugins/runtime-files.js';
import { EARLY_FUNCTIONS } from './early-functions.js';

/** Those that stand beside class-validator's second modules have a query behind their path. */
const RUNTIME_MODULE = /\/runtime\/((?:[\w-]+\/)*[\w-]+)\.[jt]s(?:\?light)?$/;

/**
 * Makes V8 compile what each cold start calls when it reads the file. Other functions it only looks through, and once more
 * when they are called; one in parentheses it takes for one that is called at once.
 */
export function eagerPlugin(project: Project): Plugin {
  const runtime = runtimeFiles(project);
  return {
    name: 'twodoors:eager',
    transform: {
      filter: { id: RUNTIME_MODULE },
      async handler(code, id) {
        const names = EARLY_FUNCTIONS[RUNTIME_MODULE.exec(id)![1]!];
        if (names === undefined || !(await runtime.has(this, id))) return null;
        // Lines stay where they are, and with them the source map.
        return { code: names.reduce(putInParentheses, code), map: null };
      },
    },
  };
}

/** Puts a function in parentheses: a declaration at the top level, or a function that another one returns. */
function putInParentheses(code: string, name: string): string {
  const declared = new RegExp(`^(export )?function (${name}\\b[\\s\\S]*?^\\})`, 'm');
  const returned = new RegExp(`^( +)return ((?:async )?function ${name}\\b[\\s\\S]*?^\\1\\});`, 'm');
  return code
    .replace(declared, (_, exported = '', rest: string) => `${exported}const ${name} = (function ${rest});`)
    .replace(returned, (_, before: string, made: string) => `${before}return (${made});`);
}
