/**
 * Runs every fenced block of README.md and docs/*.md. A block of an unknown kind is a failure, so no block goes untested.
 * The kinds are:
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

import { exec, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { parseSync } from '@swc/core';
import type { TestResponse } from 'twodoors/testing';
import { readResults } from '../bench/results.js';
import { functionSettings } from '../src/cli/config/function-settings.js';
import { generateDeployFile } from '../src/cli/deploy/generate.js';
import { filesOf } from '../src/cli/new/new-project.js';
import {
  type DocCommand,
  type DocPage,
  type DocState,
  pathsOfTree,
  readAnchors,
  readLinks,
  readPage,
  wordsOf,
} from './doc-blocks.js';
import { comparable, printed, readCurl } from './doc-curl.js';
import { askDoors, type DoorReplies, ENVIRONMENT, run, runCommand } from './doc-doors.js';
import { checkTypes } from './doc-types.js';
import { isOfRecipe } from './matrix/recipe-blocks.js';
import { makeProject, REPOSITORY, removeProjects, writeFile } from './projects.js';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');

const readme = readPage('README.md', read('README.md'), new Map());
const common = new Map([...readme.states.at(-1)!.files].filter(([name]) => name.startsWith('src/bootstrap-')));
const pages: DocPage[] = [
  readme,
  ...readdirSync(join(REPOSITORY, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => readPage(`docs/${name}`, read(`docs/${name}`), common)),
];

// Compilers and servers start, while other tests run.
jest.setTimeout(240_000);
afterAll(removeProjects);

/** How each command of a page other than curl is tested; each throws if the command does not work. */
const COMMANDS: { pattern: RegExp; run?: (command: DocCommand, root: string) => Promise<unknown> }[] = [
  { pattern: /^npm ci && npm start$/, run: startInFreshCopy },
  // CI runs it.
  { pattern: /^npm cit$/ },
  { pattern: /^npm install /, run: async ({ text }, root) => install(text, root) },
  // These need an AWS account or tools that are not installed. The files that they name must be those that a build makes.
  { pattern: /^(?:aws|sam|terraform|npx cdk|docker) /, run: async ({ text }) => namesWhatABuildMakes(text) },
  { pattern: /^npx twodoors invoke event\.json$/, run: invokeEvent },
  {
    pattern: /^npx twodoors build koa$/,
    run: async (_command, root) => expect(await runCommand(root, ['build', 'koa'])).toHaveLength(1),
  },
  // test/new makes projects.
  { pattern: /^npx twodoors new / },
  { pattern: /^npx twodoors /, run: runTwodoors },
  { pattern: /^npm run parity -- /, run: runParity },
  // It takes minutes; test/planned runs the same at an ordinary size.
  { pattern: /^npm run parity:planned$/ },
  // It takes ten minutes and a quiet machine. performance.test.ts checks what it has written.
  // It takes twenty minutes. test/matrix runs a part, and checks the tables.
  { pattern: /^npm run matrix(?: -- [\w -]+)?$/ },
  { pattern: /^npm run bench(?: -- --(?:quick|check|cold|profile))?$/ },
  { pattern: /^npm init -y && npm pkg set type=module$/, run: async (_command, root) => initialise(join(root, 'new')) },
  // It takes pictures; without the variable CI runs the same.
  { pattern: /^SCREENSHOTS=1 npm test -- test\/browser\/\w+\.test\.ts$/ },
  // The tests of every state run in any case.
  { pattern: /^NODE_OPTIONS=--experimental-vm-modules npx jest$/ },
];

/** The names of the generated IaC files and of the zip; test/deploy checks them. */
const MADE = [
  'build/lambda.zip',
  // The output of `aws cloudformation package`.
  'build/packaged.yaml',
  // That of a stage.
  'deploy/prod/template.yaml',
  'deploy',
  ...['template.yaml', 'cloudformation.yaml', 'main.tf', 'cdk.ts'].map((name) => `deploy/${name}`),
  // Those of a stage.
  ...['deploy/prod', 'deploy/prod/cdk.ts'],
];

