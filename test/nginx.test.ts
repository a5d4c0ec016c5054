import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { jest } from '@jest/globals';
import { Body, Controller, defineApp, Get, type HttpRequest, Param, Post, Req } from '../src/runtime/index.js';
import { type RunningServer, serve } from '../src/runtime/koa/index.js';
import { REPOSITORY } from './source-files.js';

// The configuration of docs/deploy-koa.md in a real nginx, in front of a real server.

const nginxPath = `${process.env['PATH']}${delimiter}/usr/sbin`
  .split(delimiter)
  .map((folder) => join(folder, 'nginx'))
  .find((path) => existsSync(path));
if (nginxPath === undefined) test.skip('nginx is not installed here: apt-get install nginx', () => {});

let release: () => void;
const released = new Promise<void>((resolve) => {
  release = resolve;
});

@Controller()
class ProxiedController {
  @Get('/client')
  client(@Req() { client, headers }: HttpRequest) {
    return { ...client, host: headers['x-forwarded-host'] };
  }

  @Post('/form')
  form() {
    return 'taken';
  }

  @Get('/names/:name')
  name(@Param('name') name: string, @Req() { path }: HttpRequest) {
    return { name, path };
  }

  @Post('/size')
  size(@Body() body: Uint8Array) {
    return { size: body.length };
  }

  @Get('/parts')
  async *parts() {
    yield 'first\n';
    await released;
    yield 'second\n';
  }
}

(nginxPath === undefined ? describe.skip : describe)('behind nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-nginx-'));
  let nginx: ChildProcess;
  let server: RunningServer;
  let origin: string;
  let connections = 0;

  beforeAll(async () => {
    jest.spyOn(console, 'log').mockImplementation(() => {});
    const app = defineApp({ controllers: [ProxiedController], trustProxy: 1, bodyLimit: 1_000_000 });
    server = await serve(app, { port: 0, host: '127.0.0.1' });
    server.server.on('connection', () => connections++);
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const page = readFileSync(join(REPOSITORY, 'docs/deploy-koa.md'), 'utf8');
    const config = /```nginx\n# shop\.conf\n([^`]+)```/.exec(page)![1]!;
    const own = config
      .replace('127.0.0.1:3000', `127.0.0.1:${server.port}`)
      .replace('listen 80;', `listen 127.0.0.1:${port};`);
    expect(own).not.toBe(config);
    mkdirSync(join(folder, 'temporary'));
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/temporary/${name};`,
    );
    writeFileSync(
      join(folder, 'nginx.conf'),
      `${process.getuid?.() === 0 ? 'user root; ' : ''}daemon off; pid ${folder}/pid; error_log stderr;\nevents {}\nhttp { access_log off; ${paths.join(' ')}\n${own}}\n`,
    );
    const args = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
    execFileSync(nginxPath!, ['-t', ...args], { stdio: 'pipe' });
    nginx = spawn(nginxPath!, args, { stdio: 'ignore' });
    await listens(port);
  });

  afterAll(async () => {
    const ended = once(nginx, 'exit');
    nginx.kill('SIGTERM');
    await Promise.all([ended, server.close()]);
    rmSync(folder, { recursive: true });
    jest.restoreAllMocks();
  });

  test('the app knows the client and the address that it asked, and believes no forged ones', async () => {
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    const response = await fetch(`${origin}/client?a=1`, { headers: forged });
    const host = new URL(origin).host;
    expect(await response.json()).toEqual({ address: '127.0.0.1', protocol: 'http', host });
  });

  test.each([
    ['the site itself', () => origin, 200],
    ['another site', () => 'https://evil.example', 403],
  ])('a form of %s: nginx keeps its port', async (_name, site, status) => {
    const response = await fetch(`${origin}/form`, {
      method: 'POST',
      headers: { origin: site() },
      body: new URLSearchParams(),
    });
    expect(response.status).toBe(status);
  });

  test.each(['/names/a%2Fb', '/names/caf%C3%A9', '/names/%20x'])('the path %s is sent as it came', async (path) => {
    const direct = await fetch(`${server.url}${path}`);
    const proxied = await fetch(origin + path);
    expect([proxied.status, await proxied.text()]).toEqual([direct.status, await direct.text()]);
    expect(proxied.status).toBe(200);
  });

  test.each([
    [500_000, 200, '{"size":500000}'],
    [1_500_000, 413, expect.stringContaining('"status":413')],
  ])('an upload of %d bytes is the %d of the app', async (size, status, body) => {
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await fetch(`${origin}/size`, { method: 'POST', headers, body: Buffer.alloc(size) });
    expect([response.status, await response.text()]).toEqual([status, body]);
  });

  test('a stream arrives while it is written', async () => {
    const response = await fetch(`${origin}/parts`);
    const reader = response.body!.getReader();
    const first = await reader.read();
    // The second part is written when the first has been read.
    release();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read())
      rest += Buffer.from(part.value).toString();
    expect([Buffer.from(first.value!).toString(), rest]).toEqual(['first\n', 'second\n']);
  });

  test('nginx keeps its connections to the server', async () => {
    await get(`${origin}/client`);
    const before = connections;
    for (let i = 0; i < 5; i++) expect(await get(`${origin}/client`)).toBe(200);
    expect(connections - before).toBe(0);
  });
});

/** Asks on a connection of its own. */
async function get(url: string): Promise<number> {
  const request = send(url, { agent: false }).end();
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when something listens on a port. */
async function listens(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
  }
}
