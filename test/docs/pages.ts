/**
 * README.md and docs/*.md. The tests of this folder run every fenced block. A block of an unknown kind is a failure, so no
 * block goes untested. The kinds are:
 *
 * - `ts`, `js`, `html`, `http` or `yaml` with a path in a comment on its first line (`// src/app.ts`, `{# src/views/index.html #}`)
 *   is that file of the page's project. If it follows a command, or the file was shown before, it begins another *state*
 *   of the project, in which all other files stay as they were. Every state is type-checked against the published types
 *   and built for each door that it has (the README's bootstraps, unless the page shows its own). Its tests (`*.test.ts`)
 *   are run.
 * - `ts before`, only in docs/from-*.md, is code of another framework that is not installed. It must be valid TypeScript.
 * - `ts recipe`, `js recipe`, `json recipe` or `sh recipe` is a file, or a script, of a recipe in test/matrix, which
 *   `npm run matrix` runs.
 * - any other `ts` is a module beside the project. It is type-checked and run to its end.
 * - `sh`: each line must match one of COMMANDS, or be `curl`. A `curl` is sent to the state's server and through every
 *   Lambda door of its bundle, except those that a comment above it names (LOSSES). A `text`, `http`, `html` or `json`
 *   block directly below it is exactly what the last line prints. JSON may be formatted, and `http` leaves out the framing
 *   headers (date, length, connection).
 * - `json` elsewhere is the page's tsconfig.json if it has `compilerOptions`. Otherwise it is the event of the next
 *   `twodoors invoke`.
 * - `text` with folders and files is a tree, whose paths must exist. With ` -> ` it is a diagram, whose names must be
 *   exported.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import { generateDeployFile } from '../../src/cli/deploy/generate.js';
import { type DocPage, type DocState, readPage, wordsOf } from '../doc-blocks.js';
import { makeProject, REPOSITORY } from '../projects.js';

/** Reads a file of this repository. */
export const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');

const readme = readPage('README.md', read('README.md'), new Map());
const common = new Map([...readme.states.at(-1)!.files].filter(([name]) => name.startsWith('src/bootstrap-')));

/** README.md, and those of docs/. */
export const pages: readonly DocPage[] = [
  readme,
  ...readdirSync(join(REPOSITORY, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => readPage(`docs/${name}`, read(`docs/${name}`), common)),
];

/** The pages whose code the file of this name, `CHAPTER.test.ts`, runs. They are in the folder docs/. */
export const CHAPTERS = {
  requests: `app bodies controllers derived-dtos errors interceptors middleware openapi parameters ready-middleware replies
    request validation`,
  sites: `cookies-and-sessions example forms from-flask from-nestjs from-routing-controllers security signing-in static-files
    testing urls views`,
  running: `../README README architecture dependencies deploy-koa instrumentation koa lambda local-lambda parity performance
    toolchains typescript`,
  deployment: 'deploy deploy-cdk deploy-settings deploy-terraform',
};

/** The pages of a chapter. */
export function pagesOf(chapter: keyof typeof CHAPTERS): readonly DocPage[] {
  const paths = CHAPTERS[chapter].split(/\s+/).map((name) => join('docs', `${name}.md`));
  return paths.map((path) => pages.find((page) => page.path === path)!);
}

/** Links packages from this repository, which must have them. */
export function install(text: string, root: string): void {
  const names = wordsOf(text).filter((word, i) => i > 1 && !word.startsWith('-') && word !== 'twodoors');
  for (const name of names) {
    const link = join(root, '../node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(REPOSITORY, 'node_modules', name), link);
    expect(existsSync(join(link, 'package.json'))).toBe(true);
  }
}

/** The stack that `build --iac cdk` makes without settings. */
const STACK = generateDeployFile('cdk', functionSettings({}, 'hello')).content;

const folder = ({ line }: DocState) => `line-${line}`;

export const folderIn = (root: string, state: DocState) => join(root, folder(state));

/** Writes every state of a page below one folder, each as a project with the packages that the page installs. */
function makeStates(page: DocPage): string {
  const tsconfig = tsconfigOf(page);
  const files: Record<string, string> = { 'tsconfig.json': tsconfig };
  for (const state of page.states) {
    files[`${folder(state)}/package.json`] = '{ "name": "app", "type": "module" }';
    for (const [name, content] of state.files) files[`${folder(state)}/${name}`] = content;
    // The user's file extends what a build makes beside it.
    if (state.files.has('deploy/cdk.ts')) files[`${folder(state)}/deploy/stack.ts`] = STACK;
    for (const { line, code } of state.modules) files[`${folder(state)}/src/line-${line}.ts`] = code;
  }
  const root = makeProject(files);
  for (const state of page.states) {
    for (const { text } of state.commands) if (text.startsWith('npm install ')) install(text, folderIn(root, state));
  }
  return root;
}

export const tsconfigOf = (page: DocPage) => page.tsconfig ?? readme.tsconfig!;

export const hasCode = ({ states }: DocPage) => states.some(({ files, modules }) => files.size + modules.length > 0);

const roots = new Map<DocPage, string>();

/** The folder of a page, in which each of its states has one. */
export function rootOf(page: DocPage): string {
  const root = roots.get(page) ?? makeStates(page);
  roots.set(page, root);
  return root;
}
