import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOOTSTRAPS, REPOSITORY, writeFile } from '../projects.js';

// The packed package as it is installed by users: in CommonJS and in ES modules, compiled by every TypeScript since 5.4.
// These compilers are 90 MB that nobody else needs, so they are installed here and not with the repository.

const ALIASES = { '5.4': 'ts54', '5.9': 'ts59', '6': 'ts6', '7': 'ts7' } as const;
// TypeScript 5.4 needs older types of Node.js than the newest, which are installed otherwise.
const TOOLS = [
  '@types/node@20',
  '@arethetypeswrong/cli@0.18.5',
  'publint@0.3.25',
  'nunjucks@3.2.4',
  'class-validator@0.15.1',
];

const folder = mkdtempSync(join(tmpdir(), 'twodoors-consumers-'));
const env: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', NODE_ENV: undefined };
delete env['FORCE_COLOR'];
const { exports } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
  exports: Record<string, object | string>;
};
const entries = Object.keys(exports)
  .filter((name) => typeof exports[name] === 'object')
  .map((name) => name.replace('.', 'twodoors'));
let tarball: string;

/** Runs a program of Node.js; its exit code and all that it says. */
function run(args: readonly string[], cwd = folder): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  return { code: status, output: (stdout + stderr).trim() };
}

beforeAll(() => {
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  tarball = join(folder, execFileSync('npm', pack, { cwd: REPOSITORY, encoding: 'utf8' }).trim());
  writeFile(folder, 'package.json', '{ "private": true }');
  const compilers = Object.entries(ALIASES).map(([version, alias]) => `${alias}@npm:typescript@${version}`);
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts'];
  execFileSync('npm', [...install, tarball, ...compilers, ...TOOLS], { cwd: folder, env });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('attw finds nothing wrong with the types of any entry, in any module resolution', () => {
  const { code, output } = run(['node_modules/@arethetypeswrong/cli/dist/index.js', tarball, '--format', 'table']);
  expect(output).toContain('No problems found');
  expect(code).toBe(0);
  for (const entry of entries) expect(output).toContain(`"${entry}"`);
});

test('publint finds nothing to say', () => {
  const { code, output } = run(['node_modules/publint/src/cli.js', tarball, '--strict']);
  expect([code, output.split('\n').at(-1)]).toEqual([0, 'All good!']);
});

/** Uses names of each entry, each wrongly once, so that types that are `any` are seen. */
const APP = `
import { type App, Controller, defineApp, Get, HttpError, Param } from 'twodoors';
import * as auth from 'twodoors/auth';
import { defineConfig } from 'twodoors/config';
import { toKoa, toRouter } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import * as middleware from 'twodoors/middleware';
import * as openapi from 'twodoors/openapi';
import * as sessions from 'twodoors/sessions';
import { inject } from 'twodoors/testing';
import { nunjucks } from 'twodoors/views';
import { precompiledNunjucks } from 'twodoors/views/precompiled';

@Controller('/greetings')
class Greetings {
  @Get('/:name')
  greet(@Param('name') name: string) {
    if (name === 'nobody') throw new HttpError(404, 'Nobody.');
    return { hello: name };
  }
}

export const app: App = defineApp({ controllers: [Greetings], views: nunjucks(), use: [middleware.cors({ origin: '*' })] });
export const handler = createHandler(app);
toRouter(app).routes();
toKoa(app).callback();
defineConfig({ lambda: { memorySize: 512 } });
precompiledNunjucks({});

export function misuse(): void {
  // @ts-expect-error
  defineApp({ controllers: 1 });
  // @ts-expect-error
  createHandler(1);
  // @ts-expect-error
  toKoa(1);
  // @ts-expect-error
  toRouter(1);
  // @ts-expect-error
  defineConfig({ lambda: 1 });
  // @ts-expect-error
  nunjucks(1);
  // @ts-expect-error
  precompiledNunjucks(1);
  // @ts-expect-error
  middleware.cors(1);
  // @ts-expect-error
  auth.bearer(1);
  // @ts-expect-error
  openapi.openapi(1);
  // @ts-expect-error
  sessions.sessions(1);
}

async function main(): Promise<void> {
  const response = await inject(app, '/greetings/Ada');
  console.log(response.status, response.body.toString());
}
void main();
`;

const OPTIONS = {
  target: 'es2022',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  skipLibCheck: false,
  types: [] as string[],
};

/** TypeScript, `module`, `moduleResolution`, and the files: `.cts` is CommonJS, `.mts` an ES module. */
const CONSUMERS: (readonly [keyof typeof ALIASES, string, string, readonly string[]])[] = [
  ['5.4', 'node16', 'node16', ['app.cts', 'app.mts']],
  ['5.9', 'node16', 'node16', ['app.cts', 'app.mts']],
  ['6', 'node16', 'node16', ['app.cts', 'app.mts']],
  ['7', 'node16', 'node16', ['app.cts', 'app.mts']],
  ['5.9', 'nodenext', 'nodenext', ['app.cts', 'app.mts']],
  ['7', 'nodenext', 'nodenext', ['app.cts', 'app.mts']],
  ['5.4', 'commonjs', 'node10', ['app.ts']],
  ['5.9', 'commonjs', 'node10', ['app.ts']],
  ['6', 'commonjs', 'node10', ['app.ts']],
  ['5.4', 'esnext', 'bundler', ['app.mts']],
  ['7', 'esnext', 'bundler', ['app.mts']],
];

function compile(version: keyof typeof ALIASES, name: string, options: object, files: Record<string, string>) {
  const root = join(folder, name);
  mkdirSync(root);
  const ignored = version === '6' ? { ignoreDeprecations: '6.0' } : {};
  const compilerOptions = { ...OPTIONS, ...ignored, ...options, outDir: 'out', rootDir: '.' };
  for (const [file, text] of Object.entries(files)) writeFile(root, file, text);
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['app.*'] }));
  return run([join(folder, 'node_modules', ALIASES[version], 'bin/tsc')], root);
}

