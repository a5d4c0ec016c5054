import { parseAst } from 'rolldown/parseAst';
import type { Program } from '../syntax/syntax-node.js';
import { reassignedNames } from './reassigned-names.js';

/** How the bundler lets a file export a name to others: as a getter, whatever it stands for, even a text. */
const GETTER =
  /Object\.defineProperty\(exports,["'`]([\w$]+)["'`],\{enumerable:!0,get:function\(\)\{return ?([\w$]+|`[^`\\$]*`|"[^"\\]*"|'[^'\\]*')\}\}\)/;

/** What a file exports, at its end. */
const LAST_GETTERS = new RegExp(`(?:${GETTER.source}[,;]?)+(?=\\n?(?:\\/\\/# sourceMappingURL|$))`);

/**
 * Makes plain properties of what a file exports, where nothing is assigned to its name after the declaration: each getter is
 * a function more that a cold start makes. They are at the end, so that no source map changes.
 *
 * @param parse gives its syntax tree. Default: by parsing it
 */
export function makeExportsPlain(code: string, parse: () => Program = () => parseAst(code)): string {
  if (!LAST_GETTERS.test(code)) return code;
  const reassigned = reassignedNames(parse());
  return code.replace(LAST_GETTERS, (getters) =>
    getters.replace(new RegExp(GETTER, 'g'), (all, name: string, local: string) =>
      reassigned.has(local) ? all : `exports.${name}=${local}`,
    ),
  );
}
