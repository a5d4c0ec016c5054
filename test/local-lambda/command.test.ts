/** `twodoors dev --door lambda` and `twodoors invoke`, in separate processes. */

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { CIRCULAR, WAY } from '../circular-project.js';
import { Command, endCommands } from '../command.js';
import { makeProject, REPOSITORY, removeProjects, writeFile } from '../projects.js';

afterEach(endCommands);
afterAll(removeProjects);
// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);

const BOOTSTRAP = `
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';
export const handler = createHandler(app, { onOtherEvent: async (event: any) => ({ got: event }) });
`;
const appSaying = (text: string) => `
import { writeFileSync } from 'node:fs';
import { Controller, defineApp, Get, type HttpRequest, Req } from 'twodoors';
@Controller()
class Home {
  @Get('/') home() { return '${text}'; }
  @Get('/bug') bug(): string { throw new Error('a bug'); }
  @Get('/source') source(@Req() request: HttpRequest) { return { source: request.lambda?.source, host: request.headers.host }; }
  @Get('/environment') environment() { return { cwd: process.cwd(), flags: process.execArgv, ...process.env }; }
  @Get('/writes') writes() { writeFileSync('note.txt', ''); return ''; }
}
export const app = defineApp({ controllers: [Home] });
`;
const project = (files: Record<string, string> = {}) =>
  makeProject({ 'src/bootstrap-lambda.ts': BOOTSTRAP, 'src/app.ts': appSaying('one'), ...files });
const dev = (root: string, args: readonly string[] = [], env: Record<string, string> = {}) =>
  new Command(['dev', '--door', 'lambda', ...args], root, { PORT: '0', ...env });
const get = async (address: string, path = '/') => {
  const response = await fetch(address + path);
  return [response.status, await response.text()] as const;
};
const STAGES = `
import { defineConfig } from 'twodoors/config';
export default defineConfig({
  lambda: {
    environment: { SHARED: 'one' },
    stages: { test: {}, live: { memorySize: 1024, gateway: 'rest' } },
  },
});
`;
const FAILED = [502, 'Internal Server Error'];