function namesWhatABuildMakes(text: string): void {
  const named = text.match(/(?<=[ =/])(?:build|deploy)\/[^ "]+|(?<=-chdir=)[^ ]+/g) ?? [];
  expect(named.filter((path) => !MADE.includes(path))).toEqual([]);
}

/** Runs the command in a new folder. Every state has a package.json like the one that it makes. */
async function initialise(folder: string): Promise<void> {
  mkdirSync(folder);
  await promisify(exec)('npm init -y && npm pkg set type=module', { cwd: folder, env: ENVIRONMENT });
  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toMatchObject({ type: 'module' });
}

/** Links packages from this repository, which must have them. */
function install(text: string, root: string): void {
  const names = wordsOf(text).filter((word, i) => i > 1 && !word.startsWith('-') && word !== 'twodoors');
  for (const name of names) {
    const link = join(root, '../node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(REPOSITORY, 'node_modules', name), link);
    expect(existsSync(join(link, 'package.json'))).toBe(true);
  }
}

/** Invokes the function of a state with the event that the page shows above the command. */
async function invokeEvent({ event, output }: DocCommand, root: string): Promise<void> {
  writeFile(root, 'event.json', event!);
  const said = await runCommand(root, ['invoke', 'event.json']);
  expect(JSON.parse(said.join('\n'))).toEqual(JSON.parse(output!.code));
}

async function runTwodoors({ text, output }: DocCommand, root: string): Promise<void> {
  const said = await runCommand(root, wordsOf(text).slice(2));
  if (output === undefined) {
    if (/^npx twodoors (?:dev|start)/.test(text)) expect(said.at(-1)).toMatch(/^Listening on http:/);
    else expect(said.join('\n')).toContain('build/lambda.zip');
    return;
  }
  // Sizes change a little with every change to the package.
  const numbers = (lines: string) => (lines.match(/\d+(?:\.\d+)?(?= KB| modules| files)/g) ?? []).map(Number);
  const withoutNumbers = (lines: string) =>
    lines
      .replaceAll(/ *\d+(?:\.\d+)?(?= KB| modules| files)/g, ' N')
      .replaceAll(/(?<=CodeSha256 )[A-Za-z0-9+/]{43}=/g, '…')
      .trim();
  expect(withoutNumbers(said.join('\n'))).toBe(withoutNumbers(output.code));
  numbers(said.join('\n')).forEach((number, i) => {
    const shown = numbers(output.code)[i]!;
    expect([number, shown, Math.abs(number - shown) <= shown / 2]).toEqual([number, shown, true]);
  });
}

/** Runs the proof of this repository. */
async function runParity({ text, output }: DocCommand): Promise<void> {
  const { stdout } = await promisify(exec)(text.replace('run', 'run --silent'), { cwd: REPOSITORY, env: ENVIRONMENT });
  expect(stdout).toBe(output!.code);
}

/** Runs in a copy with only what a clone and `npm ci` have. */
async function startInFreshCopy(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'twodoors-clone-'));
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.package.json', 'src']) {
    cpSync(join(REPOSITORY, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  const server = spawn('npm', ['start'], { cwd: root, env: ENVIRONMENT, detached: true });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
      createInterface(server.stdout).on('line', (line) => {
        if (line.startsWith('Listening on ')) resolve(line.slice('Listening on '.length));
      });
    });
    expect(await (await fetch(url)).text()).toContain('Loan calculator');
    expect((await fetch(`${url}/api/loans/quote?principal=1000&rate=5&years=1`)).status).toBe(200);
    expect((await fetch(`${url}/api/loans/schedule.csv?principal=1000&rate=5&years=1`)).status).toBe(200);
  } finally {
    process.kill(-server.pid!, 'SIGKILL');
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(root, { recursive: true });
  }
}

/** Pages that other pages link to and that are not written yet. */
const PROMISED: string[] = [];

/** What a gateway destroys, by the comment in a page that says so. */
const LOSSES = [
  { pattern: /load balancer without multi-value headers/, door: 'alb' },
  { pattern: /REST API renames/, door: 'rest' },
];

const isCurl = ({ text }: DocCommand) => text.startsWith('curl ');

