/** What `twodoors dev` and the commands beside it take from the environment, and what they say of requests. */

import { execFileSync } from 'node:child_process';
import { chmodSync, createReadStream, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { jest } from '@jest/globals';
import { Command, endCommands } from './command.js';
import { makeProject, REPOSITORY, removeProjects, writeFile } from './projects.js';
import { runCommand } from './run-command.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterEach(endCommands);
afterAll(removeProjects);

const project = (more: Record<string, string> = {}) =>
  makeProject({
    'src/bootstrap-koa.ts':
      "import { serve } from 'twodoors/koa'; import { app } from './app.js'; await serve(app, { port: Number(process.env.PORT) });",
    'src/bootstrap-lambda.ts':
      "import { createHandler } from 'twodoors/lambda'; import { app } from './app.js'; export const handler = createHandler(app);",
    'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
@Controller()
class Home { @Get('/') home() { return 'hello'; } }
export const app = defineApp({ controllers: [Home] });
`,
    ...more,
  });

/** The addresses of this machine in its networks. */
const OUTSIDE = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .filter(({ internal, family }) => !internal && family === 'IPv4')
  .map(({ address }) => address);

/** Which of the addresses take a connection on a port. */
async function reachable(port: string): Promise<string[]> {
  const tried = OUTSIDE.map(async (address) => {
    const response = await fetch(`http://${address}:${port}`).catch(() => undefined);
    return response?.status === 200 ? [address] : [];
  });
  return (await Promise.all(tried)).flat();
}

describe.each(['koa', 'lambda'])('dev --door %s', (door) => {
  const dev = (args: readonly string[] = [], env: Record<string, string> = {}) =>
    new Command(['dev', '--door', door, ...args], project(), { PORT: '0', ...env });

  test('listens on 127.0.0.1 only, whatever HOST is in the shell', async () => {
    const { hostname, port, origin } = new URL(await dev([], { HOST: '0.0.0.0' }).address());
    expect(hostname).toBe('127.0.0.1');
    expect((await fetch(origin)).status).toBe(200);
    expect(await reachable(port)).toEqual([]);
  });

  test('listens where --host says', async () => {
    const { hostname, port } = new URL(await dev(['--host', '0.0.0.0']).address());
    expect(hostname).toBe('localhost');
    expect(await reachable(port)).toEqual(OUTSIDE);
  });

  test('names an address that this machine does not have', async () => {
    // TEST-NET-1 (RFC 5737) belongs to no machine.
    const command = dev(['--host', '192.0.2.1']);
    expect(await command.line(/192\.0\.2\.1 does not belong to this machine/)).toMatch(/or correct/);
  });

  test('prints one line for each request', async () => {
    const command = dev();
    const address = await command.address();
    await fetch(`${address}/?a=1`);
    await fetch(`${address}/none`, { method: 'POST', body: 'x' });
    const name = door === 'koa' ? 'koa' : 'url';
    expect(await command.line(new RegExp(`^${name} `))).toMatch(/^\w+ {2}GET {2}\/\?a=1 {2}200 {2}[\d.]+ ms/);
    expect(await command.line(new RegExp(`^${name} `))).toMatch(/^\w+ {2}POST {2}\/none {2}404 {2}[\d.]+ ms/);
  });
});