describe('dev --door lambda', () => {
  test('the next request after a save runs the new code', async () => {
    const root = project();
    const address = await dev(root).address();
    expect(await get(address)).toEqual([200, 'one']);
    for (const text of ['two', 'three', 'four']) {
      writeFile(root, 'src/app.ts', appSaying(text));
      expect(await get(address)).toEqual([200, text]);
    }
  });

  test('a failed build or start is a 502 until the next save', async () => {
    const root = project({ 'src/app.ts': 'let x = ;' });
    const command = dev(root);
    await command.line(/src\/app\.ts:1:9/);
    await command.line(/Waiting for a change/);
    const address = await command.address();
    expect(await get(address)).toEqual(FAILED);
    await command.line(/^url {2}GET {2}\/ {2}502 .*not built/);

    writeFile(root, 'src/app.ts', appSaying('two').replace("@Get('/')", "@Get('/bug')"));
    expect(await get(address)).toEqual(FAILED);
    await command.line(/Init Error StartupError: The app cannot start/);

    writeFile(root, 'src/app.ts', "export const app = {} as never; throw new TypeError('no DATABASE_URL');");
    expect(await get(address)).toEqual(FAILED);
    await command.line(/Init Error TypeError: no DATABASE_URL/);

    writeFile(root, 'src/app.ts', appSaying('three'));
    expect(await get(address)).toEqual([200, 'three']);
  });

  test('circular imports are named', async () => {
    const root = makeProject(CIRCULAR);
    const command = dev(root);
    const address = await command.address();
    expect(await get(address)).toEqual(FAILED);
    await command.line(WAY);
    writeFile(
      root,
      'src/create-todo.ts',
      CIRCULAR['src/create-todo.ts'].replace(' extends Model', '').replace(/import.*todos.*/, ''),
    );
    expect((await get(address, '/nowhere'))[0]).toBe(404);
  });

  test('each request is logged in a line, beside the logs of the function', async () => {
    const command = dev(project());
    const address = await command.address();
    await get(address);
    expect(await command.line(/GET/)).toMatch(/^url {2}GET {2}\/ {2}200 {2}\d[\d.]* ms {2}cold {2}\d+ MB$/);
    await get(address, '/nowhere?a=1');
    expect(await command.line(/GET/)).toMatch(/^url {2}GET {2}\/nowhere\?a=1 {2}404 {2}\d[\d.]* ms {2}warm {2}\d+ MB$/);
    await get(address, '/bug');
    // With the time, the request id, and the level, as on Lambda.
    await command.line(/^\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\tERROR\t\{.*a bug/);
    await get(address, '/writes');
    await command.line(/The function wrote note\.txt into the folder of its code/);
  });

  test.each([
    ['rest', 'rest'],
    ['http', 'http'],
    ['alb-multi', 'alb'],
  ])('--gateway %s makes the events of that gateway', async (gateway, source) => {
    const address = await dev(project(), ['--gateway', gateway]).address();
    expect(await get(address, '/source')).toEqual([200, JSON.stringify({ source, host: new URL(address).host })]);
  });

  test('the function has the environment of Lambda, and no other variables of the shell', async () => {
    const root = project();
    const command = dev(root, [], { OF_THE_SHELL: 'x', AWS_ACCESS_KEY_ID: 'AKIA', AWS_REGION: 'eu-central-1' });
    const [, text] = await get(await command.address(), '/environment');
    const environment = JSON.parse(text) as Record<string, unknown>;
    const taskRoot = join(root, 'build/dev/lambda');
    expect(environment).toMatchObject({
      cwd: taskRoot,
      flags: expect.arrayContaining(['--max-old-space-size=460']),
      _HANDLER: 'index.handler',
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0$/),
      LAMBDA_TASK_ROOT: taskRoot,
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_FUNCTION_NAME: 'app',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/app',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      AWS_REGION: 'eu-central-1',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
    });
    expect(environment).not.toHaveProperty('OF_THE_SHELL');
    expect(environment).not.toHaveProperty('NODE_ENV');
  });

  test('--stage gives the function the settings and the variables of a stage', async () => {
    const root = project({ 'twodoors.config.ts': STAGES });
    const address = await dev(root, ['--stage', 'live']).address();
    expect(await get(address, '/source')).toEqual([200, expect.stringContaining('"source":"rest"')]);
    expect(JSON.parse((await get(address, '/environment'))[1])).toMatchObject({
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
      AWS_LAMBDA_FUNCTION_NAME: 'app-live',
      STAGE: 'live',
      SHARED: 'one',
    });
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('no sandbox is left behind on %s', async (signal) => {
    const command = dev(project());
    const address = await command.address();
    await get(address);
    command.process.kill(signal);
    // Both processes have the same pipe, which closes when both have exited.
    await once(command.process, 'close');
    await expect(fetch(address)).rejects.toThrow();
  });

  test('a door that cannot run fails with the reason', async () => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const outputs = [
      await new Command(['dev', '--door', 'lambda'], makeProject({})).ended(),
      await dev(project(), [], { PORT: String(port) }).ended(),
      await dev(project(), [], { PORT: 'http' }).ended(),
      await dev(project(), ['--runtime', 'aws-lambda-ric']).ended(),
      await dev(project(), ['--gateway', 'cloudfront']).ended(),
      await dev(project(), ['--concurrency', '0']).ended(),
      await dev(project(), ['--stage', 'dev']).ended(),
      await new Command(['dev', '--gateway', 'rest'], project()).ended(),
    ];
    server.close();
    expect(outputs.map(({ code, output }) => [code, output])).toEqual([
      [1, expect.stringMatching(/^There is no src\/bootstrap-lambda\.ts in /)],
      [1, expect.stringContaining(`Port ${port} is taken`)],
      [1, expect.stringContaining('Invalid port http: ')],
      [1, expect.stringMatching(/^aws-lambda-ric is not installed in .*npm install --save-dev aws-lambda-ric/)],
      [1, expect.stringContaining('Allowed choices are rest, http, url, alb, alb-multi')],
      [1, expect.stringContaining('a whole number from 1')],
      [1, expect.stringMatching(/^--stage dev needs "lambda\.stages" in twodoors\.config\.ts, such as /)],
      [1, '--gateway needs the Lambda door. Add --door lambda, or remove --gateway.'],
    ]);
  });
});

interface Invoked {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command until it exits. */
function invoke(root: string, args: readonly string[], input = ''): Promise<Invoked> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(REPOSITORY, 'dist/cli/main.js'), 'invoke', ...args],
      { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin!.end(input);
  });
}

