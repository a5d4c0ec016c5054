import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createInterface } from 'node:readline';
import { REPOSITORY } from './projects.js';

/** An app in plain JavaScript, decorated by hand, on the compiled package: a process of its own needs no compiler. */
const APP = `
  import { Controller, defineApp, Get, Post, Query, Req } from 'twodoors';
  import { serve } from 'twodoors/koa';
  class SlowController {
    fast() { return 'fast'; }
    async slow() { console.log('in the handler'); await new Promise((r) => setTimeout(r, 300)); return 'slow'; }
    endless() { console.log('in the handler'); return new Promise(() => {}); }
    async upload(request) { return (await request.rawBody()).byteLength; }
  }
  Post('/upload')(SlowController.prototype, 'upload', {});
  Req()(SlowController.prototype, 'upload', 0);
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

test.each([
  ['port: Number("http")', 'Invalid port NaN: use 0–65535.\n'],
  ['port: 0, drainTimeout: NaN', 'Invalid drainTimeout NaN: use milliseconds from 0 on, or Infinity.\n'],
  ['port: 0, drainTimeout: -1', 'Invalid drainTimeout -1: use milliseconds from 0 on, or Infinity.\n'],
])('%s ends the process with a reason', async (options, reason) => {
  const server = run(SERVE.replace('port: 0', options));
  expect(await server.exit()).toBe(1);
  expect(server.errors).toBe(reason);
});

test('an app that cannot start ends the process with every mistake and without a stack', async () => {
  const server = run(`
    Get('/fast')(SlowController.prototype, 'slow', {});
    ${SERVE}`);
  expect(await server.exit()).toBe(1);
  expect(server.errors).toMatch(
    /^The app cannot start\. There is 1 mistake:\n {2}1\. SlowController\.slow: GET \/fast .*\n$/,
  );
});

test('close() and a signal run onStop, once, after the requests under way', async () => {
  const server = run(`
    const app = defineApp({ controllers: [SlowController], onStop: () => console.log('onStop') });
    const running = await serve(app, { port: 0 });
    process.stdin.once('data', () => Promise.all([running.close(), running.close()]).then(() => console.log('closed')));
  `);
  const response = fetch(`${await server.url()}/slow`);
  await server.line(/in the handler/);
  server.child.stdin!.write('close');
  // The first reply under way when a drain begins tells the client not to use the connection again.
  expect((await response).headers.get('connection')).toBe('close');
  await server.line(/closed/);
  server.child.stdin!.end();
  expect(await server.exit()).toBe(0);
  expect(server.lines.filter((line) => line === 'onStop' || line === 'closed')).toEqual(['onStop', 'closed']);
});

test('a drain without a limit waits for the requests under way', async () => {
  const server = run(SERVE.replace('port: 0', 'port: 0, drainTimeout: Infinity'));
  const response = fetch(`${await server.url()}/slow`);
  await server.line(/in the handler/);
  server.child.kill('SIGTERM');
  expect(await (await response).text()).toBe('slow');
  expect(await server.exit()).toBe(0);
  expect(server.errors).toBe('');
});

test('HOST says where to listen, and an option says otherwise', async () => {
  expect(await run(SERVE, { HOST: '127.0.0.1' }).url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const server = run(SERVE.replace('port: 0', "port: 0, host: 'localhost'"), { HOST: '127.0.0.1' });
  expect(await server.url()).toMatch(/^http:\/\/localhost:\d+$/);
});

/** Gives a script the function `gc`. */
const GC = `
    import { setFlagsFromString } from 'node:v8';
    import { runInNewContext } from 'node:vm';
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc');
`;

test('2,000 aborted uploads leave nothing in memory and nothing in the log', async () => {
  const server = run(`
    ${GC}
    const { server } = await serve(defineApp({ controllers: [SlowController] }), { port: 0 });
    const sockets = [];
    let closed = 0;
    server.on('connection', (socket) => {
      sockets.push(new WeakRef(socket));
      socket.once('close', () => { if (++closed === 2000) count(); });
    });
    async function count() {
      for (let i = 0; i < 5; i++) { await new Promise(setImmediate); gc(); }
      console.log('kept ' + sockets.filter((socket) => socket.deref() !== undefined).length);
    }
  `);
  const port = Number(new URL(await server.url()).port);
  const abort = async () => {
    const socket = connect(port, 'localhost').on('error', () => {});
    socket.write('POST /upload HTTP/1.1\r\nhost: x\r\ncontent-length: 9999\r\nexpect: 100-continue\r\n\r\nbegin');
    await once(socket, 'data');
    socket.resetAndDestroy();
  };
  for (let i = 0; i < 2000; i += 50) await Promise.all(Array.from({ length: 50 }, abort));
  // The last sockets may still be held by the loop that closed them.
  expect(Number((await server.line(/^kept /)).slice(5))).toBeLessThan(50);
  expect(server.errors).toBe('');
});

test('a body in chunks of one byte takes memory of its size', async () => {
  const server = run(`
    ${GC}
    const { server } = await serve(defineApp({ controllers: [SlowController] }), { port: 0 });
    const memory = () => { gc(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
    server.on('request', (request) => {
      const before = memory();
      let size = 0;
      request.on('data', (chunk) => {
        size += chunk.byteLength;
        if (size === 500000) setImmediate(() => console.log('took ' + (memory() - before)));
      });
    });
  `);
  const socket = connect(Number(new URL(await server.url()).port), 'localhost').on('error', () => {});
  socket.write('POST /upload HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
  socket.write('1\r\nx\r\n'.repeat(500_000));
  expect(Number((await server.line(/^took /)).slice(5))).toBeLessThan(5_000_000);
  socket.destroy();
});
