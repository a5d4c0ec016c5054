import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../projects.js';

test('every file, export and package is used: knip finds no other', () => {
  const args = [join(REPOSITORY, 'node_modules/knip/bin/knip.js'), '--no-progress', '--treat-config-hints-as-errors'];
  const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: REPOSITORY, env, encoding: 'utf8' });
  expect([status, (stdout + stderr).trim()]).toEqual([0, '']);
});