describe('invoke', () => {
  test.each([
    [[], 'undefined one'],
    [['--stage', 'live'], 'live one'],
  ])('gives the function the variables of a stage, or those that all have: %j', async (args, expected) => {
    const bootstrap = "export const handler = async () => String(process.env.STAGE) + ' ' + process.env.SHARED;";
    const root = project({ 'src/bootstrap-lambda.ts': bootstrap, 'twodoors.config.ts': STAGES, 'event.json': '{}' });
    expect(await invoke(root, ['event.json', ...args])).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify(expected)}\n`,
    });
  });

  test('names the stages that there are', async () => {
    const root = project({ 'twodoors.config.ts': STAGES, 'event.json': '{}' });
    expect(await invoke(root, ['event.json', '--stage', 'prod'])).toMatchObject({
      code: 1,
      stderr: 'There is no stage "prod". The stages in twodoors.config.ts are test, live.\n',
    });
  });

  test('gives the function the variables of .env', async () => {
    const bootstrap = 'export const handler = async () => process.env.FROM_FILE;';
    const root = project({ 'src/bootstrap-lambda.ts': bootstrap, '.env': 'FROM_FILE=yes' });
    expect(await invoke(root, ['-'], '{}')).toMatchObject({ code: 0, stdout: '"yes"\n' });
  });

  const EVENT = JSON.stringify({ Records: [{ eventSource: 'aws:sqs' }] });
  const REQUEST = JSON.stringify({
    version: '2.0',
    rawPath: '/',
    requestContext: { http: { method: 'GET' }, domainName: 'a.lambda-url.us-east-1.on.aws' },
  });

  test('prints the result for an event in a file', async () => {
    const root = project({ 'event.json': EVENT });
    const { code, stdout, stderr } = await invoke(root, ['event.json']);
    expect({ code, stdout: JSON.parse(stdout), stderr }).toEqual({
      code: 0,
      stdout: { got: JSON.parse(EVENT) },
      stderr: '',
    });
  });

  test('reads an event from the standard input, and writes the logs to the standard error', async () => {
    const app = appSaying('one').replace("return 'one'", "console.log('called'); return 'one'");
    const { code, stdout, stderr } = await invoke(project({ 'src/app.ts': app }), ['-'], REQUEST);
    expect({ code, result: JSON.parse(stdout) }).toMatchObject({ code: 0, result: { statusCode: 200, body: 'one' } });
    expect(stderr).toMatch(/\tINFO\tcalled\n$/);
  });

  test('prints the error of a function that fails, and exits with 1', async () => {
    const bootstrap = BOOTSTRAP.replace(/, \{ onOtherEvent.*\}/, '');
    const { code, stdout } = await invoke(project({ 'src/bootstrap-lambda.ts': bootstrap }), ['-'], EVENT);
    expect({ code, result: JSON.parse(stdout) }).toMatchObject({
      code: 1,
      result: { errorType: 'TypeError', errorMessage: expect.stringContaining('This event is not an HTTP request') },
    });
  });

  test('prints a streamed response as a whole result', async () => {
    const bootstrap = BOOTSTRAP.replaceAll('createHandler', 'createStreamingHandler').replace(
      /, \{ onOtherEvent.*\}/,
      '',
    );
    const { code, stdout } = await invoke(project({ 'src/bootstrap-lambda.ts': bootstrap }), ['-'], REQUEST);
    expect({ code, result: JSON.parse(stdout) }).toEqual({
      code: 0,
      result: {
        statusCode: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: 'one',
        isBase64Encoded: false,
      },
    });
  });

  test.each([
    ['gone.json', '', /^Cannot read the event: .*gone\.json/],
    ['-', '{', /^The event is not JSON: /],
  ])('fails for an event in %s that cannot be read', async (file, input, message) => {
    const { code, stdout, stderr } = await invoke(project(), [file], input);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
  });
});
