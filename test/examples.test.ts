import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from './projects.js';

// Each example as a user of the packed package has it: copied, installed, type-checked, tested, built.

const EXAMPLES = join(REPOSITORY, 'examples');
const names = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

// Side by side, with one node_modules for all: what one needs does not disturb the others.
const folder = mkdtempSync(join(tmpdir(), 'twodoors-examples-'));
beforeAll(async () => {
  // Without scripts: the package has been compiled, and others are using it.
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  const dependencies: Record<string, string> = {};
  for (const name of names) {
    cpSync(join(EXAMPLES, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    const manifest = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
    expect(manifest.dependencies.twodoors).toBe('file:../..');
    Object.assign(dependencies, manifest.dependencies, manifest.devDependencies);
  }
  dependencies['twodoors'] = `file:${packed.trim()}`;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await npm('.', 'install', '--prefer-offline', '--no-audit', '--no-fund');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs npm in a folder; what it says goes into the error. */
async function npm(name: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, NODE_OPTIONS: '', TEST_FIGURES: '' };
  try {
    return await promisify(execFile)('npm', args, { cwd: join(folder, name), env });
  } catch (error) {
    const { message, stdout } = error as Error & { stdout: string };
    throw new Error(`${message}\n${stdout}`);
  }
}

test('there are examples', () => {
  expect(names).toEqual(['flaskr', 'hello', 'koa-app', 'powertools', 'queue', 'streaming', 'tsyringe', 'zod']);
});

test.each(names)('examples/%s compiles, passes its tests and builds', async (name) => {
  await npm(name, 'test');
  const { stderr, stdout } = await npm(name, 'run', 'build');
  expect(stdout).toContain('build/lambda.zip');
  // What the tracer weighs is worth a warning, here too.
  expect(stderr).toMatch(name === 'powertools' ? /^Warning: @aws-lambda-powertools\/tracer adds .*\n$/ : /^$/);
});

test('the README lists each example', () => {
  const page = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
  expect([...page.matchAll(/^\| \[([\w-]+)\]/gm)].map(([, name]) => name)).toEqual(names);
});
