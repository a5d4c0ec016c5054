/** Public files of built apps: the same at every door, nothing else in any spelling; and which files a build takes. */

import { readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { doorNames, type TestResponse, toRawRequest } from 'twodoors/testing';
import { openProject } from '../src/cli/project/project.js';
import { readPublicFiles } from '../src/cli/project/public-files.js';
import { askDoors } from './doc-doors.js';
import { digitsOf, tagOf } from './files/public-folder.js';
import { SPELLINGS } from './files/spellings.js';
import { BOOTSTRAPS, bundle, makeProject, removeProjects, writeFile } from './projects.js';
import { runCommand } from './run-command.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterAll(removeProjects);

const APP = `
import { assetUrl, Controller, defineApp, Get, type HttpRequest, Req, sendFile } from 'twodoors';
@Controller()
class Pages {
  @Get('/') page(@Req() request: HttpRequest) { return assetUrl(request, 'app.css'); }
  @Get('/sent') sent(@Req() request: HttpRequest) { return sendFile(request, 'deep/b c.txt', { root: './src/public' }); }
  @Get('/:id') any() { return 'any'; }
}
export const app = defineApp({
  controllers: [Pages],
  public: [{ root: 'src/public' }, { root: './vendor/', prefix: '/vendor', maxAge: 60 }],
});`;

/** Runs `twodoors build`, and gives what it printed. */
const build = async (root: string, ...args: string[]) => (await runCommand(['build', ...args], root)).output;

describe('the public files of a built app', () => {
  const root = makeProject({
    ...BOOTSTRAPS,
    'src/app.ts': APP,
    '.env': 'KEY=secret',
    'build/koa/public-secret/key.txt': 'secret',
    'src/public/app.css': 'body {}',
    'src/public/a.txt': 'public',
    'src/public/deep/b c.txt': 'deep',
    'src/public/.env': 'KEY=secret',
    'src/public/.git/config': 'secret',
    'src/public/deep/.htpasswd': 'secret',
    'src/public/.well-known/.env': 'secret',
    'vendor/lib.js': 'lib',
    'twodoors.config.ts': '',
  });
  symlinkSync('../../.env', join(root, 'src/public/env-link.txt'));

  const fingerprinted = `/app.${digitsOf('body {}')}.css`;
  const served = ['/a.txt', '/deep/b%20c.txt', '/app.css', fingerprinted, '/', '/sent', '/vendor/lib.js', '/none.txt'];
  const targets = [...served, ...SPELLINGS];
  let replies: [door: string, responses: readonly TestResponse[]][];
  beforeAll(async () => {
    const [doors] = await askDoors([{ root, requests: targets.map((target) => toRawRequest(target)) }]);
    if (doors === undefined || 'error' in doors) throw new Error(String(doors?.error));
    replies = Object.entries(doors as Record<string, readonly TestResponse[]>);
    expect(replies.map(([door]) => door)).toEqual(doorNames);
  });

  test('are the same at every door, times and tags included', () => {
    const seen = (response: TestResponse) => [
      response.status,
      response.text(),
      ...['content-type', 'etag', 'last-modified', 'cache-control'].map((name) => response.headers[name]),
    ];
    const [, koa] = replies[0]!;
    const LAST = expect.stringMatching(/^\w{3}, \d\d \w{3} 20[01]\d /);
    expect(koa.slice(0, served.length).map(seen)).toEqual([
      [200, 'public', 'text/plain; charset=utf-8', tagOf('public'), LAST, 'no-cache'],
      [200, 'deep', 'text/plain; charset=utf-8', tagOf('deep'), LAST, 'no-cache'],
      [200, 'body {}', 'text/css; charset=utf-8', tagOf('body {}'), LAST, 'no-cache'],
      [200, 'body {}', 'text/css; charset=utf-8', tagOf('body {}'), LAST, 'public, max-age=31536000, immutable'],
      [200, fingerprinted, 'text/plain; charset=utf-8', undefined, undefined, undefined],
      [200, 'deep', 'text/plain; charset=utf-8', tagOf('deep'), LAST, 'no-cache'],
      [200, 'lib', 'text/javascript; charset=utf-8', tagOf('lib'), expect.any(String), 'public, max-age=60'],
      [200, 'any', 'text/plain; charset=utf-8', undefined, undefined, undefined],
    ]);
    for (const [door, responses] of replies) {
      expect([door, responses.slice(0, served.length).map(seen)]).toEqual([
        door,
        koa.slice(0, served.length).map(seen),
      ]);
    }
  });

  test('are all that a client can read, in any spelling', () => {
    for (const [door, responses] of replies) {
      const sent = responses
        .map(({ status, text }, i) => [door, targets[i], status, text()] as const)
        .slice(served.length)
        .filter(([, , status, text]) => (status === 200 && text !== 'any') || /secret|root:|exports/.test(text));
      expect(sent).toEqual([]);
    }
  });
});

describe('a build', () => {
  const project = (more: Record<string, string> = {}) =>
    makeProject({
      ...BOOTSTRAPS,
      'src/app.ts':
        "import { Controller, defineApp, Get } from 'twodoors'; @Controller() class Home { @Get('/') home() { return 'home'; } } export const app = defineApp({ controllers: [Home], public: [{ root: 'src/public' }, { root: 'vendor', prefix: '/v' }] });",
      'src/public/a.css': 'a',
      'vendor/b.js': 'b',
      ...more,
    });

  test('writes public files out for S3, by their names and by their fingerprints, without siblings', async () => {
    const root = project({ 'src/public/a.css.gz': 'packed', 'src/public/b.gz': 'a file of its own' });
    writeFile(root, 'out/old.0123456789.css', 'old');
    expect(await build(root, 'lambda', '--assets', 'out')).toContain(
      'out: 6 files, each public file by its name and by its fingerprint',
    );
    const names = readdirSync(join(root, 'out'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, 'out').length + 1));
    expect(names.sort()).toEqual(
      [
        'a.css',
        `a.${digitsOf('a')}.css`,
        'b.gz',
        `b.${digitsOf('a file of its own')}.gz`,
        'old.0123456789.css',
        'v/b.js',
        `v/b.${digitsOf('b')}.js`,
      ].sort(),
    );
    expect(readFileSync(join(root, 'out/v/b.js'), 'utf8')).toBe('b');
  });

  test('refuses to write them where there is nothing to write, or over the project', async () => {
    const without = makeProject({
      ...BOOTSTRAPS,
      'src/app.ts':
        "import { Controller, defineApp, Get } from 'twodoors'; @Controller() class Home { @Get('/') home() { return 'home'; } } export const app = defineApp({ controllers: [Home] });",
    });
    expect(await build(without, 'lambda', '--assets', 'out')).toContain('--assets found no public folder');
    expect(await build(project(), 'lambda', '--assets', '.')).toContain('--assets needs a folder of its own');
    expect(await build(project(), 'koa', '--assets', 'out')).toContain('--assets needs the Lambda build');
  });

  test('warns of files that the gateway does not take', async () => {
    const root = project({ 'src/public/large.txt': 'x'.repeat(5_000_000), 'vendor/large.bin': 'x'.repeat(5_000_000) });
    const output = await build(root, 'lambda');
    expect(output).toContain('vendor/large.bin has 4.8 MB, which a Function URL does not take');
    expect(output).not.toContain('large.txt has');
    expect(await build(root, 'lambda', '--gateway', 'alb')).toContain(
      'src/public/large.txt has 4.8 MB, which a load balancer',
    );
  });

  test('ends where a public folder does not exist', async () => {
    const root = project();
    writeFile(root, 'src/app.ts', readFileSync(join(root, 'src/app.ts'), 'utf8').replace("'vendor'", "'vendors'"));
    expect(await build(root, 'lambda')).toContain('defineApp, public[1]: there is no folder "vendors"');
  });

  test('is the same whenever the files were written', async () => {
    const one = project();
    const two = project();
    utimesSync(join(two, 'src/public/a.css'), 1e9, 1e9);
    await Promise.all([one, two].map((root) => build(root, 'lambda')));
    const [first, second] = [one, two].map((root) => readFileSync(join(root, 'build/lambda.zip')));
    expect(first!.equals(second!)).toBe(true);
  });

  test('a bundle without public folders has nothing of them in it', async () => {
    const app =
      "import { Controller, defineApp, Get } from 'twodoors'; @Controller() class Home { @Get('/') home() { return 'home'; } } export const app = defineApp({ controllers: [Home] });";
    const { files } = await bundle(makeProject({ ...BOOTSTRAPS, 'src/app.ts': app }), 'lambda');
    expect(files.get('index.js')!.toString()).not.toMatch(/if-none-match|accept-ranges|image\/svg/);
  });
});

