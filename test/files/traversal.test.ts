/** What is outside of a folder, or in it and not public, in every spelling that may lead there. */

import { join } from 'node:path';
import { Controller, defineApp, Get, type HttpRequest, Param, Req, sendFile } from 'twodoors';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { makeFolder } from './public-folder.js';
import { SPELLINGS } from './spellings.js';

const outside = makeFolder({
  '.env': 'KEY=secret',
  'index.js': 'secret exports',
  'public-secret/key.txt': 'secret',
  'public/a.txt': 'public',
  'public/deep/b.txt': 'public too',
  'public/.env': 'KEY=secret',
  'public/.git/config': 'secret',
  'public/deep/.htpasswd': 'secret',
  'public/.well-known/.env': 'secret',
});
outside.link('public/env-link.txt', '../.env');
outside.link('public/outside-link', '..');
outside.link('public/passwd-link', '/etc/passwd');
outside.link('public/hidden-link.txt', '.env');
outside.link('public/broken-link', 'nowhere');
outside.link('public/loop', 'loop');
outside.link('public/inside-link.txt', 'deep/b.txt');
outside.link('public/folder-link', 'deep');
afterAll(() => outside.remove());

const root = join(outside.root, 'public');

@Controller()
class Files {
  @Get('/sent/*name') sent(@Req() request: HttpRequest, @Param('name') name: string) {
    return sendFile(request, name, { root });
  }
}

const app = defineApp({ controllers: [Files], public: [{ root }, { root, prefix: '/static' }] });

describe.each(doorNames)('%s', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());

  test.each(['', '/static', '/sent'])('nothing leaves the folder below "%s"', async (prefix) => {
    const sent: [string, number, string][] = [];
    for (const spelling of SPELLINGS) {
      const { status, text } = await door.request(prefix + spelling);
      if ((status !== 404 && status !== 400) || /secret|root:/.test(text())) sent.push([spelling, status, text()]);
    }
    expect(sent).toEqual([]);
  });

  test.each(['', '/static', '/sent'])('what is in the folder is sent below "%s", by links as well', async (prefix) => {
    const targets = ['/a.txt', '/deep/b.txt', '/inside-link.txt', '/folder-link/b.txt'];
    const texts = await Promise.all(targets.map(async (target) => (await door.request(prefix + target)).text()));
    expect(texts).toEqual(['public', 'public too', 'public too', 'public too']);
  });
});

test('there are more than 30 spellings, and no two are the same', () => {
  expect(new Set(SPELLINGS).size).toBe(SPELLINGS.length);
  expect(SPELLINGS.length).toBeGreaterThan(30);
});
