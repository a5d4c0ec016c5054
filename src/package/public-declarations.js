// Removes the declarations of files that no public module of the package leads to: `npm run compile` ends with it.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const seen = new Set();
const visit = (path) => {
  if (seen.has(path) || !existsSync(path)) return;
  seen.add(path);
  for (const [, , target] of readFileSync(path, 'utf8').matchAll(/(from |import\(|import )['"](\.[^'"]+)\.js['"]/g)) {
    visit(join(dirname(path), `${target}.d.ts`));
  }
};
for (const { types } of Object.values(exports)) if (types !== undefined) visit(resolve(types));
for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  const path = resolve(entry.parentPath, entry.name);
  if (entry.isFile() && /\.d\.ts$|\.map$/.test(entry.name) && !seen.has(path)) rmSync(path);
}
