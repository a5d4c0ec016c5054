import type { OutputChunk } from 'rolldown';
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
 */
export function finishChunks(chunks: readonly OutputChunk[], names: ReadonlySet<string>): BundleFile[] {
  const [entry, ...others] = chunks as [OutputChunk, ...OutputChunk[]];
  // Each cold start reads this file; the others are too many for the time that it takes.
  const code = makeStringsPlain(makeNamespacesPlain(entry.code));
  const early = others.length === 0 ? undefined : exportEarly(code, names);
  if (early === undefined) {
    return [finished(entry, code, 0), ...others.map((chunk) => finished(chunk, makeNamespacesPlain(chunk.code), 0))];
  }
  return [
    finished(entry, early, EARLY_EXPORT.length),
    ...others.map((chunk) => {
      const plain = makeExportsPlain(makeNamespacesPlain(chunk.code));
      const imported = importEarly(plain, entry.fileName);
      return finished(chunk, imported, imported.length - plain.length);
    }),
  ];
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
