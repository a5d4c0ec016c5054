import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { type AppOptions, Controller, defineApp, Get, type StartupError } from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { type SessionsOptions, sessions } from 'twodoors/sessions';
import { describeMistake } from '../../src/runtime/declarations/mistakes.js';
import { bundle, makeProject, removeProjects, writeFile } from '../projects.js';

// Bundles are built, and processes started.
jest.setTimeout(240_000);
afterAll(removeProjects);

@Controller()
class HomeController {
  @Get() home() {
    return 'home';
  }
}

/** What keeps an app from starting; the testing kit, which brings a secret, is not loaded here. */
function mistakesOf(options: SessionsOptions, more: Partial<AppOptions> = { development: false }): readonly string[] {
  const app = defineApp({ controllers: [HomeController], use: [sessions(options)], ...more });
  try {
    createHandler(app);
  } catch (error) {
    expect(() => toKoa(app)).toThrow((error as Error).message);
    return (error as StartupError).mistakes.map(describeMistake);
  }
  return [];
}

const MISSING = [
  expect.stringMatching(/^defineApp, use\[0\]: sessions\(\): its secret is missing\. Set it to some 32 random bytes/),
];
const RIGHT = { secret: 'secret' };

test.each<[rule: string, options: SessionsOptions, mistakes: unknown[]]>([
  ['a missing secret', {}, MISSING],
  ['one that is not set', { secret: undefined }, MISSING],
  ['an empty one', { secret: '' }, MISSING],
  ['an empty list', { secret: [] }, MISSING],
  ['a list whose first key is missing', { secret: [undefined, 'previous'] }, MISSING],
  ['a secret', { secret: 'secret' }, []],
  ['a list', { secret: ['current', undefined] }, []],
  ['a function, which is called at first use', { secret: () => undefined }, []],
  [
    'an age that is not whole',
    { ...RIGHT, maxAge: 1.5 },
    [expect.stringMatching(/maxAge: 1\.5 is not a whole number/)],
  ],
  ['an age of none', { ...RIGHT, maxAge: 0 }, [expect.stringMatching(/maxAge: 0 is not a whole number/)]],
  [
    'a name that is not a token',
    { ...RIGHT, name: 'a b' },
    [expect.stringMatching(/the cookie "a b": its name is not/)],
  ],
  ['a domain with __Host-', { ...RIGHT, name: '__Host-s', domain: 'a.b' }, [expect.stringMatching(/no domain/)]],
  ['a store that is not one', { ...RIGHT, store: new Map() as never }, [expect.stringMatching(/it is not a Keyv/)]],
  [
    'all at once',
    { maxAge: -1, path: 'x' },
    [...MISSING, expect.stringMatching(/begin with a slash/), expect.stringMatching(/maxAge: -1/)],
  ],
])('at startup, in production: %s', (_rule, options, mistakes) => {
  expect(mistakesOf(options)).toEqual(mistakes);
});

test('in development no secret is needed', () => {
  expect(mistakesOf({}, { development: true })).toEqual([]);
});

/** Runs an app's requests in a process of its own. */
async function run(root: string, args: string[], env: Record<string, string>): Promise<{ out: string; err: string }> {
  const child = spawn(process.execPath, args, { cwd: root, env: { PATH: process.env['PATH']!, ...env } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  await once(child, 'close');
  return { out, err };
}

describe('a bundle without a secret', () => {
  let root: string;
  let home: string;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'twodoors-home-'));
    root = makeProject({
      'tsconfig.json': readFileSync(new URL('../../tsconfig.json', import.meta.url), 'utf8').replace(
        '"customConditions": ["twodoors-source"],',
        '',
      ),
      'src/app.ts': `
        import { Controller, defineApp, Get } from 'twodoors';
        import { Session, sessions } from 'twodoors/sessions';
        @Controller() class CountController {
          @Get() count(@Session() session: Session<{ n: number }>) {
            session.n = (session.n ?? 0) + 1;
            return { n: session.n };
          }
        }
        export const app = defineApp({ controllers: [CountController], use: [sessions()] });`,
      'src/bootstrap-lambda.ts': `
        import { createHandler } from 'twodoors/lambda';
        import { app } from './app.js';
        export const handler = createHandler(app);`,
    });
    const { files } = await bundle(root, 'lambda');
    for (const [name, content] of files) writeFile(root, `build/lambda/${name}`, Buffer.from(content).toString());
  });
  afterAll(() => rmSync(home, { recursive: true }));

  const EVENT = {
    version: '2.0',
    rawPath: '/',
    rawQueryString: '',
    headers: {},
    requestContext: { domainName: 'x', stage: '$default', http: { method: 'GET', path: '/' } },
  };
  const REQUEST = `
    const { handler } = require('./build/lambda/index.js');
    (async () => {
      const { body, cookies } = await handler({ ...${JSON.stringify(EVENT)}, cookies: process.argv.slice(1) });
      console.log(JSON.stringify({ body, cookie: cookies[0].split(';')[0] }));
    })();`;

  test('uses this machine’s own in development, with a warning, and keeps it', async () => {
    const env = { NODE_ENV: 'development', XDG_STATE_HOME: home };
    const first = await run(root, ['-e', REQUEST], env);
    expect(first.err).toMatch(
      /^sessions\(\): no secret is set\. It uses this machine's own from .*development-secret\./,
    );
    const { cookie } = JSON.parse(first.out);
    const second = await run(root, ['-e', REQUEST, cookie], env);
    expect(JSON.parse(second.out).body).toBe('{"n":2}');
    expect(statSync(join(home, 'twodoors/development-secret')).mode & 0o777).toBe(0o600);
  });

  test('uses a random one where there is no place to keep it', async () => {
    const { out, err } = await run(root, ['-e', REQUEST], { NODE_ENV: 'development', XDG_STATE_HOME: '/dev/null' });
    expect(err).toMatch(/It uses a random one until the process ends/);
    expect(JSON.parse(out).body).toBe('{"n":1}');
  });

  test('does not start outside of development', async () => {
    const { out, err } = await run(root, ['-e', REQUEST], { XDG_STATE_HOME: home });
    expect(out).toBe('');
    expect(err).toMatch(
      /StartupError: The app cannot start\. There is 1 mistake:\n {2}1\. defineApp, use\[0\]: sessions\(\): its secret/,
    );
  });

  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

  test('is built and measured all the same', async () => {
    const { out, err } = await run(root, [main, 'build', 'lambda', '--report'], { HOME: home });
    expect(err).toBe('');
    expect(out).toContain('build/lambda.zip');
    expect(out).toMatch(/GET \/ through .*: 200/);
  });

  test('runs in a local Lambda, with the secret of this machine', async () => {
    writeFile(root, 'event.json', JSON.stringify(EVENT));
    const { out, err } = await run(root, [main, 'invoke', 'event.json'], { HOME: home });
    expect(out).toContain('{\\"n\\":1}');
    expect(err).toMatch(/It uses this machine's own from .*\.local\/state\/twodoors\/development-secret/);
  });
});
