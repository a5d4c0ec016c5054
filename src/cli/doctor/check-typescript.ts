import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readManifest } from '../project/manifest.js';
import type { Project } from '../project/project.js';
import { typescriptOf } from '../project/typescript.js';
import { type Check, error, type Finding, ok, warning } from './finding.js';
import { isInVersionRange } from './version-range.js';

type CompilerOptions = Readonly<Record<string, unknown>>;

/** The oldest TypeScript that reads the types of twodoors. */
const TYPESCRIPT_RANGE = '>=5.4.0';

/** Whether TypeScript is installed, and its options are those that decorators need. */
export const checkTypeScript: Check = async (project) => {
  const compiler = typescriptOf(project);
  if (compiler === undefined) {
    return [warning('TypeScript is not installed, so nothing checks types.', 'npm install --save-dev typescript')];
  }
  const version = String(readManifest(join(compiler.folder, 'package.json')).version);
  const first = isInVersionRange(version, TYPESCRIPT_RANGE)
    ? ok(`TypeScript ${version}`)
    : error(`TypeScript ${version} cannot read the types of twodoors.`, 'npm install --save-dev typescript@latest');
  return [first, ...findPlugAndPlayMistake(version), ...(await checkOptions(project, compiler.command, version))];
};

async function checkOptions(project: Project, command: string, version: string): Promise<readonly Finding[]> {
  if (!existsSync(join(project.root, 'tsconfig.json'))) {
    return [
      warning(
        'There is no tsconfig.json, so the editor and tsc refuse decorators.',
        'Write one with "experimentalDecorators": true and "emitDecoratorMetadata": true.',
      ),
    ];
  }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [command, '--showConfig'], { cwd: project.root });
    const { compilerOptions = {} } = JSON.parse(stdout) as { readonly compilerOptions?: CompilerOptions };
    const mistakes = findOptionMistakes(compilerOptions, version);
    return mistakes.length > 0 ? mistakes : [ok('the options in tsconfig.json')];
  } catch (failure) {
    const { stdout, message } = failure as Error & { readonly stdout?: string };
    return [error(`tsc cannot read tsconfig.json: ${(stdout || message).trim()}`, 'Correct it.')];
  }
}

/** @param options as `tsc --showConfig` prints them: with those of extended files */
export function findOptionMistakes(options: CompilerOptions, version = '7.0.0'): Finding[] {
  const mistakes: Finding[] = [];
  for (const name of ['experimentalDecorators', 'emitDecoratorMetadata']) {
    if (options[name] === true) continue;
    mistakes.push(error(`tsconfig.json does not set ${name}.`, `Set "${name}": true in its compilerOptions.`));
  }
  // What is not set follows from `module`. Below TypeScript 6, ES modules without a resolution have that of 2012.
  const { module, moduleResolution } = options;
  const isOld = !isInVersionRange(version, '>=6.0.0');
  const resolution = moduleResolution ?? (isOld && /^es(?:6|20\d\d|next)$/i.test(String(module)) ? 'classic' : '');
  if (String(resolution).toLowerCase() === 'classic') {
    mistakes.push(
      error('tsconfig.json has a module resolution that finds no packages: classic.', 'Set "module": "nodenext".'),
    );
  }
  if (options['strict'] !== true && options['strictNullChecks'] !== true) {
    mistakes.push(
      warning(
        'tsconfig.json is not strict: optional parameters are not checked.',
        'Set "strict": true in its compilerOptions.',
      ),
    );
  }
  return mistakes;
}

/** TypeScript 7 reads node_modules only; Yarn patches the versions before it to read its Plug'n'Play. */
function findPlugAndPlayMistake(version: string): Finding[] {
  if (process.versions['pnp'] === undefined || !isInVersionRange(version, '>=7.0.0')) return [];
  return [
    error(
      `TypeScript ${version} finds no packages with Yarn Plug'n'Play.`,
      'Set nodeLinker: node-modules in .yarnrc.yml, or install TypeScript 6: yarn add --dev typescript@6.',
    ),
  ];
}
