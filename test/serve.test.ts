import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createInterface } from 'node:readline';
import { REPOSITORY } from './projects.js';

/** An app in plain JavaScript, decorated by hand, on the compiled package: a process of its own needs no compiler. */
const APP = `
  import { Controller, defineApp, Get, Query } from 'twodoors';
  import { serve } from 'twodoors/koa';
  class SlowController {
    fast() { return 'fast'; }
    async slow() { console.log('in the handler'); await new Promise((r) => setTimeout(r, 300)); return 'slow'; }
    endless() { console.log('in the handler'); return new Promise(() => {}); }
  }
  for (const name of ['fast', 'slow', 'endless']) Get('/' + name)(SlowController.prototype, name, {});
  Controller()(SlowController);
`;

class Running {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  errors = '';
  readonly #waiting: { pattern: RegExp; resolve: (line: string) => void }[] = [];

  constructor(script: string, env: Record<string, string> = {}) {
    this.child = spawn(process.execPath, ['--input-type=module', '-e', APP + script], {
      cwd: REPOSITORY,
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    });
    this.child.stderr!.on('data', (chunk) => {
      this.errors += chunk;
    });
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      this.lines.push(line);
      for (const waiter of this.#waiting) if (waiter.pattern.test(line)) waiter.resolve(line);
    });
  }

  line(pattern: RegExp): Promise<string> {
    const known = this.lines.find((line) => pattern.test(line));
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ pattern, resolve });
      this.child.once('exit', (code) => reject(new Error(`the process ended with ${code}: ${this.errors}`)));
    });
  }

  async url(): Promise<string> {
    return (await this.line(/^Listening on /)).replace('Listening on ', '');
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const [code] = await once(this.child, 'exit');
    return code as number | null;
  }
}

const running: Running[] = [];

function run(script: string, env?: Record<string, string>): Running {
  const started = new Running(script, env);
  running.push(started);
  return started;
}

afterAll(() => {
  for (const { child } of running) child.kill('SIGKILL');
});

const SERVE = 'await serve(defineApp({ controllers: [SlowController] }), { port: 0 });';

test('prints its URL in one line', async () => {
  const server = run(SERVE);
  const url = await server.url();
  expect(url).toMatch(/^http:\/\/localhost:\d+$/);
  expect(await (await fetch(`${url}/fast`)).text()).toBe('fast');
  expect(server.lines).toHaveLength(1);
});

test.each(['SIGTERM', 'SIGINT'] as const)('on %s requests under way finish, and the process ends', async (signal) => {
  const server = run(SERVE);
  const url = await server.url();
  // A connection that is kept open must not hold it up.
  const idle = connect(Number(new URL(url).port), 'localhost');
  await once(idle, 'connect');
  const response = fetch(`${url}/slow`);
  await server.line(/in the handler/);
  server.child.kill(signal);
  expect(await (await response).text()).toBe('slow');
  expect(await server.exit()).toBe(0);
  idle.destroy();
});

test('a request that does not finish in time is a 503', async () => {
  const server = run(SERVE.replace('port: 0', 'port: 0, drainTimeout: 50'));
  const response = fetch(`${await server.url()}/endless`);
  await server.line(/in the handler/);
  server.child.kill('SIGTERM');
  expect((await response).status).toBe(503);
  expect(await server.exit()).toBe(0);
});

test('a second signal ends the process at once', async () => {
  const server = run(SERVE);
  const response = fetch(`${await server.url()}/endless`);
  await server.line(/in the handler/);
  server.child.kill('SIGINT');
  // The listening socket is gone as soon as it drains; only then is the signal a second one.
  for (let isOpen = true; isOpen; ) {
    const probe = connect(Number(new URL(await server.url()).port), 'localhost');
    isOpen = await new Promise((resolve) =>
      probe.once('connect', () => resolve(true)).once('error', () => resolve(false)),
    );
    probe.destroy();
  }
  server.child.kill('SIGINT');
  await expect(response).rejects.toThrow();
  expect(await server.exit()).toBe(130);
});

test('a taken port ends the process with a reason', async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const server = run(SERVE.replace('port: 0', `port: ${port}`));
  expect(await server.exit()).toBe(1);
  expect(server.errors).toBe(
    `Port ${port} is taken: another process listens on it. Stop that process, or choose another port, such as PORT=${port + 1}.\n`,
  );
  other.close();
});

test('an invalid port ends the process with a reason', async () => {
  const server = run(SERVE.replace('port: 0', 'port: Number("http")'));
  expect(await server.exit()).toBe(1);
  expect(server.errors).toMatch(/^Invalid port NaN: use 0–65535\.\n$/);
});

test('an app that cannot start ends the process with every mistake and without a stack', async () => {
  const server = run(`
    Get('/fast')(SlowController.prototype, 'slow', {});
    ${SERVE}`);
  expect(await server.exit()).toBe(1);
  expect(server.errors).toMatch(/^The app cannot start\. There is 1 mistake:\n {2}1\. GET \/fast .*\n$/);
});
