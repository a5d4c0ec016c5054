import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { makeProject, removeProjects } from './projects.js';
import { runCommand } from './run-command.js';

// It starts compilers and processes, beside all other tests. Each report takes some twenty.
jest.setTimeout(300_000);
afterAll(removeProjects);

/** An app with a slow module, which replies with its event source. */
const app = (create: 'createHandler' | 'createStreamingHandler') => ({
  'src/bootstrap-lambda.ts': `
import { Controller, defineApp, Get, Req, type HttpRequest } from 'twodoors';
import { ${create} } from 'twodoors/lambda';
import { sum } from './slow.js';
import './strict.cjs';
console.log('an app may print');
@Controller()
class Home {
  @Get('/') home(@Req() request: HttpRequest) {
    if (process.env.STAGE !== 'live') throw new Error('no STAGE');
    return { source: request.lambda?.source, sum };
  }
}
export const handler = ${create}(defineApp({ controllers: [Home] }));
`,
  'src/slow.ts': `
/** Some milliseconds of work. */
export let sum = 0;
for (let i = 0; i < 3e6; i++) sum = (sum + i * i) % 1_000_003;
`,
  'src/strict.cjs': `'use strict';\nif (this === undefined) throw 1;\nif ((function () { return this; })() !== undefined) throw new Error('not strict');`,
  'twodoors.config.ts': "export default { lambda: { gateway: 'http', environment: { STAGE: 'live' } } };",
});

const SHAPE = new RegExp(
  `^Cold start: medians of 15 fresh processes, Node.js ${process.versions.node} on this machine
  load +(\\d+\\.\\d\\d) ms
  first invocation +\\d+\\.\\d\\d ms  GET (\\S+) through (\\w+): (\\d+)
  without the plan +\\d+\\.\\d\\d ms  both together; with it \\d+\\.\\d\\d ms
Time spent loading
 +\\d+\\.\\d\\d ms  reading and compiling the file, and modules of Node.js
(( +\\d+\\.\\d\\d ms  \\S+\\n){8}) +\\d+\\.\\d\\d ms  \\d+ more modules$`,
  'm',
);

test.each(['cjs', 'esm'])(
  'build --report --format %s prints how long a cold start takes, and which modules are slow',
  async (format) => {
    const root = makeProject(app('createHandler'));
    const { code, output } = await runCommand(['build', '--report', '--format', format], root);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(SHAPE) });
    const [, load, path, gateway, status, modules] = SHAPE.exec(output)!;
    expect({ path, gateway, status }).toEqual({ path: '/', gateway: 'http', status: '200' });
    // The slowest modules are listed first.
    expect(modules!.split('\n')[0]).toMatch(/src\/slow\.ts$/);
    const times = [...modules!.matchAll(/(\d+\.\d+) ms/g)].map(([, time]) => Number(time));
    expect(times).toEqual(times.toSorted((one, two) => two - one));
    expect(Number(load)).toBeGreaterThan(0);
    // The bundle for the measurement is removed.
    expect(readdirSync(join(root, 'build')).sort()).toEqual(['lambda', 'lambda.zip']);
  },
);

test('build --report measures the path and the gateway that the flags name, also of a function that streams', async () => {
  const args = ['build', 'lambda', '--report', '/none', '--gateway', 'rest'];
  const { output } = await runCommand(args, makeProject(app('createStreamingHandler')));
  const [, , path, gateway, status] = SHAPE.exec(output)!;
  expect({ path, gateway, status }).toEqual({ path: '/none', gateway: 'rest', status: '404' });
});

describe('build --report fails, and prints why, if', () => {
  const rows: [why: string, source: string, message: RegExp][] = [
    [
      'the bundle does not load',
      "throw new Error('no DATABASE_URL'); export const handler = 1;",
      /because the bundle fails on this machine: no DATABASE_URL/,
    ],
    [
      'the invocation fails',
      "export const handler = async () => { throw new Error('no luck'); };",
      /because the bundle fails on this machine: no luck/,
    ],
    [
      'the function ends the process',
      'export const handler = async () => process.exit(0);',
      /ended the process before the invocation was over/,
    ],
  ];
  it.each(rows)('%s', async (_why, source, message) => {
    const { code, output } = await runCommand(
      ['build', '--report'],
      makeProject({ 'src/bootstrap-lambda.ts': source }),
    );
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(message) });
    expect(output).not.toMatch(/^\s+at /m);
  });

  it.each([
    [['build', 'koa', '--report'], /^--report needs the Lambda build\. Use twodoors build lambda\.$/],
    [['build', '--report', 'lambda'], /A path starts with "\/"/],
  ])('the flags are %j', async (args, message) => {
    const { code, output } = await runCommand(args, makeProject(app('createHandler')));
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(message) });
  });
});
