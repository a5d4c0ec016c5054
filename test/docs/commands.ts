import { exec, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type DocCommand, wordsOf } from '../doc-blocks.js';
import { ENVIRONMENT, runCommand } from '../doc-doors.js';
import { REPOSITORY, writeFile } from '../projects.js';
import { install } from './pages.js';

/** How each command of a page other than curl is tested; each throws if the command does not work. */
export const COMMANDS: { pattern: RegExp; run?: (command: DocCommand, root: string) => Promise<unknown> }[] = [
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
