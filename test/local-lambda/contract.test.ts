/**
 * Every row of the contract, and of the app, through the bundle: each test file's apps are bundled as they stand, with
 * what is Jest's left out, and run in a local Lambda. Its answers are held to the row, and to the Koa door's.
 */

import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { App } from 'twodoors';
import { type Door, type GatewayName, openDoor, type TestResponse, toComparable, toRawRequest } from 'twodoors/testing';
import type { LocalFunction } from '../../src/cli/local-lambda/function/local-function.js';
import { FRONTS } from '../../src/cli/local-lambda/gateway/gateway-limits.js';
import { checkRow, type Row, rowsOf } from '../contract/run-rows.js';
import { bundle, makeProject, REPOSITORY, removeProjects, writeFile } from '../projects.js';
import { type LocalDoor, localFunction, openLocalDoor } from './local-door.js';

/** What stands in front, and whether the function streams. */
const DOORS: readonly { name: GatewayName; streams: boolean }[] = [
  ...(['rest', 'http', 'url', 'alb', 'alb-multi'] as const).map((name) => ({ name, streams: false })),
  { name: 'url', streams: true },
];

/** The same answer in each door: a stack names places of the process. */
const comparable = (response: TestResponse) => {
  const { body, ...rest } = toComparable(response);
  return { ...rest, body: body.replace(/<pre>.*<\/pre>/s, '<pre></pre>') };
};

const files = [
  'app.test.ts',
  ...readdirSync(join(REPOSITORY, 'test/contract'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `contract/${name}`),
];

/** What stands for Jest in the bundle: groups are opened, tests are not run, and what is expected is nothing. */
const STUBS = `
const all: any = new Proxy(() => all, { get: (_target, name) => (name === Symbol.toPrimitive ? () => '' : all) });
const skip: any = () => {};
const none = () => skip;
skip.each = skip.only = skip.skip = none;
Object.assign(globalThis, {
  expect: all, test: skip, it: skip, beforeAll: skip, beforeEach: skip, afterAll: skip, afterEach: skip,
  describe: Object.assign((_name: string, define: () => void) => define(), { each: none }),
});
`;
const BOOTSTRAP = `
import './stubs.js';
import { createHandler, createStreamingHandler } from 'twodoors/lambda';
import { take } from '../test/contract/run-rows.js';
const files: Record<string, () => Promise<unknown>> = {
${files.map((file) => `  '${file}': () => import('../test/${file.replace('.ts', '.js')}'),`).join('\n')}
};
const apps = new Map<string, any[]>();
/** One function has all apps: the event says which it is for. A sandbox has one event at a time. */
const perApp = (create: (app: any) => any) => {
  const made = new Map<string, any>();
  return async ({ app: { file, index } }: any) => {
    if (!apps.has(file)) {
      await files[file]!();
      apps.set(file, take());
    }
    const key = file + index;
    if (!made.has(key)) made.set(key, create(apps.get(file)![index]));
    return made.get(key);
  };
};
const whole = perApp(createHandler);
const streaming = perApp(createStreamingHandler);
export const handler =
  process.env.STREAMS === 'yes'
    ? (globalThis as any).awslambda.streamifyResponse(async (event: any, stream: any, context: any) =>
        (await streaming(event))(event, stream, context))
    : async (event: any, context: any) => (await whole(event))(event, context);
`;
const RUN_ROWS = `
import type { App } from 'twodoors';
const apps: App[] = [];
export const take = () => apps.splice(0);
export const runRows = (app: App) => void apps.push(app);
export const rowsOf = () => [];
export const checkRow = () => {};
`;

/** Bundles all apps into one function, and gives its folder. */
async function bundleApps(): Promise<string> {
  const root = makeProject({
    'src/stubs.ts': STUBS,
    'src/bootstrap-lambda.ts': BOOTSTRAP,
    'test/contract/run-rows.ts': RUN_ROWS,
  });
  const packages = join(REPOSITORY, 'node_modules');
  for (const name of readdirSync(packages)) {
    const link = join(root, 'node_modules', name);
    if (!existsSync(link)) symlinkSync(join(packages, name), link);
  }
  for (const file of files) cpSync(join(REPOSITORY, 'test', file), join(root, 'test', file));
  for (const name of ['app.ts', 'controllers', 'views']) {
    cpSync(join(REPOSITORY, 'src', name), join(root, 'src', name), { recursive: true });
  }
  const folder = join(root, 'build/lambda');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of (await bundle(root, 'lambda')).files) {
    writeFile(folder, name, Buffer.from(content).toString());
  }
  return folder;
}

const bundled = bundleApps();
jest.setTimeout(30_000);

const locals = new Map<boolean, LocalFunction>();
beforeAll(async () => {
  for (const streams of [false, true]) {
    // Under load a sandbox may be late to ask for more, and another begin.
    const init = { environment: { STREAMS: streams ? 'yes' : 'no' }, concurrency: 2 };
    locals.set(streams, localFunction(await bundled, init));
  }
});
afterAll(async () => {
  await Promise.all([...locals.values()].map((local) => local.kill()));
  removeProjects();
});

let file = '';
let count = 0;

/** In place of the runRows of test/contract: the same rows, through each front of the local Lambda. */
function runRows(app: App, rows: readonly Row[]): void {
  const own = { file, index: count++ };
  describe(`${own.file}, app ${own.index}`, () => {
    let koa: Door;
    const answers = new Map<Row, Promise<TestResponse>>();
    /** The Koa door's answer, asked for once. */
    const koaAnswer = (row: Row) => {
      if (!answers.has(row)) answers.set(row, koa.request(row.target, row));
      return answers.get(row)!;
    };
    beforeAll(async () => {
      koa = await openDoor(app, 'koa');
    });
    afterAll(() => koa.close());

    describe.each(DOORS)('$name, streams: $streams', ({ name, streams }) => {
      let door: LocalDoor;
      beforeAll(async () => {
        const local = locals.get(streams)!;
        const invoke = (event: string) => local.invoke(JSON.stringify({ ...JSON.parse(event), app: own }));
        door = await openLocalDoor(name, { invoke });
      });
      afterAll(() => door.close());

      test.each(rowsOf(rows, name))('$rule: $target', async (row) => {
        const response = await door.request(row.target, row);
        // What the gateway itself does not take never comes to the app.
        if (toRawRequest(row.target, row).body.byteLength > FRONTS[name].bodyLimit) {
          expect(response.status).toBe(413);
          return;
        }
        checkRow(row, response);
        expect(comparable(response)).toEqual(comparable(await koaAnswer(row)));
      });
    });
  });
}

jest.unstable_mockModule('../contract/run-rows.js', () => ({ runRows, rowsOf, checkRow }));
for (file of files) {
  count = 0;
  await import(`../${file.replace('.ts', '.js')}`);
}
