/**
 * Writes `docs/reference/`: every public name, with its signature, meaning and example, from the docstrings of the compiled
 * declarations. `npm run reference` compiles, and writes; with `--check`, the command only compares, and exits with 1 where a
 * page is not current.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const FOLDER = join(REPOSITORY, 'docs/reference');

/** What each entry of the package is for. */
const TITLES = {
  '.': 'apps, controllers, decorators, requests, replies and errors',
  './koa': 'the Koa door',
  './lambda': 'the Lambda door',
  './views': 'template engines',
  './views/precompiled': 'templates that were compiled ahead',
  './sessions': 'sessions and flash messages',
  './auth': 'signing in',
  './middleware': 'ready-made middleware',
  './openapi': 'OpenAPI documents',
  './config': 'the settings of a project',
  './build': 'what bundlers other than `twodoors build` need',
  './testing': 'every door of an app, for a test',
};

const modules = new Map();

/** The declarations and exports of a compiled file. */
function readModule(path) {
  let known = modules.get(path);
  if (known === undefined) {
    const text = readFileSync(path, 'utf8');
    known = { path, text, declarations: new Map(), exports: [] };
    modules.set(path, known);
    for (const statement of parseAst(text, { lang: 'dts' }).body) readStatement(statement, known);
  }
  return known;
}

function readStatement(statement, module) {
  const { declarations, exports, path } = module;
  if (statement.type === 'ExportAllDeclaration') {
    exports.push({ all: true, from: target(path, statement.source.value) });
    return;
  }
  if (statement.type === 'ExportNamedDeclaration' && statement.declaration === null) {
    for (const { local, exported } of statement.specifiers) {
      const from = statement.source === null ? path : target(path, statement.source.value);
      exports.push({ name: exported.name, local: local.name, from });
    }
    return;
  }
  const declaration = statement.declaration ?? statement;
  const isExported = statement.type === 'ExportNamedDeclaration';
  const names = declaration.id?.name
    ? [declaration.id.name]
    : (declaration.declarations ?? []).map(({ id }) => id.name);
  for (const name of names) {
    if (name === undefined) continue;
    // The overloads of a function are several declarations.
    declarations.set(name, [
      ...(declarations.get(name) ?? []),
      { start: statement.start, end: statement.end, kind: declaration.type },
    ]);
    if (isExported && !exports.some((each) => each.name === name)) exports.push({ name, local: name, from: path });
  }
}

function target(from, source) {
  const path = resolve(dirname(from), source.replace(/\.js$/, '.d.ts'));
  return source.startsWith('.') && existsSync(path) ? path : undefined;
}

/** The public names of an entry, each with the module that declares it. */
function namesOf(path) {
  return readModule(path).exports.flatMap(({ all, name, local, from }) => {
    if (from === undefined) return [];
    if (all) return namesOf(from);
    return [{ name, ...resolveName(from, local) }];
  });
}

function resolveName(path, name) {
  const module = readModule(path);
  if (module.declarations.has(name)) return { module, parts: module.declarations.get(name) };
  const reexport = module.exports.find((each) => each.name === name);
  if (reexport?.from !== undefined && reexport.from !== path) return resolveName(reexport.from, reexport.local);
  const imported = new RegExp(`import (?:type )?\\{[^}]*?(?:(\\w+) as )?\\b${name}\\b[^}]*\\} from '([^']+)'`).exec(
    module.text,
  );
  const from = imported === null ? undefined : target(path, imported[2]);
  if (from === undefined) throw new Error(`${path}: ${name} is not declared`);
  return resolveName(from, imported[1] ?? name);
}

/** A docstring: its text, and its tags. */
function docOf({ text }, { start }) {
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, start));
  const lines = (comment?.[1] ?? '').split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const blocks = lines
    .join('\n')
    .trim()
    .split(/\n?^(?=@(?:param|throws|returns|example|see)\b)/m);
  const isTag = (block) => block.startsWith('@');
  return {
    meaning: blocks
      .filter((block) => !isTag(block))
      .join('\n')
      .trim(),
    tags: blocks.filter(isTag),
  };
}

const flat = (text) => text.replace(/\s*\n\s*/g, ' ').trim();
const linked = (text) => text.replace(/\{@link (\w+)\}/g, '`$1`');

function describe({ name, module, parts }) {
  const { meaning, tags } = docOf(module, parts[0]);
  const code = parts
    .map(({ start, end }) => module.text.slice(start, end))
    .join('\n')
    .replace(/^export (?:declare )?|^declare /gm, '');
  if (meaning === '') throw new Error(`${module.path}: ${name} has no docstring. Say what it means.`);
  const lines = [`## ${name}`, '', linked(meaning), '', '```ts', code, '```', ''];
  const list = tags.flatMap((tag) => {
    const [, kind, rest] = /^@(\w+)\s*([\s\S]*)$/.exec(tag);
    if (kind === 'param') {
      const [, parameter, text] = /^(\S+)\s*([\s\S]*)$/.exec(rest);
      return [`- \`${parameter}\`: ${linked(flat(text))}`];
    }
    if (kind === 'throws') return [`- throws ${linked(flat(rest))}`];
    if (kind === 'returns') return [`- returns ${linked(flat(rest))}`];
    return kind === 'see' ? [`- see ${linked(flat(rest))}`] : [];
  });
  if (list.length > 0) lines.push(...list, '');
  for (const tag of tags.filter((each) => each.startsWith('@example'))) {
    lines.push('Example:', '', tag.replace(/^@example\s*/, '').trim(), '');
  }
  return lines.join('\n');
}

function pageOf(entry, path) {
  const specifier = entry === '.' ? 'twodoors' : `twodoors${entry.slice(1)}`;
  const names = [...new Map(namesOf(path).map((each) => [each.name, each])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const head = [
    `# ${specifier}`,
    '',
    `Reference of \`${specifier}\`: ${TITLES[entry]}. \`npm run reference\` makes this page of the docstrings.`,
    '',
    names.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(' · '),
    '',
  ];
  return { specifier, count: names.length, text: `${[...head, ...names.map(describe)].join('\n').trimEnd()}\n` };
}

function makePages() {
  const { exports } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  const pages = new Map();
  const rows = [];
  for (const [entry, target] of Object.entries(exports)) {
    if (typeof target === 'string') continue;
    if (TITLES[entry] === undefined) throw new Error(`Say in TITLES what ${entry} is for.`);
    const { specifier, count, text } = pageOf(entry, join(REPOSITORY, target.types));
    const file = `${specifier.replaceAll('/', '-')}.md`;
    pages.set(file, text);
    rows.push(`| [\`${specifier}\`](${file}) | ${TITLES[entry]} | ${count} |`);
  }
  const index = [
    '# Reference',
    '',
    'Every public name of twodoors, by the module that exports it. `npm run reference` makes these pages of the docstrings.',
    '',
    '| module | | names |',
    '|---|---|--:|',
    ...rows,
    '',
  ];
  pages.set('README.md', index.join('\n'));
  return pages;
}

const pages = makePages();
if (process.argv.includes('--check')) {
  const known = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const stale = [...new Set([...pages.keys(), ...known])].filter(
    (file) => !known.includes(file) || pages.get(file) !== readFileSync(join(FOLDER, file), 'utf8'),
  );
  if (stale.length > 0) {
    console.error(`Not current in docs/reference: ${stale.join(', ')}. Run npm run reference.`);
    process.exitCode = 1;
  }
} else {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, text] of pages) writeFileSync(join(FOLDER, file), text);
}