/** Whether a state shows an app that cannot start; then there is no server to send requests to. */
const isBroken = ({ commands }: DocState) =>
  commands.some(({ text, output }) => /twodoors (?:dev|start)$/.test(text) && output !== undefined);

/** The stack that `build --iac cdk` makes without settings. */
const STACK = generateDeployFile('cdk', functionSettings({}, 'hello')).content;

const folder = ({ line }: DocState) => `line-${line}`;

const folderIn = (root: string, state: DocState) => join(root, folder(state));

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

const tsconfigOf = (page: DocPage) => page.tsconfig ?? readme.tsconfig!;

const hasCode = ({ states }: DocPage) => states.some(({ files, modules }) => files.size + modules.length > 0);

const roots = new Map<DocPage, string>();

/** The folder of a page. */
function rootOf(page: DocPage): string {
  const root = roots.get(page) ?? makeStates(page);
  roots.set(page, root);
  return root;
}

let types: Promise<Map<string, string>> | undefined;

/** What the compiler says of a page. It reads all pages at once, when the first is tested and none has been built. */
async function typeErrorsOf(page: DocPage): Promise<string> {
  types ??= checkTypes(
    pages.filter(hasCode).map((each) => ({
      root: rootOf(each),
      tsconfig: tsconfigOf(each),
      sources: each.states.flatMap(({ files, modules }) => [...files.values(), ...modules.map(({ code }) => code)]),
    })),
  );
  return (await types).get(rootOf(page))!;
}

