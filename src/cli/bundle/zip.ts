import { zipSync } from 'fflate';

/** The first time that a zip can say; local, since zips know no time zone. */
const EPOCH = new Date(1980, 0, 1);

/** A regular file that everybody may read, in the form of zips made on Unix. */
const UNIX = 3;
const MODE = 0o100644 << 16;

/** Packs files. The same files give the same bytes, whenever and wherever. */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...files.keys()].sort();
  return zipSync(Object.fromEntries(names.map((name) => [name, files.get(name)!])), {
    level: 9,
    mtime: EPOCH,
    os: UNIX,
    attrs: MODE,
  });
}
