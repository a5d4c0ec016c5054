import { sharedByCopies } from '../identity/copies.js';

// `twodoors build` replaces this file in a Lambda bundle. A Koa build adds its folders when it is loaded.

/** What a build knows of one file: its hash, and its size in bytes. No time: the same code makes the same bundle. */
export type BuiltFile = readonly [hash: string, size: number];

/** A folder that a build has copied beside the built code. */
export interface BuiltFolder {
  /** Relative to the built code. */
  readonly folder: string;
  /** By name, such as `styles/site.css`. */
  readonly files: Readonly<Record<string, BuiltFile>>;
}

/** All folders that a build has copied. */
export interface BuiltFiles {
  /** The folder of the built code, absolute. */
  readonly base: string;
  /** By the root in the project, such as `src/public`. */
  readonly roots: Readonly<Record<string, BuiltFolder>>;
  /** The project, where all other folders are: of a build that runs on this machine alone, and plans nothing. */
  readonly project?: string;
}

const shared = sharedByCopies<{ current?: BuiltFiles }>('built-files', {});

/** The files of the build that runs; undefined where the app runs from its sources. */
export function builtFiles(): BuiltFiles | undefined {
  return shared.current;
}
