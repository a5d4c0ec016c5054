// Writes what `require('twodoors')` loads, beside each entry of the package: `npm run compile` ends with it.
// Every supported Node.js can require ES modules, but TypeScript below 5.8, and later ones with "module": "node16", refuse
// to. So CommonJS gets a file of its own: it has the same classes, and so have its types.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
for (const { require, default: entry } of Object.values(exports)) {
  if (require === undefined) continue;
  const name = `./${basename(entry)}`;
  writeFileSync(require.default, `module.exports = require('${name}');\n`);
  writeFileSync(require.types, `// @ts-ignore: Node.js can require it.\nexport * from '${name}';\n`);
}
