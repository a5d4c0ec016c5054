import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { jest } from '@jest/globals';
import { unzipSync } from 'fflate';
import { toRawRequest } from 'twodoors/testing';
import { httpGateway } from '../src/runtime/gateways/http-gateway.js';
import { makeProject, removeProjects, writeFile } from './projects.js';
import { runCommand } from './run-command.js';
import { addon } from './zip-packages-addon.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterAll(removeProjects);

const BYTES = Buffer.from([0, 255, 13, 10, 128]);

/** A project with everything that a bundle can contain: a DTO, views, static files, a CommonJS package. */
function makeApp(more: Record<string, string> = {}): string {
  const root = makeProject({
    'src/bootstrap-koa.ts': `
import { serve } from 'twodoors/koa';
import { app } from './app.js';
await serve(app, { port: Number(process.env.PORT) });
`,
    'src/bootstrap-lambda.ts': `
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';
export const handler = createHandler(app);
`,
    'src/app.ts': `
import { defineApp } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { Home } from './controllers/home.controller.js';
export const app = defineApp({ controllers: [Home], views: nunjucks() });
`,
    'src/controllers/home.controller.ts': `
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IsString } from 'class-validator';
import { Body, Controller, Get, Post, Render } from 'twodoors';
import { slash, version } from 'in-commonjs';
class Greeting { @IsString() name!: string; }
@Controller()
export class Home {
  @Get('/') @Render('index.html') home() { return { name: 'you' }; }
  @Get('/bytes') async bytes() { return (await readFile(join(import.meta.dirname, 'public', 'deep', 'bytes.bin'))).toString('hex'); }
  @Get('/package') package() { return [slash, version]; }
  @Get('/strict') strict() { try { Object.assign(Object, { frozen: Object.freeze([1]) }).frozen[0] = 2; return 'sloppy'; } catch { return 'strict'; } }
  @Post('/') greet(@Body() greeting: Greeting) { return greeting; }
}
`,
    'src/views/index.html': '<p>{{ name }}</p>',
    'src/public/z.txt': 'last',
    'src/public/a.txt': 'first',
    'src/public/.well-known/security.txt': 'Contact: …',
    'node_modules/in-commonjs/package.json': '{ "name": "in-commonjs", "version": "1.2.3" }',
    'node_modules/in-commonjs/index.js':
      "const path = require('path'); exports.slash = path.posix.sep; exports.version = require('./package.json').version;",
    'node_modules/in-commonjs/index.d.ts': '',
    ...more,
  });
  mkdirSync(join(root, 'src/public/deep'));
  writeFileSync(join(root, 'src/public/deep/bytes.bin'), BYTES);
  return root;
}

