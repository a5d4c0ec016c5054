import type { OutputChunk } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import type { Program } from '../syntax/syntax-node.js';
import { EARLY_EXPORT, exportEarly, importEarly, shiftFirstLine } from './early-exports.js';
import { makeExportsPlain } from './plain-exports.js';
import { makeNamespacesPlain } from './plain-namespaces.js';
import { makeStringsPlain } from './plain-strings.js';

/** A file of a bundle as it is written. */
export type BundleFile = Pick<OutputChunk, 'fileName' | 'code' | 'map' | 'modules' | 'imports' | 'dynamicImports'>;

/**
 * Makes the exports and texts of a CommonJS bundle plain, and lets files on demand use what the entry exports early.
 *
 * @param chunks the entry first
 * @param names those that the app itself may export
 * @param isDraft whether the build alone loads the files: then only that is done which they need to load
 */
export function finishChunks(
  chunks: readonly OutputChunk[],
  names: ReadonlySet<string>,
  isDraft = false,
): BundleFile[] {
  const [entry, ...others] = chunks as [OutputChunk, ...OutputChunk[]];
  const program = parseAst(entry.code);
  // Each cold start reads this file; the others are too many for the time that it takes.
  const text = isDraft ? entry.code : makeStringsPlain(entry.code, program);
  const code = makeNamespacesPlain(text, () => program);
  const early = others.length === 0 ? undefined : exportEarly(code, names, program);
  if (early === undefined) {
    return [finished(entry, code, 0), ...others.map((chunk) => finished(chunk, makeNamespacesPlain(chunk.code), 0))];
  }
  return [
    finished(entry, early, EARLY_EXPORT.length),
    ...others.map((chunk) => {
      const parse = parseOnce(chunk.code);
      const namespaces = makeNamespacesPlain(chunk.code, parse);
      const plain = isDraft ? namespaces : makeExportsPlain(namespaces, parse);
      const imported = importEarly(plain, entry.fileName);
      return finished(chunk, imported, imported.length - plain.length);
    }),
  ];
}

/** Parses the code of a file when that is first needed. What makes it plain leaves the statements of the top level in their places. */
function parseOnce(code: string): () => Program {
  let program: Program | undefined;
  return () => (program ??= parseAst(code));
}

/** A file of the bundle with other code. @param shift how many columns what is on its first line has moved to the right */
function finished(
  { fileName, map, modules, imports, dynamicImports }: OutputChunk,
  code: string,
  shift: number,
): BundleFile {
  if (map !== null && shift > 0) map.mappings = shiftFirstLine(map.mappings, shift);
  return { fileName, code, map, modules, imports, dynamicImports };
}
