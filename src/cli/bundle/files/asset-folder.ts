import { posix, resolve } from 'node:path';
import { normaliseRoot, type PublicFolder } from '../../../runtime/declarations/public-folders.js';
import { CODED_EXTENSIONS } from '../../../runtime/files/coded-extensions.js';
import { addFingerprint } from '../../../runtime/files/fingerprint.js';
import { CommandError } from '../../command-error.js';
import { plural } from '../../plural.js';
import type { Project } from '../../project/project.js';
import type { PublicFiles } from '../../project/public-files.js';
import { addToFolder } from './write-folder.js';

/**
 * Writes the public files of an app into a folder, each under the paths of its URLs: as it is called, and with the
 * fingerprint of its content. Files that are there already stay, so that pages of older versions find theirs. Siblings such
 * as `app.css.br` are left out: S3 cannot choose between them, and CloudFront compresses by itself.
 *
 * @returns what was written, in words
 * @throws CommandError if the app has no public folders, or the folder is the project itself
 */
export function writeAssets(
  project: Project,
  name: string,
  folders: readonly PublicFolder[],
  { files, roots }: PublicFiles,
): string {
  if (folders.length === 0) {
    throw new CommandError(
      "--assets found no public folder in the plan of the app. Name one: defineApp({ public: 'src/public' }).",
    );
  }
  const target = resolve(project.root, name);
  if (target === project.root) throw new CommandError('--assets needs a folder of its own, such as build/assets.');
  const assets = new Map<string, Uint8Array>();
  const add = (path: string, content: Uint8Array) => assets.has(path) || assets.set(path, content);
  for (const { root, prefix = '' } of folders) {
    const built = roots[normaliseRoot(root)];
    if (built === undefined) continue;
    const before = decodeURIComponent(prefix).replace(/^\/+|\/+$/g, '');
    for (const [file, [hash]] of Object.entries(built.files)) {
      if (isSibling(file, built.files)) continue;
      const content = files.get(`${built.folder}/${file}`)!;
      add(posix.join(before, file), content);
      add(posix.join(before, addFingerprint(file, hash)), content);
    }
  }
  addToFolder(target, assets);
  return `${name}: ${plural(assets.size, 'file')}, each public file by its name and by its fingerprint`;
}

function isSibling(name: string, files: Readonly<Record<string, unknown>>): boolean {
  return Object.values(CODED_EXTENSIONS).some(
    (extension) => name.endsWith(extension) && Object.hasOwn(files, name.slice(0, -extension.length)),
  );
}
