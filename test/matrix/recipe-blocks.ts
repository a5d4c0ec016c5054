import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { DocBlock } from '../doc-blocks.js';
import { MATRIX } from './project.js';

const files = ['app', 'typed', 'recipes'].flatMap((folder) =>
  readdirSync(join(MATRIX, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(MATRIX.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
    }),
);

/**
 * Whether a block of a page is what a recipe has: a file, whose path a comment on the first line gives, a whole file of JSON,
 * or scripts of its package.json, a line each.
 */
export function isOfRecipe({ language, code }: DocBlock): boolean {
  if (language === 'sh recipe') {
    const scripts = files
      .filter(({ path }) => path.endsWith('package.json'))
      .flatMap(({ text }) => Object.values((JSON.parse(text) as { scripts?: Record<string, string> }).scripts ?? {}));
    const lines = code
      .replaceAll(/\s*\\\n\s*/g, ' ')
      .trim()
      .split('\n');
    return lines.every((line) => scripts.includes(line));
  }
  if (language === 'json recipe') {
    const value: unknown = JSON.parse(code);
    return files.some(({ path, text }) => path.endsWith('.json') && isDeepStrictEqual(JSON.parse(text), value));
  }
  const path = /^(?:\/\/|#) (\S+)\n/.exec(code)?.[1];
  if (path === undefined) return false;
  const content = code.slice(code.indexOf('\n') + 1);
  return files.some((file) => file.path.endsWith(`/${path}`) && file.text === content);
}
