import { zipSync } from 'fflate';

/** The earliest time that a zip can hold; local, because a zip has no time zone. */
const EPOCH = new Date(1980, 0, 1);

/** The mode of a regular file that everybody may read, as a zip made on Unix holds it. */
const UNIX = 3;
const MODE = 0o100644 << 16;

/** Packs files into a zip. The same files give the same bytes, whenever and wherever they are packed. */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...files.keys()].sort();
  return zipSync(Object.fromEntries(names.map((name) => [name, files.get(name)!])), {
    level: 9,
    mtime: EPOCH,
    os: UNIX,
    attrs: MODE,
  });
}
