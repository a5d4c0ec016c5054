import type { Plugin } from 'rolldown';
import { moduleName, type Project } from '../../project/project.js';

/** The function on the global object that modules call when they begin to run and when they have run. */
export const MARK = '__twodoorsMark';

/**
 * Puts a mark before and behind the code of each module, so that the time between them can be told apart though a bundle
 * has all modules in one file. For measuring only: what is deployed has no marks.
 */
export function marksPlugin(project: Project): Plugin {
  return {
    name: 'twodoors:marks',
    transform: {
      filter: { id: /\.[cm]?[jt]sx?$|^twodoors:views$/ },
      handler(code, id) {
        const mark = (isStart: boolean) =>
          `globalThis.${MARK}?.(${JSON.stringify(moduleName(project, id))}, ${isStart});`;
        // A directive counts only as the first statement.
        const strict = /^(['"])use strict\1/m.test(code) ? '"use strict";' : '';
        return `${strict}${mark(true)}${code}\n;${mark(false)}`;
      },
    },
  };
}