test.each(CONSUMERS)('TypeScript %s, "module": "%s", "moduleResolution": "%s": %j compile and run', (...row) => {
  const [version, module, moduleResolution, sources] = row;
  const name = `${version}-${module}-${moduleResolution}`;
  const files = { 'package.json': '{ "type": "commonjs" }', ...Object.fromEntries(sources.map((file) => [file, APP])) };
  expect(compile(version, name, { module, moduleResolution }, files)).toEqual({ code: 0, output: '' });
  for (const file of sources) {
    const compiled = join(folder, name, 'out', file.replace('ts', 'js'));
    expect(/require\(["']twodoors\/koa/.test(readFileSync(compiled, 'utf8'))).toBe(!file.endsWith('.mts'));
    // Not a word of Node.js either, which warns of packages that are required as ES modules.
    expect(run([compiled])).toEqual({ code: 0, output: '200 {"hello":"Ada"}' });
  }
});

// TypeScript 7 loads no types that nobody names: those of Node.js come with each entry that needs them.
test.each(entries)('an app that imports nothing but %s compiles without types of its own', (entry) => {
  const name = entry.replaceAll('/', '-');
  const options = { module: 'nodenext', noEmit: true };
  expect(compile('7', name, options, { 'app.ts': `export * from '${entry}';` })).toEqual({ code: 0, output: '' });
});

test('CommonJS and ES modules of one process have the same twodoors', () => {
  const script = `
    const names = ${JSON.stringify(entries)};
    Promise.all(names.map(async (name) => [name, require(name), await import(name)])).then((all) => {
      console.log(all.filter(([, one, other]) => one !== other).map(([name]) => name).join());
    });`;
  writeFileSync(join(folder, 'both.cjs'), script);
  expect(run([join(folder, 'both.cjs')])).toEqual({ code: 0, output: '' });
});

test('skipLibCheck: false beside content-disposition 2 needs the declaration of docs/typescript.md, and no more', () => {
  const root = join(folder, 'disposition');
  mkdirSync(root);
  writeFile(root, 'package.json', '{ "private": true, "type": "module" }');
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', [...install, tarball, 'content-disposition@2.0.1'], { cwd: root, env });
  const app = "import { toKoa } from 'twodoors/koa';\nexport { toKoa };\n";
  const page = readFileSync(join(REPOSITORY, 'docs/typescript.md'), 'utf8');
  const declaration = /\/\/ types\/content-disposition\.d\.ts\n([^`]+)```/.exec(page)![1]!;
  const compiler = join(folder, 'node_modules', ALIASES['7'], 'bin/tsc');
  writeFile(root, 'app.ts', app);
  const compilerOptions = { ...OPTIONS, module: 'nodenext', noEmit: true };
  writeFile(root, 'tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts', 'types'] }));
  const before = run([compiler], root);
  expect(before.output).toContain("has no exported member 'Options'");
  writeFile(root, 'types/content-disposition.d.ts', declaration);
  expect(run([compiler], root)).toEqual({ code: 0, output: '' });
});

test('pnpm, whose node_modules has only what package.json names, finds every type', () => {
  const root = join(folder, 'strict');
  mkdirSync(root);
  const manifest = { private: true, type: 'module', dependencies: { twodoors: `file:${tarball}` } };
  writeFile(root, 'package.json', JSON.stringify(manifest));
  // Views and validation need packages of their own.
  writeFile(root, 'app.ts', entries.map((name, i) => `export * as entry${i} from '${name}';`).join('\n'));
  writeFile(root, 'tsconfig.json', JSON.stringify({ compilerOptions: { ...OPTIONS, module: 'nodenext' } }));
  const pnpm = ['exec', '--yes', '--package=pnpm@10', '--', 'pnpm', 'install', '--prefer-offline', '--ignore-scripts'];
  execFileSync('npm', pnpm, { cwd: root, env });
  expect(existsSync(join(root, 'node_modules/koa'))).toBe(false);
  const compiler = join(folder, 'node_modules', ALIASES['7'], 'bin/tsc');
  expect(run([compiler, '--noEmit'], root)).toEqual({ code: 0, output: '' });
});

test("Yarn Plug'n'Play builds both doors, and calls the function", () => {
  const root = join(folder, 'pnp');
  mkdirSync(root);
  const manifest = { private: true, type: 'module', dependencies: { twodoors: `file:${tarball}` } };
  writeFile(root, 'package.json', JSON.stringify(manifest));
  writeFile(root, 'yarn.lock', '');
  for (const [name, text] of Object.entries(BOOTSTRAPS)) writeFile(root, name, text);
  const app = `import { Controller, defineApp, Get } from 'twodoors';
@Controller() class Home { @Get('/') home() { return { at: 'home' }; } }
export const app = defineApp({ controllers: [Home] });`;
  writeFile(root, 'src/app.ts', app);
  const event = { version: '2.0', rawPath: '/', rawQueryString: '', requestContext: { http: { method: 'GET' } } };
  writeFile(root, 'event.json', JSON.stringify(event));
  const yarn = (...args: string[]) =>
    execFileSync('npm', ['exec', '--yes', '--package=@yarnpkg/cli-dist@4', '--', 'yarn', ...args], {
      cwd: root,
      env: { ...env, YARN_ENABLE_IMMUTABLE_INSTALLS: '0' },
      encoding: 'utf8',
    });
  yarn('install');
  expect(existsSync(join(root, 'node_modules'))).toBe(false);
  expect(yarn('twodoors', 'build')).toMatch(/^build\/koa\/index\.js .*[\s\S]*build\/lambda\.zip/m);
  expect(JSON.parse(yarn('twodoors', 'invoke', 'event.json'))).toMatchObject({
    statusCode: 200,
    body: '{"at":"home"}',
  });
});

test('what runs in production loads neither bundler nor compiler nor the command', () => {
  // A hook sees the ES modules, the cache of require the others.
  const hook = `
    import { appendFileSync } from 'node:fs';
    export const load = (url, context, next) => { appendFileSync('loaded.txt', url + '\\n'); return next(url, context); };`;
  writeFileSync(join(folder, 'hook.mjs'), hook);
  const script = `
    import { appendFileSync } from 'node:fs';
    import { createRequire, register } from 'node:module';
    register('./hook.mjs', import.meta.url);
    for (const name of ${JSON.stringify(entries.filter((name) => name !== 'twodoors/build'))}) await import(name);
    appendFileSync('loaded.txt', Object.keys(createRequire(import.meta.url).cache).join('\\n'));`;
  writeFileSync(join(folder, 'all.mjs'), script);
  expect(run([join(folder, 'all.mjs')])).toEqual({ code: 0, output: '' });
  const loaded = readFileSync(join(folder, 'loaded.txt'), 'utf8').split('\n');
  const packages = new Set(loaded.map((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]));
  for (const name of ['twodoors', 'koa', '@koa/router', 'nunjucks']) expect(packages).toContain(name);
  expect(
    [...packages].filter((name) => /rolldown|oxc|typescript|commander|fflate|yaml|^ts\d/.test(name ?? '')),
  ).toEqual([]);
  const ofCommand = loaded.filter((path) => path.includes('/twodoors/dist/cli/'));
  expect(ofCommand.filter((path) => !path.includes('/dist/cli/config/'))).toEqual([]);
});
