import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import { DEFAULT_FOLDER } from '../../runtime/views/nunjucks-options.js';
import { compileFolder } from './compile-folder.js';

/** What is compiled by `precompileViews`, and where to. */
export interface PrecompileOptions {
  /** The folders of views, as the app names them: `nunjucks({ folder })`. Default: `['src/views']`. */
  folders?: readonly string[] | undefined;
  /** The module to write, an ES module. Default: `build/views.js`. */
  file?: string | undefined;
  /** The folder of the project, which the other paths are relative to. Default: the working directory. */
  root?: string | undefined;
}

/**
 * Compiles the views of an app to a module, for a bundler other than `twodoors build`, which does the same by itself. Import
 * this module before the app in the file that you bundle; then `nunjucks()` of `twodoors/views` renders the compiled
 * views, and needs neither their files nor the compiler of nunjucks.
 *
 * It loads nunjucks and no bundler. The compiled views are code: the module contains nothing of your machine, and the same
 * views make the same module.
 *
 * @returns the path of the module, absolute
 * @throws Error if a folder does not exist, if nunjucks is not installed, or with all views that do not compile
 *
 * @example
 * ```ts
 * // precompile.ts, before the bundler runs
 * import { precompileViews } from 'twodoors/build';
 *
 * await precompileViews({ folders: ['src/views'], file: 'build/views.js' });
 * ```
 */
export async function precompileViews(options: PrecompileOptions = {}): Promise<string> {
  const { folders = [DEFAULT_FOLDER], file = 'build/views.js', root = process.cwd() } = options;
  const compiled: string[] = [];
  for (const folder of folders) {
    const key = posix.normalize(folder.replaceAll('\\', '/')).replace(/\/$/, '');
    compiled.push(`${JSON.stringify(key)}: ${await compileFolder(root, folder)}`);
  }
  const path = resolve(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `// Made by precompileViews() of twodoors/build. Import it before the app.\n` +
      `import { registerPrecompiledViews } from 'twodoors/views/precompiled';\n\n` +
      `registerPrecompiledViews({ ${compiled.join(',\n')} });\n`,
  );
  return path;
}
