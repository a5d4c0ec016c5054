// `npm run matrix`: bundles main.ts, since Node cannot run it as it is, and runs it.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}build/matrix-${process.pid}`;
const bundle = await rolldown({
  input: fileURLToPath(new URL('main.ts', import.meta.url)),
  platform: 'node',
  external: (id) => /^[^./]/.test(id),
  transform: { define: { 'import.meta.url': JSON.stringify(import.meta.url) } },
});
mkdirSync(folder, { recursive: true });
try {
  await bundle.write({ file: `${folder}/main.js`, format: 'esm', sourcemap: true });
  await bundle.close();
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(`${folder}/main.js`).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
