import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf, findNameMistake, nameOfFolder } from '../../src/cli/new/new-project.js';
import { currentManagerVersion, currentPackageManager } from '../../src/cli/new/package-commands.js';
import { makeProject, REPOSITORY, removeProjects } from '../projects.js';

const folder = mkdtempSync(join(tmpdir(), 'twodoors-new-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterAll(removeProjects);

/** Runs `twodoors new` with these answers. */
async function twodoorsNew(args: readonly string[], answers: string, cwd = folder) {
  const child = spawn(process.execPath, [join(REPOSITORY, 'dist/cli/main.js'), 'new', '--no-install', ...args], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', npm_config_user_agent: 'pnpm/10.1.0 npm/? node/v22.12.0' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  child.stdin.end(answers);
  await once(child, 'close');
  return { code: child.exitCode, output };
}

test('asks three questions, again where an answer is wrong, and the answers count', async () => {
  const { code, output } = await twodoorsNew(['My Shop'], 'No Name\nstore\nsomething\napi\nj\n');
  expect(output).toMatch(
    new RegExp(
      [
        /^Name \(my-shop\): Invalid name "No Name": use lower-case .*/,
        /Name \(my-shop\): Kind: pages, api, both \(pages\): Choose one of pages, api, both\./,
        /Kind: pages, api, both \(pages\): Tests: vitest, jest, node \(vitest\): Made store, \d+ files\./,
      ]
        .map(({ source }) => source)
        .join('\n'),
    ),
  );
  expect(output).toContain("Next:\n  cd 'My Shop'\n  pnpm install\n");
  expect(code).toBe(0);
  const manifest = JSON.parse(readFileSync(join(folder, 'My Shop/package.json'), 'utf8'));
  expect([manifest.name, manifest.scripts.test, Object.keys(manifest.dependencies)]).toEqual([
    'store',
    'tsc && NODE_OPTIONS=--experimental-vm-modules jest',
    ['class-validator', 'twodoors'],
  ]);
});

test('the end of the input means the defaults', async () => {
  expect(await twodoorsNew(['defaults'], '')).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'defaults/src/app.ts'), 'utf8')).toContain('nunjucks()');
});

test('asks nothing that a flag says', async () => {
  const { output } = await twodoorsNew(['flags', '--name', 'one', '--kind', 'api', '--test', 'node'], '');
  expect(output).toMatch(/^Made one, \d+ files\./);
});

test.each([
  [['--yes', '--name', 'Shop'], /^Invalid name "Shop": use lower-case/],
  [['--yes', '--kind', 'site'], /argument 'site' is invalid/],
])('refuses %j', async (args, message) => {
  const { code, output } = await twodoorsNew(['refused', ...args], '');
  expect([code, output]).toEqual([1, expect.stringMatching(message)]);
});

test('overwrites nothing', async () => {
  const root = makeProject({});
  const { code, output } = await twodoorsNew(['--yes'], '', root);
  expect([code, output]).toEqual([
    1,
    `${root} is not empty: it has node_modules, package.json. Name a new folder: twodoors new FOLDER.\n`,
  ]);
});

test.each([
  ['shop', 'shop'],
  ['My Shop!', 'my-shop'],
  ['Café', 'cafe'],
  ['.hidden', 'hidden'],
  ['店', 'app'],
])('the folder %j gives the name %j', (path, name) => {
  expect([nameOfFolder(`/somewhere/${path}`), findNameMistake(name)]).toEqual([name, undefined]);
});

test.each([
  [undefined, 'npm'],
  ['npm/10.8.2 node/v20.20.2 linux x64 workspaces/false', 'npm'],
  ['pnpm/10.1.0 npm/? node/v22.12.0 linux x64', 'pnpm'],
  ['yarn/4.6.0 npm/? node/v22.12.0 linux x64', 'yarn'],
  ['bun/1.2.0 npm/? node/v22.6.0 linux x64', 'bun'],
  ['cnpm/9.0.0', 'npm'],
])('the user agent %j is %s', (userAgent, manager) => {
  expect(currentPackageManager(userAgent)).toBe(manager);
});

test.each([
  ['npm', 'npm/10.8.2 node/v20.20.2', undefined, undefined],
  ['pnpm', 'pnpm/10.1.0 npm/? node/v22.12.0', 'pnpm@10.1.0', undefined],
  ['yarn', 'yarn/4.6.0 npm/? node/v22.12.0', 'yarn@4.6.0', 'nodeLinker: node-modules\n'],
  ['bun', 'bun/1.2.0 npm/? node/v22.6.0', undefined, undefined],
] as const)('a project of %s has what corepack and Yarn read', (manager, userAgent, packageManager, yarnrc) => {
  const managerVersion = currentManagerVersion(userAgent);
  const files = filesOf({ name: 'shop', kind: 'api', test: 'node', manager, managerVersion, version: '0.1.0' });
  expect(JSON.parse(files.get('package.json')!).packageManager).toBe(packageManager);
  expect(files.get('.yarnrc.yml')).toBe(yarnrc);
  const copied = /^COPY package\.json (.+) \.\/$/m.exec(files.get('Dockerfile')!)![1];
  expect(copied!.includes('.yarnrc.yml')).toBe(manager === 'yarn');
});

test('CI, the Dockerfile and the README use the package manager', () => {
  const files = filesOf({ name: 'shop', kind: 'pages', test: 'vitest', manager: 'pnpm', version: '0.1.0' });
  const install = 'corepack enable && pnpm install --frozen-lockfile';
  expect(files.get('Dockerfile')).toContain(`COPY package.json pnpm-lock.yaml ./\nRUN ${install}\n`);
  expect(files.get('.github/workflows/test.yml')).toContain(`- run: ${install}\n      - run: pnpm run doctor\n`);
  expect(files.get('README.md')).toContain('pnpm install\npnpm run dev\n');
});
