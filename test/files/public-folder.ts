import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** When all files of a test were last modified. */
export const MODIFIED_AT = new Date('2026-03-04T05:06:07Z');

/** A folder that is removed after the tests of a file. */
export interface TestFolder {
  readonly root: string;
  write(name: string, content: string | Uint8Array): void;
  link(name: string, target: string): void;
  remove(): void;
}

/** Makes a folder with these files. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): TestFolder {
  const root = mkdtempSync(join(tmpdir(), 'twodoors-files-'));
  const folder: TestFolder = {
    root,
    write(name, content) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), content);
      utimesSync(join(root, name), MODIFIED_AT, MODIFIED_AT);
    },
    link: (name, target) => symlinkSync(target, join(root, name)),
    remove: () => rmSync(root, { recursive: true }),
  };
  for (const [name, content] of Object.entries(files)) folder.write(name, content);
  return folder;
}

/** The strong entity tag of a content. */
export function tagOf(content: string | Uint8Array): string {
  return `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`;
}

/** The first digits of a content's hash, as its URL has them. */
export function digitsOf(content: string | Uint8Array): string {
  return tagOf(content).slice(1, 11);
}
