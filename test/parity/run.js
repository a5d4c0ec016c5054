// `npm run parity`: bundles main.ts, since Node cannot run it as it is, and runs it.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}build/parity-${process.pid}`;
process.env.NODE_ENV ??= 'test';

const bundle = await rolldown({
  input: fileURLToPath(new URL('main.ts', import.meta.url)),
  platform: 'node',
  // Packages stay where they are; twodoors is this very repository, and the bundler's own helpers are nowhere else.
  external: (id) => /^[^./]/.test(id) && !/^(?:twodoors|@oxc-project\/runtime)(?:\/|$)/.test(id),
  resolve: { conditionNames: ['twodoors-source', 'node', 'import'] },
  transform: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  checks: { configurationFieldConflict: false },
});
mkdirSync(folder, { recursive: true });
try {
  await bundle.write({ dir: folder, format: 'esm', keepNames: true, sourcemap: true });
  await bundle.close();
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(`${folder}/main.js`).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
