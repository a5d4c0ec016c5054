/** Files that a build has copied: what the build knows counts, and not what lies on the disk. */

import { join } from 'node:path';
import { assetUrl, Controller, defineApp, Get, type HttpRequest, Req, sendFile } from 'twodoors';
import { type Doors, doorNames, openDoors } from 'twodoors/testing';
import type { BuiltFiles } from '../../src/runtime/files/built-files.js';
import { sharedByCopies } from '../../src/runtime/identity/copies.js';
import { digitsOf, makeFolder, tagOf } from './public-folder.js';

const CSS = 'body {}';
const folder = makeFolder({ 'public/app.css': CSS, 'public/deep/a b.txt': 'deep', 'public/later.txt': 'later' });
const shared = sharedByCopies<{ current?: BuiltFiles }>('built-files', {});

@Controller()
class Files {
  @Get('/sent') sent(@Req() request: HttpRequest) {
    return sendFile(request, 'app.css', { root: './made-by-a-build/' });
  }
}

let doors: Doors;
beforeAll(async () => {
  const built = (content: string) => [tagOf(content).slice(1, -1), content.length] as const;
  const files = { 'app.css': built(CSS), 'deep/a b.txt': built('deep') };
  shared.current = { base: folder.root, roots: { 'made-by-a-build': { folder: 'public', files } } };
  doors = await openDoors(app);
});
afterAll(async () => {
  await doors.close();
  delete shared.current;
  folder.remove();
});

const app = defineApp({ controllers: [Files], public: 'made-by-a-build' });

describe.each(doorNames)('%s', (name) => {
  const ask = (target: string, headers: Record<string, string> = {}) =>
    doors.find((door) => door.name === name)!.request(target, { headers });

  test('sends the files of the build', async () => {
    expect((await ask('/app.css')).text()).toBe(CSS);
    expect((await ask('/deep/a%20b.txt')).text()).toBe('deep');
    expect((await ask('/sent')).text()).toBe(CSS);
    expect((await ask('/app.css')).headers).toMatchObject({ etag: tagOf(CSS), 'cache-control': 'no-cache' });
    expect((await ask(`/app.${digitsOf(CSS)}.css`)).headers['cache-control']).toMatch(/immutable/);
  });

  test('and no others', async () => {
    const targets = ['/later.txt', '/constructor', '/__proto__', '/deep', '/APP.css', '/../public/app.css'];
    for (const target of targets) expect([target, (await ask(target)).status]).toEqual([target, 404]);
  });

  test('a time is made of the content: exactly this one is a 304', async () => {
    const { headers } = await ask('/app.css');
    const time = headers['last-modified']!;
    const [one, other] = [time, (await ask('/deep/a%20b.txt')).headers['last-modified']!];
    expect(one).not.toBe(other);
    expect(Date.parse(time)).toBeGreaterThan(Date.UTC(2000, 0, 1) - 1);
    expect(Date.parse(time)).toBeLessThan(Date.UTC(2020, 0, 1));
    const later = new Date(Date.parse(time) + 1000).toUTCString();
    const earlier = new Date(Date.parse(time) - 1000).toUTCString();
    const statusOf = async (condition: Record<string, string>) => (await ask('/app.css', condition)).status;
    expect(await statusOf({ 'if-modified-since': time })).toBe(304);
    expect(await statusOf({ 'if-modified-since': later })).toBe(200);
    expect(await statusOf({ 'if-modified-since': earlier })).toBe(200);
    expect(await statusOf({ 'if-modified-since': later, 'if-none-match': headers['etag']! })).toBe(304);
    expect(await statusOf({ 'if-unmodified-since': time })).toBe(200);
    expect(await statusOf({ 'if-unmodified-since': later })).toBe(412);
    expect(await statusOf({ 'if-unmodified-since': earlier })).toBe(412);
    expect(await statusOf({ 'if-unmodified-since': 'nonsense' })).toBe(200);
    expect(await statusOf({ 'if-range': time, range: 'bytes=0-0' })).toBe(206);
    expect(await statusOf({ 'if-range': later, range: 'bytes=0-0' })).toBe(200);
  });
});

test('URLs have the fingerprints of the build', () => {
  expect(assetUrl(app, 'app.css')).toBe(`/app.${digitsOf(CSS)}.css`);
  expect(() => assetUrl(app, 'later.txt')).toThrow('no public folder has such a file');
});

test('in development the folder of the project counts, if it is there', async () => {
  const project = makeFolder({ 'app.css': 'changed' });
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'development';
  const roots = { ...shared.current!.roots, [project.root]: shared.current!.roots['made-by-a-build']! };
  shared.current = { base: folder.root, roots };
  try {
    const live = defineApp({ controllers: [Files], public: join(project.root, '.') });
    const bundled = defineApp({ controllers: [Files], public: 'made-by-a-build' });
    expect(assetUrl(live, 'app.css')).toBe(`/app.${digitsOf('changed')}.css`);
    expect(assetUrl(bundled, 'app.css')).toBe(`/app.${digitsOf(CSS)}.css`);
  } finally {
    process.env['NODE_ENV'] = before;
    project.remove();
  }
});
