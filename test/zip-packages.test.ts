import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { placePackages } from '../src/cli/bundle/packages/package-tree.js';
import { addonPlatform, type Platform } from '../src/cli/bundle/packages/platform.js';
import { readZipPackages } from '../src/cli/bundle/packages/zip-packages.js';
import { addon } from './zip-packages-addon.js';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

const ARM: Platform = { cpu: 'arm64' };
const X64: Platform = { cpu: 'x64' };

/** Makes a project with files below node_modules; a text that begins with `->` is a link. */
function install(files: Record<string, string | Uint8Array | object>): string {
  const root = mkdtempSync(join(tmpdir(), 'twodoors-zip-'));
  made.push(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === 'string' && content.startsWith('->')) symlinkSync(content.slice(2), path);
    else
      writeFileSync(
        path,
        typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
      );
  }
  return root;
}

const needs = (...names: string[]) => ({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });
const placesIn = (root: string, ...names: string[]) =>
  placePackages(root, names, [X64]).map(({ place }) => place.replaceAll('node_modules/', '/').slice(1));

describe('packages in the zip lie where Node.js finds the same copies', () => {
  test.each<[rule: string, files: Record<string, string | object>, places: string[]]>([
    [
      'what a package needs',
      { 'a/package.json': needs('b'), 'b/package.json': needs('@s/c'), '@s/c/package.json': {} },
      ['@s/c', 'a', 'b'],
    ],
    ['packages that need each other', { 'a/package.json': needs('b'), 'b/package.json': needs('a') }, ['a', 'b']],
    [
      'another version than others have, in the package that needs it',
      {
        'a/package.json': needs('b', 'c'),
        'b/package.json': needs('c'),
        'b/node_modules/c/package.json': needs('d'),
        'c/package.json': {},
        'd/package.json': {},
      },
      ['a', 'b', 'b//c', 'c', 'd'],
    ],
    [
      'a version that hides the one that is needed, by a copy',
      {
        'a/package.json': needs('b', 'x'),
        'a/node_modules/b/package.json': needs('x'),
        'a/node_modules/x/package.json': {},
        'a/node_modules/b/node_modules/x/package.json': {},
      },
      ['a', 'b', 'b//x', 'x'],
    ],
    [
      'through the links of pnpm',
      {
        a: '->.pnpm/a@1/node_modules/a',
        '.pnpm/a@1/node_modules/a/package.json': needs('b'),
        '.pnpm/a@1/node_modules/b': '->../../b@2/node_modules/b',
        '.pnpm/b@2/node_modules/b/package.json': {},
      },
      ['a', 'b'],
    ],
    [
      'optional packages that are installed and for Linux on this processor',
      {
        'a/package.json': {
          optionalDependencies: {
            '@a/linux-x64': '1',
            '@a/linux-arm64': '1',
            '@a/darwin-x64': '1',
            '@a/musl': '1',
            gone: '1',
          },
        },
        '@a/linux-x64/package.json': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
        '@a/linux-arm64/package.json': { os: ['linux'], cpu: ['arm64'] },
        '@a/darwin-x64/package.json': { os: ['darwin'], cpu: ['x64'] },
        '@a/musl/package.json': { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
      },
      ['@a/linux-x64', 'a'],
    ],
    [
      'peers that are installed, but no optional ones',
      {
        'a/package.json': {
          peerDependencies: { p: '*', q: '*', r: '*' },
          peerDependenciesMeta: { q: { optional: true } },
        },
        'p/package.json': {},
        'q/package.json': {},
      },
      ['a', 'p'],
    ],
  ])('%s', (_rule, files, places) => {
    expect(placesIn(install(files), 'a')).toEqual(places);
  });

  test('all that is not installed is a mistake, with who needs it', () => {
    const root = install({ 'a/package.json': needs('b', 'c') });
    expect(() => placesIn(root, 'a', 'z')).toThrow(
      /^z is not installed, but "lambda\.zipPackages" names it\.\nb is not installed, but a needs it\.\nc is .*\nInstall what is missing/,
    );
  });

  test('all files of a package are there, in an order that does not change, with links followed', () => {
    const root = install({
      'a/package.json': {},
      'a/lib/z.js': 'z',
      'a/lib/b.txt': 'b',
      'a/link.js': '->lib/z.js',
      'a/node_modules/.bin/x': 'x',
      'a/broken': '->nowhere',
    });
    const { files } = readZipPackages(root, ['a'], [X64]);
    expect([...files].map(([name, content]) => [name, Buffer.from(content).toString()])).toEqual([
      ['node_modules/a/lib/b.txt', 'b'],
      ['node_modules/a/lib/z.js', 'z'],
      ['node_modules/a/link.js', 'z'],
      ['node_modules/a/package.json', '{}'],
    ]);
  });
});

describe('a native package', () => {
  const variants = {
    optionalDependencies: {
      '@n/n-linux-x64': '1',
      '@n/n-linux-arm64': '1',
      '@n/n-linuxmusl-x64': '1',
      '@n/n-darwin-arm64': '1',
    },
  };
  const rows: [
    rule: string,
    files: Record<string, object | Uint8Array>,
    platform: Platform,
    mistake: RegExp | undefined,
  ][] = [
    [
      'installed for the platform',
      { 'n/package.json': variants, '@n/n-linux-x64/package.json': { os: ['linux'], cpu: ['x64'] } },
      X64,
      undefined,
    ],
    [
      'installed for another processor',
      { 'n/package.json': variants, '@n/n-linux-x64/package.json': { os: ['linux'], cpu: ['x64'] } },
      ARM,
      /^n is not installed for linux-arm64, .*@n\/n-linux-arm64 is missing\. Run npm install --os=linux --cpu=arm64 --libc=glibc n,/,
    ],
    [
      'installed for another system',
      { 'n/package.json': variants, '@n/n-darwin-arm64/package.json': { os: ['darwin'], cpu: ['arm64'] } },
      ARM,
      /^n is not installed for linux-arm64/,
    ],
    ['built for the platform', { 'n/package.json': {}, 'n/build/Release/n.node': addon('x64') }, X64, undefined],
    [
      'built for another processor',
      { 'n/package.json': {}, 'n/build/Release/n.node': addon('x64') },
      ARM,
      /^n is built for linux-x64, but the function runs on linux-arm64\. .*npm_config_platform=linux npm_config_arch=arm64 npm rebuild n\.$/,
    ],
    [
      'built for macOS',
      { 'n/package.json': {}, 'n/build/Release/n.node': Buffer.from('cffaedfe07000001', 'hex') },
      X64,
      /^n is built for macOS/,
    ],
    [
      'with prebuilt binaries, one of which is for the platform',
      {
        'n/package.json': {},
        'n/prebuilds/darwin-arm64/n.node': Buffer.from('cffaedfe', 'hex'),
        'n/prebuilds/linux-arm64/n.node': addon('arm64'),
      },
      ARM,
      undefined,
    ],
    [
      'built for another processor, although it has a prebuilt binary: Node.js would load what was built',
      {
        'n/package.json': {},
        'n/build/Release/n.node': addon('x64'),
        'n/prebuilds/linux-arm64/n.node': addon('arm64'),
      },
      ARM,
      /^n is built for linux-x64, but .* Remove the folder build of the package, .* for linux-arm64\.$/,
    ],
  ];
  test.each(rows)('%s', (_rule, files, platform, mistake) => {
    const read = () => readZipPackages(install(files), ['n'], [platform]);
    if (mistake === undefined) expect(read).not.toThrow();
    else expect(read).toThrow(mistake);
  });

  test('for stages with different processors must be there for both', () => {
    const root = install({ 'n/package.json': {}, 'n/n.node': addon('x64') });
    expect(() => readZipPackages(root, ['n'], [X64, ARM])).toThrow(/^n is built for linux-x64, .* linux-arm64/);
    expect(() => readZipPackages(root, ['n'], [X64, X64])).not.toThrow();
  });

  test.each([
    [addon('x64'), 'linux-x64'],
    [addon('arm64'), 'linux-arm64'],
    [addon(40), 'linux-machine 40'],
    [Buffer.from('4d5a9000', 'hex'), 'Windows'],
    [Buffer.from('cafebabe', 'hex'), 'macOS'],
    [Buffer.from('text'), undefined],
    [Buffer.alloc(0), undefined],
  ])('%# is recognised by its head', (content, platform) => {
    expect(addonPlatform(content)).toBe(platform);
  });
});