describe('a build takes from src/public', () => {
  const takenBy = async (root: string, door: 'lambda' | 'server') => {
    const { files, warnings } = await bundle(root, door);
    return { names: [...files.keys()].filter((name) => name.startsWith('public/')), warnings };
  };
  const project = () =>
    makeProject({
      ...BOOTSTRAPS,
      'src/app.ts': "import { defineApp } from 'twodoors'; export const app = defineApp({ controllers: [] });",
      '.env': 'KEY=secret',
      'outside/secret.txt': 'secret',
      'src/public/a.txt': 'a',
      'src/public/deep/b.txt': 'b',
      'src/public/.well-known/security.txt': 'Contact: …',
    });

  test.each(['lambda', 'server'] as const)('no dotfiles except .well-known (%s)', async (door) => {
    const root = project();
    for (const name of ['.env', '.git/config', 'deep/.htpasswd', '.DS_Store', '.well-known/.env', '.well-knowns/x']) {
      writeFile(root, `src/public/${name}`, 'secret');
    }
    expect(await takenBy(root, door)).toEqual({
      names: ['public/.well-known/security.txt', 'public/a.txt', 'public/deep/b.txt'],
      warnings: [],
    });
  });

  test.each(['lambda', 'server'] as const)('no links that leave it, and warns of each (%s)', async (door) => {
    const root = project();
    writeFile(root, 'src/public/.hidden/c.txt', 'secret');
    const links: [name: string, target: string][] = [
      ['env.txt', '../../.env'],
      ['outside', '../../outside'],
      ['passwd', '/etc/passwd'],
      ['hidden', '.hidden'],
      ['broken', 'nowhere'],
      ['deep/loop', '..'],
      ['deep/up', '../../../outside/secret.txt'],
      ['inside.txt', 'a.txt'],
      ['folder', 'deep'],
    ];
    for (const [name, target] of links) symlinkSync(target, join(root, 'src/public', name));
    const { names, warnings } = await takenBy(root, door);
    expect(names).toEqual([
      'public/.well-known/security.txt',
      'public/a.txt',
      'public/deep/b.txt',
      'public/folder/b.txt',
      'public/inside.txt',
    ]);
    const warned = warnings.map((warning) => /^src\/public\/(\S+) was left out: it is a link/.exec(warning)?.[1]);
    expect(warned.sort()).toEqual(
      ['broken', 'deep/loop', 'deep/up', 'env.txt', 'folder/loop', 'folder/up', 'hidden', 'outside', 'passwd'].sort(),
    );
  });

  test('a folder that is itself a link, as the project has chosen it', () => {
    const root = project();
    symlinkSync('../shared-public', join(root, 'src/shared'));
    writeFile(root, 'shared-public/c.txt', 'c');
    writeFile(root, 'twodoors.config.ts', '');
    expect([...readPublicFiles({ ...openProject(root), public: ['src/shared'] }).files.keys()]).toEqual([
      'public/c.txt',
    ]);
  });
});
