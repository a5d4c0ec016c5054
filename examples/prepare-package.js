// What npm runs after an install of an example in a clone of this repository: the example uses the package as it lies here,
// which has to be compiled first. A project of your own needs nothing of the kind.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command, cwd) => execSync(command, { cwd, stdio: 'inherit' });

if (!existsSync(`${root}node_modules/typescript`)) run('npm ci --no-audit --no-fund', root);
run('npm run --silent compile', root);
// Links the command, which was not there when the rest was installed.
run('npm rebuild --silent twodoors', process.cwd());
