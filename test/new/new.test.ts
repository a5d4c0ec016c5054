import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { filesOf, type ProjectKind, type TestRunner } from '../../src/cli/new/new-project.js';
import { Command, endCommands } from '../command.js';
import { REPOSITORY } from '../projects.js';

// A project as a user makes it: by the packed package in an empty folder, with packages of the registry.

const folder = mkdtempSync(join(tmpdir(), 'twodoors-new-'));
const shop = join(folder, 'shop');
const env = {
  ...process.env,
  NODE_OPTIONS: '',
  TEST_FIGURES: '',
  NODE_ENV: undefined,
  FORCE_COLOR: undefined,
  NO_COLOR: '1',
};
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(endCommands);

/** Runs a command; what it says goes into the error. */
async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    return (await promisify(execFile)(command, args, { cwd, env: env as NodeJS.ProcessEnv })).stdout;
  } catch (error) {
    const { message, stdout } = error as Error & { stdout: string };
    throw new Error(`${message}\n${stdout}`);
  }
}

describe('a new project', () => {
  const main = join(shop, 'node_modules/twodoors/dist/cli/main.js');

  beforeAll(async () => {
    // Without scripts: the package has been compiled, and others are using it.
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    const tarball = join(folder, execFileSync('npm', pack, { cwd: REPOSITORY, encoding: 'utf8' }).trim());
    execFileSync('tar', ['xzf', tarball, '-C', folder]);
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
    const said = await run(
      process.execPath,
      [join(folder, 'package/dist/cli/main.js'), 'new', 'shop', '--kind', 'both', '--yes', '--no-install'],
      folder,
    );
    expect(said).toContain('cd shop\n  npm install\n  npm run dev ');
    const manifest = JSON.parse(readFileSync(join(shop, 'package.json'), 'utf8'));
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    expect([manifest.name, manifest.dependencies.twodoors]).toEqual(['shop', `^${version}`]);
    manifest.dependencies.twodoors = `file:${tarball}`;
    writeFileSync(join(shop, 'package.json'), JSON.stringify(manifest));
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], shop);
  });

  test('the package has no sources, no maps, and declarations for public modules only', () => {
    const packed = readdirSync(join(folder, 'package'), { recursive: true, encoding: 'utf8' });
    expect(packed.filter((name) => name.endsWith('.map') || name.startsWith('src/'))).toEqual([]);
    expect(packed).toContain('dist/runtime/koa/index.d.ts');
    expect(packed).not.toContain('dist/cli/main.d.ts');
  });

  test('its types and tests are good', async () => {
    expect(await run('npm', ['test'], shop)).toMatch(/Tests +30 passed/);
  });

  test('it is built, and the function is invoked', async () => {
    const built = await run('npm', ['run', 'build'], shop);
    expect(built).toMatch(/^build\/koa\/index\.js .*, needs Node\.js only$/m);
    expect(built).toContain('build/lambda.zip');
    const result = JSON.parse(await run('npx', ['twodoors', 'invoke', 'event.json'], shop));
    expect(result).toMatchObject({ statusCode: 200, body: expect.stringContaining('<h1>Split a bill</h1>') });
  });

  test('its set-up is good', async () => {
    expect(await run('npm', ['run', 'doctor'], shop)).toContain('0 errors, 0 warnings');
  });

  test('every door sends the same replies to its requests', async () => {
    const report = await run('npm', ['run', '--silent', 'parity'], shop);
    expect(report.trim().split('\n').at(-1)).toMatch(/^7 requests, 6 doors, 0 differences$/);
  });

  test.each(['koa', 'lambda'])('a browser sees its page at the door %s of dev', async (door) => {
    const dev = new Command(['dev', '--door', door], shop, { PORT: '0' }, main);
    const response = await fetch(await dev.address());
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<h1>Split a bill</h1>')]);
  });

  test('npm start serves the built app, whose page and form send what the function sends', async () => {
    const start = new Command(['start'], shop, { PORT: '0' }, main);
    const dev = new Command(['dev', '--door', 'lambda'], shop, { PORT: '0' }, main);
    const bill = { method: 'POST', body: new URLSearchParams({ total: '84.5', people: '2', tip: '10' }) };
    const requests = [
      ['/', {}],
      ['/', bill],
      ['/', { ...bill, body: new URLSearchParams({ total: 'much' }) }],
      ['/gone', {}],
    ] as const;
    const ask = async (origin: string) => {
      const replies = [];
      for (const [path, init] of requests) {
        const response = await fetch(origin + path, init as RequestInit);
        replies.push([response.status, response.headers.get('content-type'), await response.text()]);
      }
      return replies;
    };
    const [served, invoked] = [await ask(await start.address()), await ask(await dev.address())];
    expect(served).toEqual(invoked);
    expect(served.map(([status]) => status)).toEqual([200, 200, 422, 404]);
  });

  test('nothing that git keeps is left by all that', async () => {
    const ignored = readFileSync(join(shop, '.gitignore'), 'utf8').split('\n');
    const made = readdirSync(shop).filter((name) => !ignored.includes(name) && !ignored.includes(`${name}/`));
    expect(made.filter((name) => !existsSync(join(folder, 'package/templates/base', name)))).toEqual([
      '.gitignore',
      'package-lock.json',
      'requests.http',
      'test',
      'vitest.config.ts',
    ]);
  });
});

test.each<[ProjectKind, TestRunner]>([
  ['pages', 'jest'],
  ['api', 'node'],
])('a project of the kind %s compiles, and passes its tests with %s', async (kind, runner) => {
  const root = join(folder, `${kind}-${runner}`);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  for (const name of readdirSync(join(REPOSITORY, 'node_modules'))) {
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  }
  symlinkSync(REPOSITORY, join(root, 'node_modules/twodoors'));
  for (const [name, content] of filesOf({ name: 'shop', kind, test: runner, manager: 'pnpm', version: '0.1.0' })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
    expect([name, content.match(/__[A-Z]+__/g)]).toEqual([name, null]);
  }
  await run('npm', ['test'], root);
});
