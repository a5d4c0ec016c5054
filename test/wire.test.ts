import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type TestResponse, toTestResponse } from 'twodoors/testing';
import { sendOverSocket } from '../src/runtime/testing/socket-client.js';
import { bundle, makeProject, removeProjects, writeFile } from './projects.js';

const fixtures = process.env['WIRE_FIXTURES'];

/** One request that was sent to four deployed front ends, and what it looks like to a handler. */
const ECHO = {
  'src/app.ts': `
import { Body, Controller, Cookie, defineApp, Headers, HttpCode, HttpReply, Param, Post, Query } from 'twodoors';
@Controller('/capture')
export class CaptureController {
  @Post('/:name')
  capture(
    @Param('name') name: string,
    @Query() query: Record<string, unknown>,
    @Query('repeat', [String]) repeat: string[],
    @Headers('X-Voker-Probe') probe: string,
    @Headers('content-type') type: string,
    @Cookie() cookies: Record<string, string>,
    @Body(Object) body: unknown,
  ) {
    const echo = { name, query, repeat, probe, type, cookies, body };
    return new HttpReply(JSON.stringify(echo), {
      status: 201,
      headers: { 'Content-Type': 'application/json', 'X-Probe': probe },
      cookies: ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'],
    });
  }
}
export const app = defineApp({ controllers: [CaptureController] });
`,
  'src/bootstrap-koa.ts': `
import { serve } from 'twodoors/koa';
import { app } from './app.js';
await serve(app, { port: Number(process.env.PORT ?? 3000) });
`,
  'src/bootstrap-lambda.ts': `
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';
export const handler = createHandler(app);
`,
};

const REQUEST = {
  method: 'POST',
  target:
    '/capture/space%20value?repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=',
  headers: [
    ['host', 'localhost'],
    ['user-agent', 'curl/8.7.1'],
    ['accept', '*/*'],
    ['content-type', 'application/json'],
    ['x-voker-probe', 'first'],
    ['x-voker-probe', 'second'],
    ['cookie', 'session=abc123; theme=dark'],
  ] as [string, string][],
  body: Buffer.from('{"message":"hello from the public internet","unicode":"lambda-λ"}'),
};

const SEEN = {
  name: 'space value',
  query: {
    empty: '',
    encodedPlus: 'a+b',
    literalPlus: 'a b',
    redirect: 'https://example.com/a/b',
    repeat: ['one', 'two'],
  },
  repeat: ['one', 'two'],
  probe: 'first,second',
  type: 'application/json',
  cookies: { session: 'abc123', theme: 'dark' },
  body: { message: 'hello from the public internet', unicode: 'lambda-λ' },
};

/** What both doors must agree on. */
function essence(response: TestResponse) {
  const { date, connection, 'keep-alive': alive, 'content-length': length, ...headers } = response.headers;
  return { status: response.status, headers, cookies: response.cookies, body: response.text() };
}

type Result = {
  statusCode: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  cookies?: string[];
  body: string;
};

/** Reads a result of any source, by the rules that AWS documents. */
function fromResult(result: Result): TestResponse {
  const headers: [string, string][] = Object.entries(result.headers ?? {});
  for (const [name, values] of Object.entries(result.multiValueHeaders ?? {})) {
    for (const value of values) headers.push([name, value]);
  }
  for (const cookie of result.cookies ?? []) headers.push(['set-cookie', cookie]);
  return toTestResponse({ status: result.statusCode, headers, body: Buffer.from(result.body) });
}

const skip = fixtures === undefined;
if (skip)
  console.warn('WIRE_FIXTURES is not set: the captured events are not there, and the tests on them are skipped.');

(skip ? describe.skip : describe)('the captured request, through both doors as processes of their own', () => {
  let server: ChildProcess;
  let port: number;
  let task: string;

  beforeAll(async () => {
    const root = makeProject(ECHO);
    const [koa, lambda] = await Promise.all([bundle(root, 'server'), bundle(root, 'lambda')]);
    for (const [name, content] of koa.files) writeFile(root, `build/koa/${name}`, content as unknown as string);
    server = spawn(process.execPath, [join(root, 'build/koa/index.js')], {
      env: { ...process.env, NODE_OPTIONS: '', PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    port = await new Promise((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
      createInterface({ input: server.stdout! }).once('line', (line) => resolve(Number(/:(\d+)$/.exec(line)![1])));
    });
    // Outside of the project: what the bundle needs must be in it.
    task = mkdtempSync(join(tmpdir(), 'twodoors-task-'));
    for (const [name, content] of lambda.files) writeFileSync(join(task, name), content);
  });

  afterAll(() => {
    server.kill();
    rmSync(task, { recursive: true });
    removeProjects();
  });

  async function invokeBundle(event: string): Promise<TestResponse> {
    const script = `require('./index.js').handler(JSON.parse(process.argv[1]), {}).then((r) => console.log(JSON.stringify(r)))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, event], {
      cwd: task,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    return fromResult(JSON.parse(stdout) as Result);
  }

  test.each(['live-apigwv1', 'live-apigwv2', 'live-functionurl', 'live-alb'])('%s', async (name) => {
    const overSocket = essence(toTestResponse(await sendOverSocket(port, REQUEST)));
    expect(JSON.parse(overSocket.body)).toEqual(SEEN);
    expect(overSocket).toMatchObject({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-probe': 'first,second' },
      cookies: ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'],
    });
    const event = readFileSync(join(fixtures!, `${name}.json`), 'utf8');
    expect(essence(await invokeBundle(event))).toEqual(overSocket);
  });
});
