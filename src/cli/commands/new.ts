import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { CommandError } from '../command-error.js';
import {
  checkFolder,
  findNameMistake,
  KINDS,
  nameOfFolder,
  type ProjectChoices,
  type ProjectKind,
  TEST_RUNNERS,
  type TestRunner,
  writeProject,
} from '../new/new-project.js';
import { currentManagerVersion, currentPackageManager, packageManagers } from '../new/package-commands.js';
import { openQuestions, type Questions } from '../new/questions.js';

interface NewFlags {
  readonly name?: string;
  readonly kind?: ProjectKind;
  readonly test?: TestRunner;
  readonly yes?: true;
  readonly install: boolean;
}

/** `twodoors new` */
export const command = new Command('new')
  .description('make a project: an app with tests through every door, a CI workflow and a Dockerfile')
  .argument('[folder]', 'the folder to make it in', '.')
  .option('-y, --yes', 'ask nothing, and take the defaults')
  .option('--name <name>', 'the name in package.json (default: the name of the folder)')
  .addOption(new Option('--kind <kind>', 'pages with a form, a JSON API, or both (default: pages)').choices(KINDS))
  .addOption(new Option('--test <runner>', 'the test runner (default: vitest)').choices(TEST_RUNNERS))
  .option('--no-install', 'do not install its packages')
  .action(runNew);

async function runNew(folder: string, flags: NewFlags, self: Command): Promise<void> {
  const root = resolve(folder);
  checkFolder(root);
  const mistake = flags.name === undefined ? undefined : findNameMistake(flags.name);
  if (mistake !== undefined) throw new CommandError(mistake);
  const choices = {
    ...(await choose(nameOfFolder(root), flags)),
    manager: currentPackageManager(),
    managerVersion: currentManagerVersion(),
    version: self.parent!.version()!,
  };
  const files = writeProject(root, choices);
  console.log(`Made ${choices.name}, ${files.length} files.`);
  const isInstalled = flags.install && (await install(root, choices));
  console.log(nextSteps(root, choices, isInstalled));
}

type Answers = Pick<ProjectChoices, 'name' | 'kind' | 'test'>;

/** Asks for what no flag says, unless nothing is to be asked. */
async function choose(fallbackName: string, { yes, name, kind, test }: NewFlags): Promise<Answers> {
  if (yes === true) return { name: name ?? fallbackName, kind: kind ?? 'pages', test: test ?? 'vitest' };
  let questions: Questions | undefined;
  const ask: Questions['ask'] = (question) => {
    questions ??= openQuestions(process.stdin, process.stdout);
    return questions.ask(question);
  };
  const choices = {
    name: name ?? (await ask({ text: 'Name', fallback: fallbackName, findMistake: findNameMistake })),
    kind: kind ?? ((await ask({ text: 'Kind:', choices: KINDS, fallback: 'pages' })) as ProjectKind),
    test: test ?? ((await ask({ text: 'Tests:', choices: TEST_RUNNERS, fallback: 'vitest' })) as TestRunner),
  };
  questions?.close();
  return choices;
}

/** Whether the packages were installed. What went wrong, the package manager has said. */
async function install(root: string, { manager }: ProjectChoices): Promise<boolean> {
  const installer = spawn(packageManagers[manager].install, { cwd: root, stdio: 'inherit', shell: true });
  const [code] = (await once(installer, 'exit')) as [number | null];
  if (code === 0) return true;
  process.exitCode = 1;
  return false;
}

function nextSteps(root: string, { manager }: ProjectChoices, isInstalled: boolean): string {
  const { install, run } = packageManagers[manager];
  const folder = relative(process.cwd(), root);
  const steps = [
    ...(folder === '' ? [] : [`cd ${quoted(folder)}`]),
    ...(isInstalled ? [] : [install]),
    `${run} dev          # the Koa door, on http://localhost:3000`,
    `${run} dev:lambda   # the Lambda door, in a local Lambda`,
    `${run} test         # types, and the tests through every door`,
  ];
  return `\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}

/** A path as an argument for a shell. */
function quoted(path: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(path)) return path;
  return process.platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
}
