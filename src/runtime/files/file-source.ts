import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { normaliseRoot } from '../declarations/public-folders.js';
import { type BuiltFolder, builtFiles } from './built-files.js';
import { isFileName } from './file-name.js';

/** A file that was found. */
export interface FoundFile {
  /** Absolute, without links. */
  readonly path: string;
  /** The last part of its name as it was looked up. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** In milliseconds since 1970; whole seconds, as HTTP writes them. */
  readonly modifiedAt: number;
  /** Whether that time is made of the hash, since a build keeps no times: an earlier one is not of an older content. */
  readonly isTimeMade: boolean;
  /** A hash of the content, in hexadecimal digits: read from the build, else made of the file once. */
  readonly hash: string;
}

/** A folder, and what of it may be read. */
export interface FileSource {
  /**
   * Finds a file by its exact name.
   *
   * @param segments decoded
   * @returns undefined for whatever is not a file inside the folder
   */
  find(segments: readonly string[]): FoundFile | undefined;
}

/**
 * Opens a folder: the one that a build has copied beside its code, else the one in the project. In development the
 * project's own counts, so that a changed file is seen without a build.
 *
 * @param isPublic whether the file must be the same at every door, its time included, also where one build has not copied
 *   the folder
 */
export function openFileSource(root: string, isPublic = false): FileSource {
  const built = builtFolderOf(root);
  const isDevelopment = process.env['NODE_ENV'] === 'development';
  const isTimeMade = isPublic && !isDevelopment && builtFiles() !== undefined;
  if (built === undefined || (isDevelopment && isFolder(root))) return openDiskSource(placeOf(root), isTimeMade);
  return openBuiltSource(join(builtFiles()!.base, built.folder), built);
}

/** Where a folder is that no build has copied: in the working directory. */
export function placeOf(root: string): string {
  return resolve(builtFiles()?.project ?? '', root);
}

/** What a build has copied of a folder; undefined where it has not, or where nothing is built. */
export function builtFolderOf(root: string): BuiltFolder | undefined {
  const roots = builtFiles()?.roots;
  const name = normaliseRoot(root);
  return roots !== undefined && Object.hasOwn(roots, name) ? roots[name] : undefined;
}

/** Whether there is such a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The build has read the folder: a request for anything else touches no disk. */
function openBuiltSource(folder: string, { files }: BuiltFolder): FileSource {
  return {
    find(segments) {
      const key = segments.join('/');
      if (!isFileName(segments) || !Object.hasOwn(files, key)) return undefined;
      const [hash, size] = files[key]!;
      const path = join(folder, key);
      return { path, name: segments.at(-1)!, size, modifiedAt: timeOf(hash), isTimeMade: true, hash };
    },
  };
}

/** Twenty years from 2000 on, in milliseconds. */
const FIRST_TIME = Date.UTC(2000, 0, 1);
const SECONDS = (Date.UTC(2020, 0, 1) - FIRST_TIME) / 1000;

/**
 * The time of a file whose build keeps no times, because version control does not: another content has another time, at
 * every door, and the same content has the same, whenever and wherever it is built.
 */
function timeOf(hash: string): number {
  return FIRST_TIME + (Number.parseInt(hash.slice(0, 8), 16) % SECONDS) * 1000;
}

function openDiskSource(folder: string, isTimeMade: boolean): FileSource {
  return {
    find(segments) {
      if (!isFileName(segments)) return undefined;
      const found = unlessMissing(() => findOnDisk(folder, segments));
      if (found === undefined) return undefined;
      const { path, stats } = found;
      return {
        path,
        name: segments.at(-1)!,
        size: stats.size,
        get modifiedAt() {
          return isTimeMade ? timeOf(this.hash) : Math.floor(stats.mtimeMs / 1000) * 1000;
        },
        isTimeMade,
        get hash() {
          return hashOf(path, stats);
        },
      };
    },
  };
}

function findOnDisk(folder: string, segments: readonly string[]): { path: string; stats: Stats } | undefined {
  const named = join(folder, ...segments);
  const stats = statSync(named, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) return undefined;
  const root = realpathSync.native(folder);
  const path = realpathSync.native(named);
  const inside = relative(root, path);
  // A link may lead to another file of the folder, and nowhere else.
  if (isAbsolute(inside) || !isFileName(inside.split(sep))) return undefined;
  // Some systems find a file by its name in another case. A build does not, and neither does Lambda.
  const exact = segments.join(sep);
  const isOtherCase = inside !== exact && inside.toLowerCase() === exact.toLowerCase();
  return isOtherCase ? undefined : { path, stats };
}

/** Codes of what is not there, and of names that no file can have. */
const MISSING = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES', 'EPERM', 'EINVAL'];

function unlessMissing<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (MISSING.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** The hashes of files so far, each with the state of the file that it is of. */
const hashes = new Map<string, { readonly state: string; readonly hash: string }>();

/** A file is not held in memory: it may be large. */
const CHUNK = 256 * 1024;

/** Above this size, in bytes, the state of a file stands for its content: to read it would stop all other requests. */
const LARGEST_READ = 16 * 1024 * 1024;

function hashOf(path: string, { size, mtimeMs, ctimeMs, ino }: Stats): string {
  const state = `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  if (size > LARGEST_READ) return hashContent(Buffer.from(state));
  const known = hashes.get(path);
  if (known?.state === state) return known.hash;
  const hash = hashFile(path);
  hashes.set(path, { state, hash });
  return hash;
}

function hashFile(path: string): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const length = readSync(file, chunk, 0, CHUNK, null);
      if (length === 0) return shortHash(hash.digest('hex'));
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

/** The hash of a content, as builds and requests write it. */
export function hashContent(content: Uint8Array): string {
  return shortHash(createHash('sha256').update(content).digest('hex'));
}

/** 128 bits are enough to tell versions of a file apart. */
function shortHash(hex: string): string {
  return hex.slice(0, 32);
}
