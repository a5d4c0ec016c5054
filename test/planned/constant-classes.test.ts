/** Which classes a build takes for constant, and that such an app replies as it does without a plan, whatever happens to it. */

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { toRawRequest } from 'twodoors/testing';
import { BOOTSTRAPS, type BuiltBundle, bundleAll, makeProject, REPOSITORY, removeProjects } from '../projects.js';
import { type ConstantRow, constantRows, type Decorators } from './constant-rows.js';
import { EVENTS } from './event-kinds.js';
import { type Answer, askOnce } from './function-process.js';
import { buildTwice, type TwoBuilds } from './two-builds.js';

jest.setTimeout(240_000);
afterAll(removeProjects);

/** Rows that are built as one app, which is faster. */
const groups: ConstantRow[][] = [
  constantRows.filter(({ isAlone }) => !isAlone),
  ...constantRows.filter(({ isAlone }) => isAlone).map((row) => [row]),
];

/** Makes an app of rows: what is declared in each gets its number. */
function projectOf(rows: readonly ConstantRow[]): string {
  const files: Record<string, string> = {};
  rows.forEach((row, i) => {
    for (const [name, code] of Object.entries(row.files)) {
      files[`src/row-${i}/${name}`] = code
        .replace(/\b(Home|Base|Other|Input|Item)\b/g, `$1${i}`)
        .replaceAll('@Controller()', `@Controller('/row-${i}')`)
        .replaceAll("'/home'", `'/home-${i}'`);
    }
  });
  const root = makeProject({
    ...files,
    'src/app.ts': [
      "import { defineApp } from 'twodoors';",
      ...rows.map((_, i) => `import { controllers as of${i} } from './row-${i}/app.js';`),
      `export const app = defineApp({ controllers: [${rows.map((_, i) => `...of${i}`).join(', ')}] });`,
    ].join('\n'),
    'src/bootstrap-lambda.ts': BOOTSTRAPS['src/bootstrap-lambda.ts'],
    'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
  });
  for (const name of ['valibot', 'reflect-metadata']) {
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  }
  return root;
}

/** What the entry does with each class that it names as constant. */
function decoratorsIn({ files }: BuiltBundle): Map<string, Decorators> {
  const code = Buffer.from(files.get('index.js')!).toString();
  const found = code.matchAll(/\.set\([\w$]+,\["(\w+)"(\]\)|,)/g);
  return new Map([...found].map(([, name, end]) => [name!, end === ',' ? 'put off' : 'marked']));
}

describe('the decorators of a class, where they get', () => {
  const found = new Map<string, Readonly<Record<string, Decorators>>>();
  beforeAll(async () => {
    const built = await Promise.all(
      groups.map(async (rows) => {
        const { external } = rows[0]!;
        const [bundle] = await bundleAll([projectOf(rows)], 'lambda', { ...(external && { external }) });
        if (bundle instanceof Error) throw bundle;
        return decoratorsIn(bundle!);
      }),
    );
    groups.forEach((rows, group) => {
      rows.forEach(({ name, classes }, i) => {
        const names = Object.keys(classes);
        found.set(name, Object.fromEntries(names.map((each) => [each, built[group]!.get(each + i) ?? 'compared'])));
      });
    });
  });

  test.each(constantRows)('$name', ({ name, classes }) => {
    expect(found.get(name)).toEqual(classes);
  });
});

/** A change of the environment, and whether the function notices. */
interface ChangeRow {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly noticed: boolean;
}

const changes: readonly ChangeRow[] = [
  { name: 'nothing', env: {}, noticed: false },
  { name: 'the order of controllers', env: { REORDERED: '1' }, noticed: true },
  { name: 'a decorator that is called by hand, on the class', env: { BY_HAND: 'class' }, noticed: true },
  { name: 'a decorator that is called by hand, on a method', env: { BY_HAND: 'method' }, noticed: true },
  { name: 'a route that is added by hand', env: { BY_HAND: 'route' }, noticed: true },
  { name: 'a validator that is added by hand', env: { BY_HAND: 'validator' }, noticed: true },
  { name: 'a type of a property that is added by hand', env: { BY_HAND: 'type' }, noticed: true },
  { name: 'a method that another one has replaced', env: { WRAPPED: '1' }, noticed: false },
  { name: 'a replaced method, and the order of controllers', env: { WRAPPED: '1', REORDERED: '1' }, noticed: true },
  { name: "whoever reads class-validator's storage", env: { STORAGE: '1' }, noticed: false },
];

describe('a function whose classes are constant replies as without a plan after a change of', () => {
  const get = (target: string) => toRawRequest(target);
  const post = (target: string, json: unknown) => toRawRequest(target, { json });
  const calls = [
    ...['/home', '/home?n=2', '/home?n=x', '/home/plain', '/home/marked', '/home/agent', '/home/base', '/home/added'],
    ...['/second/list?n=1&n=2', '/second/defaults', '/second/defaults?n=3&m=4', '/nowhere'],
  ]
    .map(get)
    .concat([
      post('/second', { n: 5, word: 'ab', items: [{ n: 1 }, { n: 2 }] }),
      post('/second', { n: 9, word: 7, items: [{ n: 'x' }], more: 1 }),
      post('/second', {}),
      post('/second/late', { n: 1, late: '2024-01-02T03:04:05Z' }),
    ])
    .map((request) => ({ event: EVENTS['url']!(request) }));

  let builds: TwoBuilds;
  beforeAll(async () => {
    const bootstrap = BOOTSTRAPS['src/bootstrap-lambda.ts'].replace('./app.js', './constant-app.js');
    builds = await buildTwice(['constant-app'], bootstrap);
  });

  const lines = ({ logged }: Answer) => logged.filter((line) => line.startsWith('twodoors: '));

  test.each(changes)('$name', async ({ env, noticed }) => {
    const [planned, unplanned] = await Promise.all([
      askOnce(builds.planned, calls, { kind: 'thread', env }),
      askOnce(builds.unplanned, calls, { kind: 'thread', env }),
    ]);
    expect(unplanned.mistakes).toBe(undefined);
    expect(planned.replies).toEqual(unplanned.replies);
    expect(lines(planned)).toEqual(noticed ? [expect.stringMatching(/read afresh\.$/)] : []);
  });

  test('a first request that needs nothing of them calls no decorator', async () => {
    const { replies, files } = await askOnce(builds.planned, [calls[8]!]);
    expect(JSON.parse(replies[0]!)).toMatchObject({ statusCode: 200 });
    expect(files).not.toContain('records.js');
    expect(files).not.toContain('$decorators.js');
  });
});
