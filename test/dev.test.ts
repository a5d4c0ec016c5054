/** What `twodoors dev` and the commands beside it take from the environment, and what they say of requests. */

import { networkInterfaces } from 'node:os';
import { jest } from '@jest/globals';
import { Command, endCommands } from './command.js';
import { makeProject, removeProjects } from './projects.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(120_000);
afterEach(endCommands);
afterAll(removeProjects);

const project = (more: Record<string, string> = {}) =>
  makeProject({
    'src/bootstrap-koa.ts':
      "import { serve } from 'twodoors/koa'; import { app } from './app.js'; await serve(app, { port: Number(process.env.PORT) });",
    'src/bootstrap-lambda.ts':
      "import { createHandler } from 'twodoors/lambda'; import { app } from './app.js'; export const handler = createHandler(app);",
    'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
@Controller()
class Home { @Get('/') home() { return 'hello'; } }
export const app = defineApp({ controllers: [Home] });
`,
    ...more,
  });

/** The addresses of this machine in its networks. */
const OUTSIDE = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .filter(({ internal, family }) => !internal && family === 'IPv4')
  .map(({ address }) => address);

/** Which of the addresses take a connection on a port. */
async function reachable(port: string): Promise<string[]> {
  const tried = OUTSIDE.map(async (address) => {
    const response = await fetch(`http://${address}:${port}`).catch(() => undefined);
    return response?.status === 200 ? [address] : [];
  });
  return (await Promise.all(tried)).flat();
}

describe.each(['koa', 'lambda'])('dev --door %s', (door) => {
  const dev = (args: readonly string[] = [], env: Record<string, string> = {}) =>
    new Command(['dev', '--door', door, ...args], project(), { PORT: '0', ...env });

  test('listens on 127.0.0.1 only, whatever HOST is in the shell', async () => {
    const { hostname, port, origin } = new URL(await dev([], { HOST: '0.0.0.0' }).address());
    expect(hostname).toBe('127.0.0.1');
    expect((await fetch(origin)).status).toBe(200);
    expect(await reachable(port)).toEqual([]);
  });

  test('listens where --host says', async () => {
    const { hostname, port } = new URL(await dev(['--host', '0.0.0.0']).address());
    expect(hostname).toBe('localhost');
    expect(await reachable(port)).toEqual(OUTSIDE);
  });

  test('names an address that this machine does not have', async () => {
    // TEST-NET-1 (RFC 5737) belongs to no machine.
    const command = dev(['--host', '192.0.2.1']);
    expect(await command.line(/192\.0\.2\.1 does not belong to this machine/)).toMatch(/or correct/);
  });

  test('prints one line for each request', async () => {
    const command = dev();
    const address = await command.address();
    await fetch(`${address}/?a=1`);
    await fetch(`${address}/none`, { method: 'POST', body: 'x' });
    const name = door === 'koa' ? 'koa' : 'url';
    expect(await command.line(new RegExp(`^${name} `))).toMatch(/^\w+ {2}GET {2}\/\?a=1 {2}200 {2}[\d.]+ ms/);
    expect(await command.line(new RegExp(`^${name} `))).toMatch(/^\w+ {2}POST {2}\/none {2}404 {2}[\d.]+ ms/);
  });
});

test('start listens on HOST', async () => {
  const command = new Command(['start'], project(), { PORT: '0', HOST: '127.0.0.1' });
  const { hostname, port } = new URL(await command.address());
  expect([hostname, await reachable(port)]).toEqual(['127.0.0.1', []]);
});
