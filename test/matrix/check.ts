import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { askLambda, askServer } from './ask.js';
import { VERSION_COMMANDS } from './manager-recipes.js';
import { makeProject, removeProjects, versionOf } from './project.js';
import type { Check, Recipe } from './recipe.js';
import { ROWS } from './replies.js';
import { run } from './run-command.js';

/** What a run of a recipe has shown. */
export interface Outcome {
  /** Of the tools that the recipe names. */
  readonly versions: Readonly<Record<string, string>>;
  /** Why it is not what recipes.ts expects; undefined where it is. */
  readonly surprise: string | undefined;
}

/** Makes the project of a recipe, and holds it to its checks. */
export async function tryRecipe(recipe: Recipe, tarball: string): Promise<Outcome> {
  let root: string | undefined;
  const versions: Record<string, string> = {};
  try {
    root = await makeProject(recipe, tarball);
    for (const tool of recipe.tools) versions[tool] = versionOf(root, tool) ?? (await askVersion(tool, root));
    for (const check of recipe.checks) await hold(check, root);
    return { versions, surprise: undefined };
  } catch (error) {
    return { versions, surprise: (error as Error).message };
  } finally {
    if (root !== undefined && process.env['KEEP'] === undefined) removeProjects(root);
    else console.log(root);
  }
}

/** Tools that are commands, and not packages of the project. */
async function askVersion(tool: string, root: string): Promise<string> {
  // npx may warn first.
  return (await run(VERSION_COMMANDS[tool]!, root)).trim().split('\n').at(-1)!.replace(/^v/, '');
}

async function hold(check: Check, root: string): Promise<void> {
  const { fails } = check;
  if (fails === undefined) return perform(check, root);
  let message: string | undefined;
  try {
    await perform(check, root);
  } catch (error) {
    ({ message } = error as Error);
  }
  if (message === undefined) throw new Error(`${nameOf(check)} works now, and no longer says: ${fails}`);
  if (!message.includes(fails)) throw new Error(`${nameOf(check)} no longer says "${fails}", but: ${message}`);
}

function nameOf(check: Check): string {
  return JSON.stringify(check);
}

async function perform(check: Check, root: string): Promise<void> {
  if ('run' in check) {
    const said = await run(check.run, root);
    if (check.says !== undefined && !said.includes(check.says)) {
      throw new Error(`${check.run} did not say "${check.says}", but: ${said}`);
    }
  } else if ('file' in check) {
    const text = readFileSync(join(root, check.file), 'utf8');
    if (!text.includes(check.has)) throw new Error(`${check.file} does not have "${check.has}":\n${text}`);
  } else {
    const replies =
      'lambda' in check ? await askLambda(check.lambda, root, check.options) : await askServer(check.server, root);
    replies.forEach((reply, i) => {
      const { method, path, reply: expected } = ROWS[i]!;
      if (!isDeepStrictEqual(reply, expected)) {
        throw new Error(
          `${nameOf(check)}: ${method} ${path} is ${JSON.stringify(reply)}, not ${JSON.stringify(expected)}`,
        );
      }
    });
  }
}
