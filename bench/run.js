// `npm run bench`: installs what is measured, bundles main.ts, since Node cannot run it as it is, and runs it.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const bench = fileURLToPath(new URL('.', import.meta.url));
const repository = join(bench, '..');

install();
link();
const folder = join(bench, 'build/bench');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await bundle(['main'], 'esm', 'js');
await bundle(['cold-child', 'warm-child', 'stages-child', 'server-child', 'load-child'], 'cjs', 'cjs');
process.setSourceMapsEnabled(true);
process.env.BENCH_REPOSITORY = repository;
await import(pathToFileURL(join(folder, 'main.js')).href);

/** Installs the exact versions of the lock file, where they are not there yet. */
function install() {
  const wanted = JSON.parse(readFileSync(join(bench, 'package-lock.json'), 'utf8')).packages;
  const found = join(bench, 'node_modules/.package-lock.json');
  const installed = existsSync(found) ? JSON.parse(readFileSync(found, 'utf8')).packages : {};
  const isThere = Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
  if (isThere) return;
  console.log('Installing what is measured into bench/node_modules ...');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: bench,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('npm ci failed in bench/: see above. It needs the npm registry.');
}

/** The apps import twodoors by its name, as a user's would. */
function link() {
  const path = join(bench, 'node_modules/twodoors');
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync('../..', path);
}

async function bundle(names, format, extension) {
  for (const name of names) {
    const build = await rolldown({
      input: join(bench, `${name}.ts`),
      platform: 'node',
      external: (id) => /^[^./]/.test(id),
      resolve: { conditionNames: ['twodoors-source', 'node', 'import'] },
      checks: { configurationFieldConflict: false },
    });
    await build.write({ file: join(folder, `${name}.${extension}`), format, sourcemap: true, codeSplitting: false });
    await build.close();
  }
}
