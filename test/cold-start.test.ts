import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { makeProject, removeProjects } from './projects.js';
import { runCommand } from './run-command.js';

// Compilers are started, and bundles in some twenty processes each, beside all other tests.
jest.setTimeout(120_000);
afterAll(removeProjects);

/** An app that says what it was asked by, and has a module that takes its time. */
const app = (create: 'createHandler' | 'createStreamingHandler') => ({
  'src/bootstrap-lambda.ts': `
import { Controller, defineApp, Get, Req, type HttpRequest } from 'twodoors';
import { ${create} } from 'twodoors/lambda';
import { answer } from './slow.js';
import './strict.cjs';
console.log('an app may print');
@Controller()
class Home {
  @Get('/') home(@Req() request: HttpRequest) {
    if (process.env.STAGE !== 'live') throw new Error('no STAGE');
    return { source: request.lambda?.source, answer };
  }
}
export const handler = ${create}(defineApp({ controllers: [Home] }));
`,
  'src/slow.ts': `
/** Some milliseconds of work, counted and not timed. */
let sum = 0;
for (let i = 0; i < 3e6; i++) sum = (sum + i * i) % 1_000_003;
export const answer = sum;
`,
  'src/strict.cjs': `'use strict';\nif (this === undefined) throw 1;\nif ((function () { return this; })() !== undefined) throw new Error('not strict');`,
  'twodoors.config.ts': "export default { lambda: { front: 'http', environment: { STAGE: 'live' } } };",
});

const SHAPE = new RegExp(
  `^Cold start: medians of 15 fresh processes, Node ${process.versions.node} on this machine
  load +(\\d+\\.\\d\\d) ms
  first answer +\\d+\\.\\d\\d ms  GET (\\S+) through (\\w+): (\\d+)
What loading takes
 +\\d+\\.\\d\\d ms  reading and compiling the file, and Node's own modules
(( +\\d+\\.\\d\\d ms  \\S+\\n){8}) +\\d+\\.\\d\\d ms  \\d+ more modules$`,
  'm',
);

it.each(['cjs', 'esm'])('says what a cold start takes, and of what, as %s', async (format) => {
  const root = makeProject(app('createHandler'));
  const { code, output } = await runCommand(['build', '--report', '--format', format], root);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(SHAPE) });
  const [, load, path, front, status, modules] = SHAPE.exec(output)!;
  expect({ path, front, status }).toEqual({ path: '/', front: 'http', status: '200' });
  // The slow one is the first of those that took most, and they are sorted.
  expect(modules!.split('\n')[0]).toMatch(/src\/slow\.ts$/);
  const times = [...modules!.matchAll(/(\d+\.\d+) ms/g)].map(([, time]) => Number(time));
  expect(times).toEqual(times.toSorted((one, two) => two - one));
  expect(Number(load)).toBeGreaterThan(0);
  // Nothing of the measuring is left, in the bundle or beside it.
  expect(readdirSync(join(root, 'build')).sort()).toEqual(['lambda', 'lambda.zip']);
});

it('asks what it is told, through the front that it is told, of a function that streams as well', async () => {
  const args = ['build', 'lambda', '--report', '/none', '--front', 'rest'];
  const { output } = await runCommand(args, makeProject(app('createStreamingHandler')));
  const [, , path, front, status] = SHAPE.exec(output)!;
  expect({ path, front, status }).toEqual({ path: '/none', front: 'rest', status: '404' });
});

describe('says why nothing can be measured:', () => {
  const rows: [why: string, source: string, message: RegExp][] = [
    [
      'it does not load',
      "throw new Error('no DATABASE_URL'); export const handler = 1;",
      /does not answer on this machine: no DATABASE_URL/,
    ],
    [
      'it fails',
      "export const handler = async () => { throw new Error('no luck'); };",
      /does not answer on this machine: no luck/,
    ],
    [
      'it ends the process',
      'export const handler = async () => process.exit(0);',
      /ended the process before it had answered/,
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
    [['build', 'koa', '--report'], /Cold starts are of the Lambda door/],
    [['build', '--report', 'lambda'], /is a path, which begins with "\/"/],
  ])('%j', async (args, message) => {
    const { code, output } = await runCommand(args, makeProject(app('createHandler')));
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(message) });
  });
});
