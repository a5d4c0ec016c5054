import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { TestResponse } from 'twodoors/testing';
import type { DocCommand, DocPage, DocState } from '../doc-blocks.js';
import { askDoors, type DoorReplies, run, runCommand } from '../doc-doors.js';
import { REPOSITORY, removeProjects, writeFile } from '../projects.js';
import { COMMANDS } from './commands.js';
import { comparable, printed, readCurl } from './curl.js';
import { folderIn, rootOf } from './pages.js';

/** What a gateway destroys, by the comment in a page that says so. */
const LOSSES = [
  { pattern: /load balancer without multi-value headers/, door: 'alb' },
  { pattern: /REST API renames/, door: 'rest' },
];

const isCurl = ({ text }: DocCommand) => text.startsWith('curl ');

/** Whether a state shows an app that cannot start; then there is no server to send requests to. */
const isBroken = ({ commands }: DocState) =>
  commands.some(({ text, output }) => /twodoors (?:dev|start)$/.test(text) && output !== undefined);

/** Runs the code of pages: their commands, apps, tests and modules. */
export function runPages(pages: readonly DocPage[]): void {
  // Compilers and servers start, while other tests run.
  jest.setTimeout(240_000);
  afterAll(removeProjects);
  describe.each(pages)('$path', (page) => {
    runCommands(page);
    askApps(page);
    runTests(page);
    runModules(page);
  });
}

function runCommands(page: DocPage): void {
  const commands = page.states.flatMap((state) =>
    state.commands.filter((command) => !isCurl(command)).map((command) => ({ state, command })),
  );
  if (commands.length === 0) return;
  test.each(commands)('line $command.line: $command.text', async ({ state, command }) => {
    const known = COMMANDS.find(({ pattern }) => pattern.test(command.text));
    if (known === undefined)
      throw new Error(`${page.path}:${command.line}: no test covers this command. Add it to COMMANDS.`);
    await known.run?.(command, folderIn(rootOf(page), state));
  });
}

function askApps(page: DocPage): void {
  const apps = page.states.filter((state) => state.files.has('src/app.ts') && !isBroken(state));
  if (apps.length === 0) return;
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
          root: folderIn(rootOf(page), state),
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

function runTests(page: DocPage): void {
  const tested = page.states.filter(({ shown }) => [...shown].some((name) => name.endsWith('.test.ts')));
  if (tested.length === 0) return;
  test.each(tested)('line $line: its tests pass', async (state) => {
    const jest = join(REPOSITORY, 'node_modules/jest/bin/jest.js');
    await run(folderIn(rootOf(page), state), ['--experimental-vm-modules', jest, '--ci']);
  });
}

function runModules(page: DocPage): void {
  const modules = page.states.flatMap((state) => state.modules.map((block) => ({ state, block, line: block.line })));
  if (modules.length === 0) return;
  test.each(modules)('line $line: the module runs', async ({ state, block }) => {
    const folder = join(rootOf(page), `module-${block.line}`);
    cpSync(folderIn(rootOf(page), state), folder, { recursive: true });
    writeFile(folder, 'src/bootstrap-koa.ts', block.code);
    expect(await runCommand(folder, ['build', 'koa'])).toEqual([expect.stringMatching(/^build\/koa\/index\.js /)]);
    await run(folder, ['build/koa/index.js']);
  });
}