describe.each(pages)('$path', (page) => {
  const { states, trees, diagrams, foreign, recipes } = page;
  const folderOf = (state: DocState) => folderIn(rootOf(page), state);

  if (hasCode(page)) {
    test('its code type-checks', async () => expect(await typeErrorsOf(page)).toBe(''));
  }

  const commands = states.flatMap((state) =>
    state.commands.filter((command) => !isCurl(command)).map((command) => ({ state, command })),
  );
  if (commands.length > 0) {
    test.each(commands)('line $command.line: $command.text', async ({ state, command }) => {
      const known = COMMANDS.find(({ pattern }) => pattern.test(command.text));
      if (known === undefined)
        throw new Error(`${page.path}:${command.line}: no test covers this command. Add it to COMMANDS.`);
      await known.run?.(command, folderOf(state));
    });
  }

  const apps = states.filter((state) => state.files.has('src/app.ts') && !isBroken(state));
  if (apps.length > 0) {
    const curls = new Map(
      apps.map(({ line, commands }) => [
        line,
        commands.filter(isCurl).map((command) => ({ ...command, curl: readCurl(command.text) })),
      ]),
    );
    describe('its app', () => {
      let replies: DoorReplies[];
      beforeAll(async () => {
        replies = await askDoors(
          apps.map((state) => ({
            root: folderOf(state),
            requests: curls.get(state.line)!.map(({ curl }) => curl.request),
          })),
        );
      });

      test.each(apps)('line $line: every door sends the replies that the page shows', (state) => {
        const doors = replies[apps.indexOf(state)]!;
        if (typeof doors['error'] === 'string') throw new Error(doors['error']);
        const outputs = curls.get(state.line)!.flatMap(({ text, line, comment, output, curl }, i) => {
          const { language, code } = output ?? { language: 'text', code: '' };
          const lost = LOSSES.find(({ pattern }) => pattern.test(comment))?.door;
          return Object.entries(doors as Record<string, TestResponse[]>)
            .filter(([door]) => door !== lost)
            .map(([door, responses]) => ({
              at: `line ${line}, ${door}: ${text}`,
              got: comparable(printed(responses[i]!, curl), language),
              shown: comparable(code, language),
            }));
        });
        expect(outputs.map(({ at, got }) => [at, got])).toEqual(outputs.map(({ at, shown }) => [at, shown]));
      });
    });
  }

  const tested = states.filter(({ shown }) => [...shown].some((name) => name.endsWith('.test.ts')));
  if (tested.length > 0) {
    test.each(tested)('line $line: its tests pass', async (state) => {
      const jest = join(REPOSITORY, 'node_modules/jest/bin/jest.js');
      await run(folderOf(state), ['--experimental-vm-modules', jest, '--ci']);
    });
  }

  const modules = states.flatMap((state) => state.modules.map((block) => ({ state, block, line: block.line })));
  if (modules.length > 0) {
    test.each(modules)('line $line: the module runs', async ({ state, block }) => {
      const folder = join(rootOf(page), `module-${block.line}`);
      cpSync(folderOf(state), folder, { recursive: true });
      writeFile(folder, 'src/bootstrap-koa.ts', block.code);
      expect(await runCommand(folder, ['build', 'koa'])).toEqual([expect.stringMatching(/^build\/koa\/index\.js /)]);
      await run(folder, ['build/koa/index.js']);
    });
  }

  if (trees.length > 0) {
    test.each(trees)('line $line: every path of the tree exists', ({ code }) => {
      expect(pathsOfTree(code).filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
    });
  }

  if (diagrams.length > 0) {
    test.each(diagrams)('line $line: every name of the diagram is exported', ({ code }) => {
      const exported = read('src/runtime/index.ts');
      const names = code.match(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g) ?? [];
      expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(exported))).toEqual([]);
    });
  }

  if (foreign.length > 0) {
    test.each(foreign)('line $line: the code of another framework is TypeScript', ({ code }) => {
      expect(() => parseSync(code, { syntax: 'typescript', decorators: true })).not.toThrow();
    });
  }

  if (recipes.length > 0) {
    test.each(recipes)('line $line: the block is of a recipe', (block) => {
      expect([block.code, isOfRecipe(block)]).toEqual([block.code, true]);
    });
  }

  test('its links have targets', () => {
    const broken = readLinks(read(page.path)).filter((link) => {
      const [file, anchor] = link.split('#') as [string, string | undefined];
      const target = file === '' ? page.path : join(dirname(page.path), file);
      if (!existsSync(join(REPOSITORY, target))) return !PROMISED.includes(target);
      return anchor !== undefined && !readAnchors(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

test('docs/dependencies.md lists every dependency, in the order of package.json', () => {
  const listed = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  expect(listed).toEqual([...Object.keys(dependencies!), ...Object.keys(devDependencies!)]);
});

test('docs/deploy-koa.md shows the Dockerfile of a new project', () => {
  const files = filesOf({ name: 'shop', kind: 'pages', test: 'vitest', manager: 'npm', version: '0.1.0' });
  expect(read('docs/deploy-koa.md')).toContain(`\`\`\`dockerfile\n# Dockerfile\n${files.get('Dockerfile')}\`\`\``);
});

test('PROMISED has no page that exists', () => {
  expect(PROMISED.filter((path) => existsSync(join(REPOSITORY, path)))).toEqual([]);
});

test('docs/architecture.md names files that exist', () => {
  const named = [...read('docs/architecture.md').matchAll(/`((?:[\w-]+\/)+[\w-]+\.ts)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(5);
  const folders = ['', 'src/', 'src/runtime/'];
  expect(named.filter((path) => !folders.some((folder) => existsSync(join(REPOSITORY, folder + path))))).toEqual([]);
});

test('every page is listed in the README', () => {
  const listed = readLinks(read('README.md'));
  expect(pages.map(({ path }) => path).filter((path) => path !== 'README.md' && !listed.includes(path))).toEqual([]);
});

test('no page is longer than a reader wants', () => {
  expect(pages.filter(({ path }) => read(path).split('\n').length > 400).map(({ path }) => path)).toEqual([]);
});

test('the README claims no more about cold starts than the last full benchmark shows', () => {
  const claims = [...read('README.md').matchAll(/more than\s+(twice|\w+ times)\s+as\s+fast\s+as\s+with\s+(\w+)/g)];
  const factors: Record<string, number> = { 'eight times': 8, 'twenty times': 20 };
  const { lambda } = readResults();
  const coldStartOf = (name: string) => lambda.find((each) => each.name === name)!.coldGet.median;
  const held = claims.map(([, factor, name]) => [
    name,
    coldStartOf(name!) / coldStartOf('twodoors') > factors[factor!]!,
  ]);
  expect(held).toEqual([
    ['Hono', true],
    ['Koa', true],
  ]);
});