const request = (method: string, path: string, body?: object) =>
  httpGateway.toEvent(
    toRawRequest(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

/** Invokes the function in an unpacked zip, without a node_modules, with each event, in a separate process. */
function invokeAll(zip: Uint8Array, events: readonly object[], layer?: string): { statusCode: number; body: string }[] {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-task-'));
  try {
    for (const [name, content] of Object.entries(unzipSync(zip))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const entry = readdirSync(folder).find((name) => /^index\.m?js$/.test(name))!;
    const script = `
      import { handler } from ${JSON.stringify(join(folder, entry))};
      const results = [];
      for (const event of ${JSON.stringify(events)}) results.push(await handler(event, {}));
      console.log(JSON.stringify(results));`;
    const output = execFileSync(process.execPath, ['--enable-source-maps', '--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', ...(layer !== undefined && { NODE_PATH: layer }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse(output.trim().split('\n').at(-1)!);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const zipOf = (root: string) => readFileSync(join(root, 'build/lambda.zip'));

describe.each([
  ['cjs', 'index.js'],
  ['esm', 'index.mjs'],
])('the zip in the format %s', (format, entry) => {
  let root: string;
  let output: string;
  beforeAll(async () => {
    root = makeApp();
    ({ output } = await runCommand(['build', '--format', format], root));
  });

  it('runs without node_modules, and finds its static files', () => {
    const results = invokeAll(zipOf(root), [
      request('GET', '/'),
      request('GET', '/bytes'),
      request('GET', '/package'),
      request('GET', '/strict'),
      request('POST', '/', { name: 'you' }),
      request('POST', '/', { name: 1 }),
    ]);
    expect(results.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 400]);
    expect(results.slice(0, 5).map(({ body }) => body)).toEqual([
      '<p>you</p>',
      BYTES.toString('hex'),
      '["/","1.2.3"]',
      'strict',
      '{"name":"you"}',
    ]);
  });

  it('is the same in another folder and at another time', async () => {
    const other = makeApp();
    utimesSync(join(other, 'src/public/a.txt'), 1e9, 1e9);
    await runCommand(['build', 'lambda', '--format', format], other, { TZ: 'Asia/Tokyo' });
    expect(zipOf(other).equals(zipOf(root))).toBe(true);
  });

  it('contains the files of build/lambda, sorted, readable by everybody and without a time', () => {
    const zip = zipOf(root);
    const extension = format === 'esm' ? 'mjs' : 'js';
    const names = Object.keys(unzipSync(zip));
    expect(names).toEqual(names.toSorted());
    expect(names).toEqual(expect.arrayContaining([entry, `multipart.${extension}`]));
    expect(names.includes('package.json')).toBe(format === 'cjs');
    const code = names.filter((name) => !/^(?:public\/|package\.json$)/.test(name));
    const sources = code.filter((name) => name.endsWith(`.${extension}`));
    // The maps stay beside the zip.
    expect(code).toEqual(sources);
    expect(existsSync(join(root, 'build/lambda', `${entry}.map`))).toBe(true);
    expect(names.filter((name) => name.startsWith('public/'))).toEqual([
      'public/.well-known/security.txt',
      'public/a.txt',
      'public/deep/bytes.bin',
      'public/z.txt',
    ]);
    for (const name of names) {
      expect(readFileSync(join(root, 'build/lambda', name)).equals(unzipSync(zip)[name]!)).toBe(true);
    }
    expect(readDirectory(zip)).toEqual(names.map((name) => ({ name, mode: 0o100644, date: 0x21, time: 0 })));
  });

  it('contains the source maps if the function is set to read them', async () => {
    const environment = { NODE_OPTIONS: '--enable-source-maps --no-warnings' };
    const config = `export default ${JSON.stringify({ lambda: { environment } })};`;
    const other = makeApp({ 'twodoors.config.ts': config });
    await runCommand(['build', 'lambda', '--format', format], other);
    expect(Object.keys(unzipSync(zipOf(other)))).toContain(`${entry}.map`);
  });

  it('is summarised with its hash in the form of CodeSha256, and its packages', () => {
    expect(output).toContain(`CodeSha256 ${createHash('sha256').update(zipOf(root)).digest('base64')}`);
    expect(output).toMatch(
      new RegExp(`^build/lambda/${entry} +[\\d.]+ KB, [\\d.]+ KB gzip, \\d+ modules, handler index\\.handler$`, 'm'),
    );
    expect(output).toMatch(/^ {2}nunjucks +[\d.]+ KB {2}CommonJS, cannot be tree-shaken$/m);
    expect(output).not.toContain('Warning');
  });

  it('is summarised with sizes of packages that add up to the size of the code', () => {
    const [, code] = new RegExp(`^build/lambda/${entry} +([\\d.]+) KB`, 'm').exec(output)!;
    const [, lazy] = /^ {2}on demand +([\d.]+) KB in \d+ files/m.exec(output)!;
    const sizes = [...output.matchAll(/^ {2}(?!on demand)\S.*? +([\d.]+) KB/gm)].map(([, size]) => Number(size));
    const sum = sizes.reduce((all, size) => all + size, 0);
    // Each of the numbers is rounded to 0.1 KB.
    expect(Math.abs(sum - Number(code) - Number(lazy))).toBeLessThan(0.05 * (sizes.length + 2) + 0.01);
  });

  it('contains the same static files as the server', () => {
    for (const door of ['koa', 'lambda']) {
      expect(readFileSync(join(root, 'build', door, 'public/deep/bytes.bin')).equals(BYTES)).toBe(true);
      expect(statSync(join(root, 'build', door, 'public/a.txt')).size).toBe(5);
    }
  });
});

/** Reads the names, modes and times from a zip's central directory (APPNOTE 4.3.12). */
function readDirectory(zip: Buffer): { name: string; mode: number; date: number; time: number }[] {
  const entries = [];
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + name),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      date: zip.readUInt16LE(at + 14),
      time: zip.readUInt16LE(at + 12),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

describe('the build', () => {
  it('supports top-level await in ES modules', async () => {
    const root = makeApp({
      'src/settings.ts': "export const settings = await Promise.resolve('read');",
      'src/bootstrap-lambda.ts':
        "import { settings } from './settings.js'; export const handler = async () => ({ statusCode: 200, body: settings });",
    });
    const refused = await runCommand(['build', 'lambda'], root);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('--format esm') });
    writeFile(root, 'twodoors.config.ts', "export default { lambda: { format: 'esm' } };");
    expect(await runCommand(['build', 'lambda'], root)).toMatchObject({ code: 0 });
    expect(invokeAll(zipOf(root), [{}])).toEqual([{ statusCode: 200, body: 'read' }]);
  });

  it('leaves out external packages, and prints their names', async () => {
    const root = makeApp();
    const { output } = await runCommand(['build', 'lambda', '--external', 'in-commonjs'], root);
    expect(output).toMatch(/^ {2}left out +in-commonjs$/m);
    expect(() => invokeAll(zipOf(root), [request('GET', '/package')])).toThrow(/Cannot find module 'in-commonjs'/);
    const [result] = invokeAll(zipOf(root), [request('GET', '/package')], join(root, 'node_modules'));
    expect(result).toMatchObject({ statusCode: 200, body: '["/","1.2.3"]' });
  });

  it('puts packages that cannot be bundled into the zip as they are installed, where it and the local Lambda use them', async () => {
    const cpu = process.arch === 'arm64' ? 'arm64' : 'x64';
    const native = (name: string) => ({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, gypfile: true, dependencies: { beside: '*' } }),
      [`node_modules/${name}/index.js`]:
        "const { readFileSync } = require('node:fs'); const { join } = require('node:path'); module.exports = () => require('beside') + readFileSync(join(__dirname, 'tool.sh'), 'utf8');",
      [`node_modules/${name}/tool.sh`]: '#!/bin/sh',
      [`node_modules/${name}/build/addon.node`]: '',
    });
    const root = makeProject({
      'node_modules/beside/package.json': '{ "name": "beside" }',
      'node_modules/beside/index.js': "module.exports = 'beside ';",
      ...native('native'),
      ...native('@scope/other'),
      'src/bootstrap-lambda.ts': `
import native from 'native';
import other from '@scope/other/index.js';
export const handler = async () => native() + other();
`,
      'twodoors.config.ts': `export default { lambda: { architecture: '${cpu === 'x64' ? 'x86_64' : 'arm64'}', zipPackages: ['native', '@scope/other'] } };`,
      'event.json': '{}',
    });
    for (const name of ['native', '@scope/other']) {
      writeFileSync(join(root, 'node_modules', name, 'build/addon.node'), addon(cpu));
      chmodSync(join(root, 'node_modules', name, 'tool.sh'), 0o755);
    }
    const { code, output } = await runCommand(['build', 'lambda'], root);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/^build\/lambda\/node_modules +\d\.\d KB, 3 packages as installed$/m),
    });
    expect(output).not.toMatch(/left out|Warning/);

    const archive = readFileSync(join(root, 'build/lambda.zip'));
    const alone = mkdtempSync(join(tmpdir(), 'twodoors-alone-'));
    execFileSync('python3', ['-m', 'zipfile', '-e', join(root, 'build/lambda.zip'), alone]);
    expect(Object.keys(unzipSync(archive)).filter((name) => name.startsWith('node_modules/native/'))).toEqual([
      'node_modules/native/build/addon.node',
      'node_modules/native/index.js',
      'node_modules/native/package.json',
      'node_modules/native/tool.sh',
    ]);
    const load = "require('./index.js').handler().then(console.log)";
    const expected = 'beside #!/bin/shbeside #!/bin/sh';
    expect(execFileSync(process.execPath, ['-e', load], { cwd: alone, encoding: 'utf8' }).trim()).toBe(expected);
    rmSync(alone, { recursive: true });
    // The central directory has the modes: two files may be executed.
    expect(archive.toString('latin1').split('\0\0\xed\x81').length - 1).toBe(2);
    await runCommand(['build', 'lambda'], root);
    expect(readFileSync(join(root, 'build/lambda.zip')).equals(archive)).toBe(true);
    expect(await runCommand(['invoke', 'event.json'], root)).toEqual({ code: 0, output: `"${expected}"` });

    writeFile(
      root,
      'twodoors.config.ts',
      `export default { lambda: { architecture: '${cpu === 'x64' ? 'arm64' : 'x86_64'}', zipPackages: ['native'] } };`,
    );
    expect(await runCommand(['build', 'lambda'], root)).toEqual({
      code: 1,
      output: expect.stringMatching(new RegExp(`^native is built for linux-${cpu}, but the function runs on linux-`)),
    });
  });

  it('says how a process ended that loads the bundle, where native code crashes', async () => {
    const root = makeProject({
      'src/bootstrap-lambda.ts': "process.kill(process.pid, 'SIGSEGV'); export const handler = async () => 1;",
    });
    expect((await runCommand(['build', 'lambda'], root)).output).toMatch(
      /^Warning: the bundle does not load on this machine: its process ended with SIGSEGV\. /m,
    );
  });

  it('warns of packages with native code that are in the bundle', async () => {
    const root = makeProject({
      'node_modules/native/package.json': '{ "name": "native", "gypfile": true }',
      'node_modules/native/index.js': 'module.exports = 1;',
      'src/bootstrap-lambda.ts': "import native from 'native'; export const handler = async () => native;",
    });
    expect((await runCommand(['build', 'lambda'], root)).output).toMatch(
      /^Warning: native has native code, .* zipPackages: \['native'\] below "lambda"/m,
    );
  });

  it('does not take the code that the bundler adds for its package, which has native code', async () => {
    const root = makeApp({
      'node_modules/rolldown/package.json': '{ "name": "rolldown", "napi": {} }',
      'node_modules/cjs/package.json': '{ "name": "cjs" }',
      'node_modules/cjs/index.js': 'module.exports = 1;',
      'src/bootstrap-lambda.ts': "import cjs from 'cjs'; export const handler = async () => cjs;",
    });
    const { output } = await runCommand(['build', 'lambda'], root);
    expect(output).toMatch(/^ +rolldown +[\d.]+ KB/m);
    expect(output).not.toContain('Warning');
  });

  it('reads static files from the folder in the config, and fails if it does not exist', async () => {
    const root = makeApp({ 'assets/only.txt': 'here', 'twodoors.config.ts': "export default { public: 'assets' };" });
    await runCommand(['build', 'lambda'], root);
    expect(Object.keys(unzipSync(zipOf(root))).filter((name) => name.startsWith('public/'))).toEqual([
      'public/only.txt',
    ]);
    writeFile(root, 'twodoors.config.ts', "export default { public: 'gone' };");
    expect(await runCommand(['build', 'lambda'], root)).toEqual({
      code: 1,
      output: expect.stringMatching(/^There is no folder gone in .*correct "public"/),
    });
  });

  it('warns of a heavy package, together with the packages that only it imports, and prints why', async () => {
    const filler = (name: string) =>
      `globalThis.${name} = ${JSON.stringify('x'.repeat(60 * 1024))}; exports.${name} = 1;`;
    const root = makeApp({
      'node_modules/heavy/package.json': '{ "name": "heavy" }',
      'node_modules/heavy/index.js': `exports.inner = require('inner').inner;${filler('outer')}`,
      'node_modules/inner/package.json': '{ "name": "inner" }',
      'node_modules/inner/index.js': filler('inner'),
      'src/bootstrap-lambda.ts': "import { inner } from 'heavy'; export const handler = async () => inner;",
    });
    const { output } = await runCommand(['build', 'lambda'], root);
    expect(output).toMatch(
      /^Warning: heavy adds 120\.\d KB to the bundle \((?:heavy|inner) 60\.\d KB, (?:heavy|inner) 60\.\d KB\)\. A package above 100\.0 KB.* 60\.\d KB of it: CommonJS, cannot be tree-shaken\..*--external heavy\.$/m,
    );
    // A package that the app imports too does not count for the other one.
    writeFile(
      root,
      'src/bootstrap-lambda.ts',
      "import { inner } from 'heavy'; import { inner as other } from 'inner'; export const handler = async () => [inner, other];",
    );
    expect((await runCommand(['build', 'lambda'], root)).output).not.toContain('Warning');
  });

  it('prints which packages are there for side effects, and which cannot be tree-shaken because CommonJS requires them', async () => {
    const body = (name: string) => `globalThis.${name} = ${JSON.stringify('x'.repeat(2048))};`;
    const root = makeApp({
      'node_modules/does/package.json': '{ "name": "does", "type": "module", "exports": "./index.js" }',
      'node_modules/does/index.js': `${body('does')} export const unused = 1;`,
      'node_modules/shaken/package.json': '{ "name": "shaken", "sideEffects": false, "exports": "./index.mjs" }',
      'node_modules/shaken/index.mjs': `export const used = 1; export const other = ${JSON.stringify('y'.repeat(2048))};`,
      'node_modules/requires/package.json': '{ "name": "requires" }',
      'node_modules/requires/index.js': "exports.all = require('shaken');",
      'src/bootstrap-lambda.ts':
        "import { all } from 'requires'; import 'does'; export const handler = async (name: string) => all[name];",
    });
    const { output } = await runCommand(['build', 'lambda'], root);
    expect(output).toMatch(/^ {2}does +2\.\d KB {2}unused, kept for its side effects$/m);
    expect(output).toMatch(/^ {2}shaken +2\.\d KB {2}ES modules that CommonJS requires, cannot be tree-shaken$/m);
    writeFile(
      root,
      'src/bootstrap-lambda.ts',
      "import { used } from 'shaken'; export const handler = async () => used;",
    );
    expect((await runCommand(['build', 'lambda'], root)).output).not.toMatch(/tree-shaken|2\.\d KB {2}/);
  });

  it('lists all modules with --verbose, and the importers of those that cannot be tree-shaken', async () => {
    const { output } = await runCommand(['build', 'lambda', '--verbose'], makeApp());
    expect(output).toMatch(/^ {4}src\/controllers\/home\.controller\.ts +[\d.]+ KB$/m);
    expect(output).toMatch(/CommonJS, cannot be tree-shaken; imported by src\/controllers\/home\.controller\.ts$/m);
  });
});
