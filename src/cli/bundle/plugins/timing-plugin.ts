import type { Plugin } from 'rolldown';
import { moduleName } from '../../project/module-name.js';
import type { Project } from '../../project/project.js';

/** The global function that each module calls when it starts to run, and when it has run. */
export const TIMING_HOOK = '__twodoorsTiming';

/**
 * Adds a call of the timing hook before and after the code of each module, because a bundle has all modules in one file.
 * This is only for measuring: a deployed bundle does not have the calls.
 */
export function timingPlugin(project: Project): Plugin {
  return {
    name: 'twodoors:timing',
    transform: {
      filter: { id: /\.[cm]?[jt]sx?$|^twodoors:views$/ },
      handler(code, id) {
        const call = (isStart: boolean) =>
          `globalThis.${TIMING_HOOK}?.(${JSON.stringify(moduleName(project, id))}, ${isStart});`;
        // A directive only counts as the first statement.
        const strict = /^(['"])use strict\1/m.test(code) ? '"use strict";' : '';
        return `${strict}${call(true)}${code}\n;${call(false)}`;
      },
    },
  };
}
