import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../projects.js';

const FOLDER = join(REPOSITORY, 'docs/reference');

const check = () =>
  spawnSync(process.execPath, [join(REPOSITORY, 'test/reference/make-reference.js'), '--check'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });

test('the reference is current: every public name has a docstring, and its page has it', () => {
  const { status, stderr } = check();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('a page that is not current is named', () => {
  const kept = mkdtempSync(join(tmpdir(), 'twodoors-reference-'));
  const page = join(FOLDER, 'twodoors-koa.md');
  cpSync(page, join(kept, 'page.md'));
  try {
    cpSync(join(REPOSITORY, 'README.md'), page);
    expect(check()).toMatchObject({
      status: 1,
      stderr: 'Not current in docs/reference: twodoors-koa.md. Run npm run reference.\n',
    });
  } finally {
    cpSync(join(kept, 'page.md'), page);
    rmSync(kept, { recursive: true });
  }
});

test('links between the pages lead somewhere', () => {
  for (const file of readdirSync(FOLDER)) {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const headings = new Set([...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name!.toLowerCase()));
    for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g))
      expect([file, anchor, headings.has(anchor!)]).toEqual([file, anchor, true]);
    for (const [, target] of text.matchAll(/\]\(([\w-]+\.md)\)/g)) expect(readdirSync(FOLDER)).toContain(target);
  }
});
