import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A line of a source file. */
export interface SourceLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/** A line of a source file, with those around it. */
export interface SourceExcerpt {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly lines: readonly SourceLine[];
}

/** How many lines are shown before a line, and after it. */
const AROUND = 3;

/**
 * The source around a place, by the source map of a compiled file where it has one.
 *
 * @param file a path, or a URL; a relative path is looked up in the working directory and in the folders above it, since a
 *   local Lambda runs in the folder of its bundle
 * @returns undefined where there is no such file
 */
export function readExcerpt(file: string, line: number, column = 1): SourceExcerpt | undefined {
  try {
    const path = locate(file.startsWith('file:') ? fileURLToPath(file) : file);
    if (path === undefined) return undefined;
    return throughMap(path, line, column) ?? excerptOf(path, readFileSync(path, 'utf8'), line);
  } catch {
    // It is for a page about another error, which is worth more.
    return undefined;
  }
}

function locate(file: string): string | undefined {
  const root = process.cwd();
  return [root, dirname(root), dirname(dirname(root))].map((folder) => resolve(folder, file)).find(existsSync);
}

function throughMap(path: string, line: number, column: number): SourceExcerpt | undefined {
  const map = `${path}.map`;
  if (!/\.[cm]?js$/.test(path) || !existsSync(map)) return undefined;
  const payload = JSON.parse(readFileSync(map, 'utf8')) as SourceMapPayload;
  const entry = new SourceMap(payload).findEntry(line - 1, column - 1);
  if (!('originalSource' in entry)) return undefined;
  const { originalSource, originalLine } = entry;
  const text = payload.sourcesContent?.[payload.sources.indexOf(originalSource)];
  const source = join(dirname(path), originalSource);
  return excerptOf(source, text ?? readFileSync(source, 'utf8'), originalLine + 1);
}

function excerptOf(file: string, text: string, line: number): SourceExcerpt | undefined {
  const all = text.split('\n');
  if (line > all.length) return undefined;
  const first = Math.max(0, line - 1 - AROUND);
  const lines = all.slice(first, line + AROUND).map((each, i) => ({ number: first + i + 1, text: each }));
  return { file, line, lines };
}
