/**
 * Every row of the contract, and of the example app, through the bundle. The apps of each test file are bundled as they
 * are, with stubs in place of Jest, and run in a local Lambda. Each response must match the row, and the Koa door's.
 */

import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { App } from 'twodoors';
import { type Door, type GatewayName, openDoor, type TestResponse, toComparable, toRawRequest } from 'twodoors/testing';
import type { LocalFunction } from '../../src/cli/local-lambda/function/local-function.js';
import { GATEWAY_RULES } from '../../src/cli/local-lambda/gateway/gateway-rules.js';
import { checkRow, type Row, rowsOf } from '../contract/run-rows.js';
import { bundle, makeProject, REPOSITORY, removeProjects, writeFile } from '../projects.js';
import { type LocalDoor, localFunction, openLocalDoor } from './local-door.js';

/** The gateway in front of the function, and whether the function streams. */
const DOORS: readonly { name: GatewayName; streams: boolean }[] = [
  ...(['rest', 'http', 'url', 'alb', 'alb-multi'] as const).map((name) => ({ name, streams: false })),
  { name: 'url', streams: true },
];

/**
 * A response without what differs between doors: the part of an error page that only development has names files of the
 * process, and a file that was built has a time that is made of its content.
 */
const comparable = (response: TestResponse) => {
  const { body, headers, ...rest } = toComparable(response);
  return {
    ...rest,
    headers: headers.filter(([name]) => name !== 'last-modified'),
    body: body.replace(/(?<=<section id="twodoors-development">).*(?=<\/section>)/s, ''),
  };
};

const files = [
  'app.test.ts',
  ...readdirSync(join(REPOSITORY, 'test/contract'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `contract/${name}`),
];

/** Stubs for Jest in the bundle: describe blocks run, tests do not, and expect does nothing. */
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
/** The function contains all apps, and the event names one. A sandbox has one event at a time. */
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

/** Bundles all apps into one function, and returns its folder. */
async function bundleApps(): Promise<string> {
  const root = makeProject({
    'src/stubs.ts': STUBS,
    'src/bootstrap-lambda.ts': BOOTSTRAP,
    'test/contract/run-rows.ts': RUN_ROWS,
    // Tests call it, and they do not run there.
    'src/runtime/plan/plan-app.ts': 'export const planApp = () => {};\n',
    'node_modules/@jest/globals/package.json': '{ "name": "@jest/globals", "type": "module", "exports": "./index.js" }',
    'node_modules/@jest/globals/index.js': 'export const jest = {};\n',
  });
  const packages = join(REPOSITORY, 'node_modules');
  for (const name of readdirSync(packages)) {
    const link = join(root, 'node_modules', name);
    if (!existsSync(link)) symlinkSync(join(packages, name), link);
  }
  for (const file of [...files, 'contract/dto-cases.ts'])
    cpSync(join(REPOSITORY, 'test', file), join(root, 'test', file));
  for (const name of ['app.ts', 'users.ts', 'controllers', 'public', 'views']) {
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
// It starts processes, beside all other tests.
jest.setTimeout(240_000);

const locals = new Map<boolean, LocalFunction>();
beforeAll(async () => {
  for (const streams of [false, true]) {
    // Under load a sandbox may become idle late, and another one is started.
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

/** Replaces the runRows of test/contract: the same rows, through each gateway of the local Lambda. */
function runRows(app: App, rows: readonly Row[]): void {
  const own = { file, index: count++ };
  describe(`${own.file}, app ${own.index}`, () => {
    let koa: Door;
    const koaResponses = new Map<Row, Promise<TestResponse>>();
    /** The Koa door's response, which is requested once. */
    const koaResponse = (row: Row) => {
      if (!koaResponses.has(row)) koaResponses.set(row, koa.request(row.target, row));
      return koaResponses.get(row)!;
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

      // Rows that no door can change go through fewer doors: an app may have none for this one.
      const ownRows = rowsOf(rows, name);
      if (ownRows.length === 0)
        return void test('has no rows of its own', () => expect(rows.length).toBeGreaterThan(0));
      test.each(ownRows)('$rule: $target', async (row) => {
        const response = await door.request(row.target, row);
        // A request that the gateway rejects does not reach the app.
        if (toRawRequest(row.target, row).body.byteLength > GATEWAY_RULES[name].bodyLimit) {
          expect(response.status).toBe(413);
          return;
        }
        checkRow(row, response);
        expect(comparable(response)).toEqual(comparable(await koaResponse(row)));
      });
    });
  });
}

jest.unstable_mockModule('../contract/run-rows.js', () => ({ runRows, rowsOf, checkRow }));
for (file of files) {
  count = 0;
  await import(`../${file.replace('.ts', '.js')}`);
}