describe.each(['koa', 'lambda'])('public files in dev --door %s', (door) => {
  test('new and changed ones are there, without another start', async () => {
    const root = project({
      'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
@Controller()
class Home { @Get('/started') started() { return started; } }
const started = String(process.hrtime.bigint());
export const app = defineApp({ controllers: [Home], public: [{ root: 'src/public' }, { root: 'vendor', prefix: '/v' }] });
`,
      'src/public/a.txt': 'first',
      'vendor/b.txt': 'vendor',
    });
    const address = await new Command(['dev', '--door', door], root, { PORT: '0' }).address();
    const textOf = async (path: string) => {
      const response = await fetch(address + path);
      return response.status === 200 ? response.text() : response.status;
    };
    // The Lambda door builds again; the Koa door reads the folder at each request.
    const untilText = async (path: string, text: string) => {
      if (door === 'koa') expect(await textOf(path)).toBe(text);
      else while ((await textOf(path)) !== text);
    };
    const started = await textOf('/started');
    expect([await textOf('/a.txt'), await textOf('/v/b.txt'), await textOf('/new.txt')]).toEqual([
      'first',
      'vendor',
      404,
    ]);
    writeFile(root, 'src/public/a.txt', 'second');
    await untilText('/a.txt', 'second');
    writeFile(root, 'src/public/deep/new.txt', 'new');
    await untilText('/deep/new.txt', 'new');
    writeFile(root, 'vendor/b.txt', 'changed');
    await untilText('/v/b.txt', 'changed');
    if (door === 'koa') expect(await textOf('/started')).toBe(started);
  });
});

/** The files that `build` has made, by name. */
function builtFiles(root: string): Record<string, string> {
  const names = readdirSync(join(root, 'build'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?:koa|lambda)\b/.test(name) && statSync(join(root, 'build', name)).isFile())
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(root, 'build', name), 'latin1')]));
}

test('what build has made stays as it is, whatever runs on this machine', async () => {
  const root = project({
    'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
@Controller() class Home { @Get('/') home() { return 'hello'; } }
export const app = defineApp({ controllers: [Home], public: 'src/public' });
`,
    'src/public/a.txt': 'first',
    'event.json': '{}',
  });
  expect(await runCommand(['build'], root)).toMatchObject({ code: 0 });
  const built = builtFiles(root);
  expect(Object.keys(built)).toEqual(expect.arrayContaining(['koa/index.js', 'lambda.zip', 'lambda/index.js']));

  const command = new Command(['dev', '--door', 'both'], root, { PORT: '0' });
  for (const address of [await command.address(), await command.address()]) {
    // The Koa door copies a changed file beside its code.
    writeFile(root, 'src/public/a.txt', 'second');
    while ((await (await fetch(`${address}/a.txt`)).text()) !== 'second');
  }
  command.process.kill('SIGTERM');
  await command.ended();
  await runCommand(['invoke', 'event.json'], root);
  expect(builtFiles(root)).toEqual(built);
});

describe.each(['koa', 'lambda'])('dev --door %s runs the new code', (door) => {
  const text = (name: string, value: string) => `export const ${name}: string = '${value}';\n`;
  const workspace = () => {
    const root = project({
      'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
import { core } from 'core';
import { plain } from 'plain';
import { beside } from '../lib/beside.js';
@Controller()
class Home { @Get('/') home() { return [core, plain, beside, process.env.FROM_FILE].join(); } }
export const app = defineApp({ controllers: [Home] });
`,
      'lib/beside.ts': text('beside', 'beside'),
      'packages/core/package.json': '{ "name": "core", "type": "module", "exports": "./src/index.ts" }',
      'packages/core/src/index.ts': "export * from './deep/value.js';\n",
      'packages/core/src/deep/value.ts': text('core', 'core'),
      'packages/plain/package.json': '{ "name": "plain", "type": "module", "exports": "./dist/index.js" }',
      'packages/plain/dist/index.js': "export * from './deep/value.js';\n",
      'packages/plain/dist/deep/value.js': "export const plain = 'plain';\n",
      '.env': 'FROM_FILE=file',
    });
    for (const name of ['core', 'plain']) symlinkSync(`../packages/${name}`, join(root, 'node_modules', name));
    return root;
  };

  test('when you save a package of the workspace, a file beside src, or .env', async () => {
    const root = workspace();
    const command = new Command(['dev', '--door', door, '--no-types'], root, { PORT: '0' });
    let address = await command.address();
    const untilText = async (expected: string) => {
      // The Koa server starts again, and takes another port.
      if (door === 'koa') address = await command.address();
      while ((await (await fetch(address)).text()) !== expected);
    };
    expect(await (await fetch(address)).text()).toBe('core,plain,beside,file');
    writeFile(root, 'packages/core/src/deep/value.ts', text('core', 'CORE'));
    await untilText('CORE,plain,beside,file');
    writeFile(root, 'packages/plain/dist/deep/value.js', "export const plain = 'PLAIN';\n");
    await untilText('CORE,PLAIN,beside,file');
    writeFile(root, 'lib/beside.ts', text('beside', 'BESIDE'));
    await untilText('CORE,PLAIN,BESIDE,file');
    writeFile(root, '.env', 'FROM_FILE=FILE');
    await untilText('CORE,PLAIN,BESIDE,FILE');
    // A file that a package needs may be written last.
    writeFile(root, 'packages/core/src/index.ts', "export * from './other.js';\n");
    await command.line(/Waiting for a change/);
    writeFile(root, 'packages/core/src/other.ts', text('core', 'other'));
    await untilText('other,PLAIN,BESIDE,FILE');
  });

  test('when you save a package that could not be compiled at the start', async () => {
    const root = workspace();
    writeFile(root, 'packages/core/src/deep/value.ts', 'let x = ;');
    const command = new Command(['dev', '--door', door, '--no-types'], root, { PORT: '0' });
    await command.line(/Waiting for a change/);
    writeFile(root, 'packages/core/src/deep/value.ts', text('core', 'NEW'));
    const address = await command.address();
    while ((await (await fetch(address)).text()) !== 'NEW,plain,beside,file');
  });
});

test('dev --door lambda runs the new view when you save one outside of src', async () => {
  const root = project({
    'twodoors.config.ts': "export default { views: ['views'] };",
    'src/app.ts': `
import { Controller, defineApp, Get, Render } from 'twodoors';
import { nunjucks } from 'twodoors/views';
@Controller()
class Home { @Get('/') @Render('home.html') home() { return {}; } }
export const app = defineApp({ controllers: [Home], views: nunjucks({ folder: 'views' }) });
`,
    'views/home.html': 'first',
  });
  symlinkSync(join(REPOSITORY, 'node_modules/nunjucks'), join(root, 'node_modules/nunjucks'));
  const address = await new Command(['dev', '--door', 'lambda'], root, { PORT: '0' }).address();
  expect(await (await fetch(address)).text()).toBe('first');
  writeFile(root, 'views/home.html', 'second');
  while ((await (await fetch(address)).text()) !== 'second');
});

test.each(['dev', 'start'])('%s says that the port comes from the environment, where it gets --port', async (name) => {
  expect(await new Command([name, '--port', '5'], project()).ended()).toMatchObject({
    code: 1,
    output: `There is no --port. Set the variable PORT: PORT=5 twodoors ${name}`,
  });
});

test('start listens on HOST', async () => {
  const command = new Command(['start'], project(), { PORT: '0', HOST: '127.0.0.1' });
  const { hostname, port } = new URL(await command.address());
  expect([hostname, await reachable(port)]).toEqual(['127.0.0.1', []]);
});

describe('types beside dev', () => {
  const TSCONFIG =
    '{ "compilerOptions": { "module": "nodenext", "strict": true, "experimentalDecorators": true, "types": [] } }';
  const WRONG = 'export const size: number = "large";\n';
  const typed = () => {
    const root = project({ 'tsconfig.json': TSCONFIG, 'src/size.ts': WRONG });
    symlinkSync(join(REPOSITORY, 'node_modules/typescript'), join(root, 'node_modules/typescript'));
    return root;
  };

  test.each(['koa', 'lambda'])(
    'mistakes are printed at the door %s, which serves the app all the same',
    async (door) => {
      const root = typed();
      const command = new Command(['dev', '--door', door], root, { PORT: '0' });
      // Either may come first.
      const first = /^(?:Listening on |src\/size\.ts)/;
      const [listening, mistake] = [await command.line(first), await command.line(first)].sort();
      expect(mistake).toContain('error TS2322');
      expect((await fetch(listening!.replace('Listening on ', ''))).status).toBe(200);
      writeFile(root, 'src/size.ts', WRONG.replace('"large"', '3'));
      await command.line(/^Types: no mistakes\./);
    },
  );

  test('a syntax error is printed once at every change, without what TypeScript makes of it', async () => {
    const root = typed();
    writeFile(root, 'src/app.ts', 'let x = ;\nclass {{{ a b ] }\nexport const app = 5;');
    // Nothing imports it: only TypeScript reads it, and ends with it.
    writeFile(root, 'src/size.ts', 'let y = ;');
    const command = new Command(['dev', '--door', 'both'], root, { PORT: '0' });
    const shown = async () => {
      const lines: string[] = [];
      do lines.push(await command.line(/app\.ts|size\.ts|Waiting/));
      while (!lines.at(-1)!.includes('size.ts'));
      return lines;
    };
    const expected = [
      expect.stringContaining('src/app.ts:1:9'),
      expect.stringMatching(/^Waiting/),
      expect.stringContaining('src/size.ts'),
    ];
    expect(await shown()).toEqual(expected);
    writeFile(root, 'src/app.ts', 'let x = ;');
    expect(await shown()).toEqual(expected);
  });

  test('--no-types checks none', async () => {
    const root = typed();
    const command = new Command(['dev', '--no-types'], root, { PORT: '0' });
    await command.address();
    command.process.kill('SIGINT');
    expect((await command.ended()).output).not.toContain('Types:');
  });
});

test('--door both serves both doors, and a signal ends both', async () => {
  const command = new Command(['dev', '--door', 'both'], project(), { PORT: '0' });
  for (const address of [await command.address(), await command.address()]) {
    expect(await (await fetch(address)).text()).toBe('hello');
  }
  expect(
    [await command.line(/^(?:koa|url) /), await command.line(/^(?:koa|url) /)].map((line) => line.slice(0, 3)).sort(),
  ).toEqual(['koa', 'url']);
  command.process.kill('SIGTERM');
  expect(await command.ended()).toMatchObject({ code: 0 });
});

test('--door both ends if one of them cannot start', async () => {
  const root = project();
  rmSync(join(root, 'src/bootstrap-lambda.ts'));
  const command = new Command(['dev', '--door', 'both'], root, { PORT: '0' });
  expect(await command.ended()).toMatchObject({
    code: 1,
    output: expect.stringContaining('There is no src/bootstrap-lambda.ts'),
  });
});

test.each(['koa', 'lambda'])('--open opens the door %s in the browser', async (door) => {
  const root = project();
  // Whoever reads the pipe waits for who writes to it.
  execFileSync('mkfifo', [join(root, 'opened')]);
  writeFile(root, 'browser.sh', '#!/bin/sh\necho "$1" > "$(dirname "$0")/opened"\n');
  chmodSync(join(root, 'browser.sh'), 0o755);
  const command = new Command(['dev', '--door', door, '--open'], root, {
    PORT: '0',
    BROWSER: join(root, 'browser.sh'),
  });
  const address = await command.address();
  expect(await text(createReadStream(join(root, 'opened')))).toBe(`${address}\n`);
});
