import { RolldownMagicString } from 'rolldown';

/** A call that marks an `import()` whose module is to be there at once. */
export const AT_ONCE = '__twodoorsAtOnce';

/** The code that loads a module on first use. @param source as text of the code */
export function loadAtOnce(source: string): string {
  return `${AT_ONCE}(import(${source}))`;
}

/**
 * A marked `import()`, as the bundler writes it: of another file, or of a module that is in the same one. A module that
 * shares its file with others is a property of what the file exports.
 */
const MARKED_IMPORT = new RegExp(
  `${AT_ONCE}\\(Promise\\.resolve\\(\\)\\.then\\(\\(\\) => (?:require\\("(\\./[^"]+)"\\)|([\\w$]+))\\)(?:\\.then\\(\\(([\\w$]+)\\) => \\3(\\.[\\w$]+)\\))?\\)`,
  'g',
);

/** What must stay in front of everything else. */
const BEGINNING = /^(?:#!.*\n)?(?:\s*"use strict";)?/;

/** The file that has loaded all others. */
const ENTRY = './index.js';

/**
 * Loads a file once. `require` looks it up again each time. What the entry has is not loaded, but requested where the file
 * begins, as in any other file: see `importEarly`.
 */
const loaderOf = (files: ReadonlySet<string>) => `
const ${AT_ONCE}Files = {${files.has(ENTRY) ? ` "${ENTRY}": require("${ENTRY}") ` : ''}};
function ${AT_ONCE}Required(file) {
	return ${AT_ONCE}Files[file] ??= require(file);
}
`;

/**
 * Loads the files of a CommonJS bundle at once instead of by a promise, all of them by one function: one for each place
 * would cost a cold start more than the place itself.
 *
 * @param code before it is minified
 * @param hasMap whether the bundle has source maps: to make one takes longer than all else here. Default: true
 * @returns undefined where nothing is marked
 * @throws if the bundler has written a marked import in another form
 */
export function requireAtOnce(code: string, hasMap = true): { code: string; map: string | null } | undefined {
  if (!code.includes(AT_ONCE)) return undefined;
  const changed = new RolldownMagicString(code);
  const files = new Set<string>();
  for (const { 0: all, 1: file, 2: local, 4: part = '', index } of code.matchAll(MARKED_IMPORT)) {
    if (file !== undefined) files.add(file);
    changed.overwrite(index, index + all.length, `${local ?? `${AT_ONCE}Required("${file}")`}${part}`);
  }
  if (files.size > 0) changed.appendLeft(BEGINNING.exec(code)![0].length, loaderOf(files));
  const atOnce = changed.toString();
  if (atOnce.includes(`${AT_ONCE}(`)) throw new Error('The bundler writes import() in a form that is not known');
  return { code: atOnce, map: hasMap ? changed.generateMap({ hires: true }).toString() : null };
}
