import { type ZippableFile, zipSync } from 'fflate';

/** The earliest time that a zip can hold; local, because a zip has no time zone. */
const EPOCH = new Date(1980, 0, 1);

/** The modes of a regular file that everybody may read, or execute as well, as a zip made on Unix holds them. */
const UNIX = 3;
const MODE = 0o100644 << 16;
const EXECUTABLE_MODE = 0o100755 << 16;

/**
 * Packs files into a zip. The same files give the same bytes, whenever and wherever they are packed.
 *
 * @param executables the names of those that may be executed. Default: none
 */
export function zip(files: ReadonlyMap<string, Uint8Array>, executables: ReadonlySet<string> = new Set()): Uint8Array {
  const names = [...files.keys()].sort();
  const entries = names.map((name): [string, ZippableFile] => {
    const attrs = executables.has(name) ? EXECUTABLE_MODE : MODE;
    return [name, [files.get(name)!, { attrs }]];
  });
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: EPOCH, os: UNIX, attrs: MODE });
}
