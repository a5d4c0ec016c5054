import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import { type PackageManager, packageManagers } from './package-commands.js';
import { readTemplates } from './templates.js';

/** What an app starts with: pages with a form, a JSON API, or both. */
export const KINDS = ['pages', 'api', 'both'] as const;
export type ProjectKind = (typeof KINDS)[number];

/** The test runners that a new project can have. */
export const TEST_RUNNERS = ['vitest', 'jest', 'node'] as const;
export type TestRunner = (typeof TEST_RUNNERS)[number];

/** What a project is made of. */
export interface ProjectChoices {
  /** The `name` in package.json. */
  readonly name: string;
  readonly kind: ProjectKind;
  readonly test: TestRunner;
  readonly manager: PackageManager;
  /** The version of the package manager, which corepack then uses everywhere. Default: the one that is installed. */
  readonly managerVersion?: string | undefined;
  /** The version of twodoors that makes it. */
  readonly version: string;
}

/** The template folders of each kind; those of a test runner are beside them. */
const LAYERS: Readonly<Record<ProjectKind, readonly string[]>> = {
  pages: ['pages', 'pages-only'],
  api: ['api', 'api-only'],
  both: ['pages', 'api', 'both'],
};

/** Where the tests of a runner import what they use from. */
const TEST_MODULES: Readonly<Record<TestRunner, string>> = {
  vitest: 'vitest',
  jest: '@jest/globals',
  node: 'node:test',
};

/** What npm takes as the name of a package: lower case, at most 214 characters. */
const PACKAGE_NAME = /^(?=.{1,214}$)(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** Files that a folder may have before a project is made in it. */
const HARMLESS = new Set(['.git', '.gitignore', '.idea', '.vscode', '.DS_Store', 'LICENSE', 'README.md']);

/** What is wrong with the name of a package; undefined for a valid one. */
export function findNameMistake(name: string): string | undefined {
  if (PACKAGE_NAME.test(name)) return undefined;
  return `Invalid name ${JSON.stringify(name)}: use lower-case letters, digits, hyphens, dots and underscores, at most 214.`;
}

/** The name of a folder as the name of a package: `My Shop` becomes `my-shop`. */
export function nameOfFolder(folder: string): string {
  const name = basename(resolve(folder))
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._~]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '');
  return findNameMistake(name) === undefined ? name : 'app';
}

/**
 * Throws if making a project in a folder would overwrite something.
 *
 * @throws CommandError that names what is there
 */
export function checkFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const found = readdirSync(folder).filter((name) => !HARMLESS.has(name));
  if (found.length === 0) return;
  const some = found.slice(0, 3).join(', ');
  throw new CommandError(`${folder} is not empty: it has ${some}. Name a new folder: twodoors new FOLDER.`);
}

/** Writes a project, and returns the names of its files. What is already there is not overwritten. */
export function writeProject(folder: string, choices: ProjectChoices): string[] {
  const files = filesOf(choices);
  for (const [name, content] of files) {
    const path = join(folder, name);
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return [...files.keys()];
}

/** The files of a project, by their names. */
export function filesOf({
  name,
  kind,
  test,
  manager,
  managerVersion,
  version,
}: ProjectChoices): ReadonlyMap<string, string> {
  const tests = (kind === 'both' ? ['pages', 'api'] : [kind]).map(
    (each) => `${test === 'node' ? 'node' : 'expect'}-${each}`,
  );
  const { install, ci, run, exec, lockfile } = packageManagers[manager];
  const managed = [
    ...(ci.startsWith('corepack') && managerVersion !== undefined ? ['corepack'] : []),
    ...(manager === 'yarn' ? ['yarn'] : []),
  ];
  return readTemplates(['base', ...LAYERS[kind], test, ...tests, ...managed], {
    MANAGER: `${manager}@${managerVersion}`,
    NAME: name,
    TWODOORS: `^${version}`,
    PATH: kind === 'api' ? '/api/bills/84.5/tip' : '/',
    RUNNER: TEST_MODULES[test],
    INSTALL: install,
    CI: ci,
    RUN: run,
    EXEC: exec,
    LOCKFILE: lockfile,
  });
}
