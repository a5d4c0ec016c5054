import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readAnchors } from './doc-blocks.js';
import { REPOSITORY } from './source-files.js';

// Every link of every page in the repository: those of the documentation, of the examples, and of new projects.

const FOLDERS = ['docs', 'examples', 'templates'];
const pages = [
  ...readdirSync(REPOSITORY).filter((name) => name.endsWith('.md')),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !/node_modules|(?:^|\/)build\//.test(name))
      .map((name) => `${folder}/${name}`),
  ),
].sort();

/** A template has the path of its first page filled in. */
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8').replaceAll('__PATH__', '/');

/** Where the links and images of a page lead, whether they are written in Markdown or in HTML. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/^( *)(`{3,})[\s\S]*?^\1\2/gm, '').replace(/`[^`\n]*`/g, '');
  const forms = [
    /\]\(\s*([^)\s]+)[^)]*\)/g,
    /^\s*\[[^\]]+\]:\s*(\S+)/gm,
    /\b(?:href|src)="([^"]*)"/g,
    /<(https?:[^>]*)>/g,
  ];
  return forms.flatMap((form) => [...prose.matchAll(form)].map(([, target]) => target!));
}

/** The anchors of a page. GitHub numbers headings of the same text from the second on. */
function anchorsOf(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = readAnchors(markdown).map((anchor) => {
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
  return new Set([...anchors, ...[...markdown.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, name]) => name!)]);
}

/** What is wrong with a link; undefined for one that leads somewhere. */
function findMistake(page: string, link: string): string | undefined {
  if (/^[a-z][\w+.-]*:/i.test(link)) {
    const { protocol, hostname } = URL.canParse(link) ? new URL(link) : { protocol: '', hostname: '' };
    const isLocal = protocol === 'http:' && hostname === 'localhost';
    return protocol === 'https:' || isLocal ? undefined : 'is no address with https';
  }
  const [file, anchor] = link.split('#') as [string, string | undefined];
  if (file.startsWith('/')) return 'is not relative';
  const target = file === '' ? page : join(dirname(page), decodeURIComponent(file));
  if (target.startsWith('..') || !existsSync(join(REPOSITORY, target)))
    return `leads to ${target}, which does not exist`;
  if (anchor === undefined) return undefined;
  return target.endsWith('.md') && anchorsOf(read(target)).has(anchor) ? undefined : `${target} has no such heading`;
}

test('the pages are found', () => {
  for (const page of ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs/README.md', 'templates/base/README.md']) {
    expect(pages).toContain(page);
  }
  expect(pages.filter((page) => page.startsWith('examples/')).length).toBeGreaterThan(5);
  expect(pages.filter((page) => page.startsWith('docs/reference/')).length).toBeGreaterThan(5);
});

test.each(pages)('%s: every link leads somewhere', (page) => {
  const broken = linksOf(read(page)).map((link) => [link, findMistake(page, link)]);
  expect(broken.filter(([, mistake]) => mistake !== undefined)).toEqual([]);
});

test.each([
  ['[a](gone.md)', 'leads to docs/gone.md, which does not exist'],
  ['[a](../../outside.md)', 'leads to ../outside.md, which does not exist'],
  ['[a](koa.md#gone)', 'docs/koa.md has no such heading'],
  ['[a](#gone)', 'docs/views.md has no such heading'],
  ['[a](/docs/koa.md)', 'is not relative'],
  ['[a](http://example.com)', 'is no address with https'],
  ['![a](images/gone.png "title")', 'leads to docs/images/gone.png, which does not exist'],
  ['[a]: gone.md', 'leads to docs/gone.md, which does not exist'],
  ['<img src="gone.png">', 'leads to docs/gone.png, which does not exist'],
  ['[a](koa.md#shut-down)', undefined],
])('%s: %s', (text, mistake) => {
  expect(linksOf(text).map((link) => findMistake('docs/views.md', link))).toEqual([mistake]);
});

test('the index of the documentation leads to every page', () => {
  const listed = linksOf(read('docs/README.md')).map((link) => link.split('#')[0]);
  const all = readdirSync(join(REPOSITORY, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
  expect(all.filter((name) => !listed.includes(name))).toEqual([]);
});
