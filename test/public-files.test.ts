/** What a client can read: the code of docs/deploy.md that serves files, and the files that a build takes. */

import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { toRawRequest } from 'twodoors/testing';
import { readBlocks } from './doc-blocks.js';
import { askDoors } from './doc-doors.js';
import { BOOTSTRAPS, bundle, makeProject, REPOSITORY, removeProjects, writeFile } from './projects.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(120_000);
afterAll(removeProjects);

describe('the code of docs/deploy.md that serves public files', () => {
  const PAGE = readFileSync(join(REPOSITORY, 'docs/deploy.md'), 'utf8');
  const CODE = readBlocks(PAGE).find(({ code }) => code.startsWith('// src/public-file.controller.ts'))!.code;
  /** Each leads to `.env`, to the built code, or to a file of the system where nothing checks the name. */
  const ESCAPES = [
    '/files/../../../.env',
    '/files/%2e%2e/%2e%2e/%2e%2e/.env',
    '/files/..%2f..%2f..%2f.env',
    '/files/%2E%2E%2F%2E%2E%2F%2E%2E%2F.env',
    '/files/a/..%2f..%2f..%2f..%2f.env',
    '/files/..%2findex.js',
    '/files/../index.js',
    '/files/..%2fpublic-secret%2fkey.txt',
    '/files//etc/passwd',
    '/files/%2fetc%2fpasswd',
    '/files/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/files/%5c..%5c..%5c..%5c.env',
    '/files/a.txt%00.png',
    '/files/..%2f..%2f..%2f.env%00',
    '/files/%252e%252e%252f.env',
    '/files/.',
    '/files/..',
    '/files/deep',
    '/files/none.txt',
  ];

  test('serves what is in the folder, and nothing else in any spelling', async () => {
    const root = makeProject({
      ...BOOTSTRAPS,
      '.env': 'KEY=secret',
      'build/koa/public-secret/key.txt': 'secret',
      'build/lambda/public-secret/key.txt': 'secret',
      'src/public/a.txt': 'public',
      'src/public/deep/b c.txt': 'deep',
      'src/public-file.controller.ts': CODE,
      'src/app.ts':
        "import { defineApp } from 'twodoors'; import { PublicFileController } from './public-file.controller.js'; export const app = defineApp({ controllers: [PublicFileController] });",
    });
    const served = ['/files/a.txt', '/files/deep/b%20c.txt', '/files/deep/../a.txt'];
    const targets = [...served, ...ESCAPES];
    const [doors] = await askDoors([{ root, requests: targets.map((target) => toRawRequest(target)) }]);
    if (doors === undefined || 'error' in doors) throw new Error(String(doors?.error));
    const replies = Object.values(doors);
    expect(replies).toHaveLength(6);
    for (const responses of replies) {
      const got = responses.map(({ status, text }, i) => [targets[i], status, status === 200 ? text() : '']);
      expect(got.slice(0, 3)).toEqual([
        [served[0], 200, 'public'],
        [served[1], 200, 'deep'],
        [served[2], 200, 'public'],
      ]);
      expect(got.slice(3).filter(([, status]) => status !== 404 && status !== 400)).toEqual([]);
      expect(responses.filter(({ text }) => /secret|root:|exports/.test(text()))).toEqual([]);
    }
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

  test('a folder that is itself a link, as the project has chosen it', async () => {
    const root = project();
    symlinkSync('../shared-public', join(root, 'src/shared'));
    writeFile(root, 'shared-public/c.txt', 'c');
    writeFile(root, 'twodoors.config.ts', '');
    const { readPublicFiles } = await import('../src/cli/project/public-files.js');
    const { openProject } = await import('../src/cli/project/project.js');
    expect([...readPublicFiles({ ...openProject(root), public: 'src/shared' }).files.keys()]).toEqual(['public/c.txt']);
  });
});
