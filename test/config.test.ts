import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { functionSettings } from '../src/cli/config/function-settings.js';
import { Command, endCommands } from './command.js';
import { makeProject, removeProjects, writeFile } from './projects.js';
import { runCommand } from './run-command.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterEach(endCommands);
afterAll(removeProjects);

const APP = {
  'src/bootstrap-koa.ts': `
import { serve } from 'twodoors/koa';
import { app } from './app.js';
await serve(app, { port: Number(process.env.PORT) });
console.log(JSON.stringify([process.env.FROM_FILE, process.env.FROM_BOTH]));
process.kill(process.pid, 'SIGTERM');
`,
  'src/bootstrap-lambda.ts': `
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';
export const handler = createHandler(app);
`,
  'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
@Controller() class Home { @Get('/') home() { return process.env.FROM_FILE; } }
export const app = defineApp({ controllers: [Home] });
`,
};

const withConfig = (config: string) => makeProject({ ...APP, 'twodoors.config.ts': config });

describe('twodoors.config.ts', () => {
  it('is TypeScript, and can import other files', async () => {
    const root = withConfig(`
import { defineConfig } from 'twodoors/config';
import { folder } from './where.js';
export default defineConfig({ views: [folder satisfies string] });
`);
    writeFile(root, 'where.ts', "export const folder = 'src/pages';");
    writeFile(root, 'src/app.ts', APP['src/app.ts'].replace('[Home]', '[Home], views: nunjucks()'));
    writeFile(
      root,
      'src/app.ts',
      `import { nunjucks } from 'twodoors/views';${readFileSync(join(root, 'src/app.ts'))}`,
    );
    const { code, output } = await runCommand(['build', 'lambda'], root);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('there is no folder src/pages in') });
    expect(existsSync(join(root, 'build')) && readdirSync(join(root, 'build'))).toEqual([]);
  });

  it('is overridden by flags', async () => {
    const root = withConfig("export default { views: ['src/pages'] };");
    writeFile(root, 'src/app.ts', `import 'twodoors/views';${APP['src/app.ts']}`);
    const { output } = await runCommand(['build', 'lambda', '--views', 'src/other'], root);
    expect(output).toContain('there is no folder src/other in');
  });

  const config = (lambda: string) => `export default { lambda: { ${lambda} } };`;
  const rows: [mistake: string, config: string, message: RegExp | string][] = [
    [
      'a misspelled option',
      config('memorysize: 128'),
      '"lambda.memorysize" is not an option. Did you mean "lambda.memorySize"?',
    ],
    [
      'an option in the wrong place',
      'export default { timeout: 3 };',
      '"timeout" is not an option. Did you mean "lambda.timeout"?',
    ],
    [
      'an unknown option',
      'export default { wholly: 3 };',
      '"wholly" is not an option. The options are "views", "public", "koa", "lambda".',
    ],
    [
      'a value of the wrong type',
      config("timeout: '29'"),
      '"lambda.timeout" is "29", but must be a whole number of seconds from 1 to 900.',
    ],
    [
      'a value out of range',
      config('memorySize: 64'),
      '"lambda.memorySize" is 64, but must be a whole number of MB from 128 to 10240.',
    ],
    [
      'a value that is not in the list',
      config("runtime: 'nodejs20.x'"),
      '"lambda.runtime" is "nodejs20.x", but must be one of "nodejs22.x", "nodejs24.x".',
    ],
    [
      'a retention time that CloudWatch does not accept',
      config('logRetentionInDays: 31'),
      /"lambda\.logRetentionInDays" is 31, but must be a number of days that CloudWatch accepts \(1, 3, /,
    ],
    [
      'an environment variable that is not a string',
      config('environment: { PORT: 1 }'),
      '"lambda.environment" is {"PORT":1}, but must be an object of strings whose names are letters, digits and underscores.',
    ],
    ['an array instead of an object', config('cors: []'), '"lambda.cors" is [], but must be an object.'],
    [
      'a misspelled option of a nested object',
      config('cors: { alowOrigins: [] }'),
      '"lambda.cors.alowOrigins" is not an option. Did you mean "lambda.cors.allowOrigins"?',
    ],
    [
      'no default export',
      'export const config = {};',
      'has no default export. Write: export default defineConfig({ … }).',
    ],
    [
      'a default export that is a function',
      'export default () => ({});',
      'The default export is a function; export an object.',
    ],
    ['a config that throws', "throw new Error('no STAGE'); export default {};", 'throws an error: no STAGE'],
    ['a config that cannot be compiled', 'export default {', /twodoors\.config\.ts:1:\d+/],
  ];
  it.each(rows)('fails with a message for %s', async (_mistake, content, message) => {
    const { code, output } = await runCommand(['build'], withConfig(content));
    expect({ code, output }).toEqual({
      code: 1,
      output: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
    });
    expect(output).toMatch(/twodoors\.config\.ts/);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('fails with every mistake at once', async () => {
    const { output } = await runCommand(
      ['build'],
      withConfig("export default { view: [], lambda: { timeout: 0, gateway: 'nlb' } };"),
    );
    expect(output.split('\n').map((line) => /"[\w.]+"/.exec(line)![0])).toEqual([
      '"view"',
      '"lambda.timeout"',
      '"lambda.gateway"',
    ]);
  });
});

describe('the function', () => {
  it('has the name of the package by default', () => {
    expect(functionSettings({}, '@scope/my.app').functionName).toBe('my-app');
    expect(functionSettings({ lambda: { functionName: 'x' } }, 'app').functionName).toBe('x');
  });

  it('has defaults', () => {
    expect(functionSettings({ lambda: { memorySize: undefined } }, 'app')).toEqual({
      functionName: 'app',
      runtime: 'nodejs22.x',
      architecture: 'arm64',
      memorySize: 512,
      timeoutSeconds: 29,
      environment: {},
      logRetentionInDays: 30,
      gateway: 'url',
      streaming: false,
      cors: undefined,
      format: 'cjs',
      external: [],
      zipPackages: [],
      stage: undefined,
      reservedConcurrency: undefined,
      tracing: false,
      alias: undefined,
      layers: [],
      secrets: {},
      policies: [],
      vpc: undefined,
      tags: {},
      logFormat: 'text',
      logLevel: undefined,
      systemLogLevel: undefined,
      urlAuth: 'none',
      domain: undefined,
      throttling: undefined,
      accessLogs: undefined,
      alarms: undefined,
      schedules: [],
      queues: [],
    });
  });
});

describe('.env', () => {
  const root = () =>
    makeProject({ ...APP, '.env': 'FROM_FILE=secret-of-the-file\nFROM_BOTH="in the file"\nNODE_ENV=staging\n' });
  const env = { PORT: '0', FROM_BOTH: 'set', FROM_FILE: undefined };

  it.each(['start', 'dev'])('is read by %s, and does not override variables that are set', async (command) => {
    const { output } = await runCommand([command], root(), env, (line) => line.startsWith('['));
    expect(output).toContain('["secret-of-the-file","set"]');
  });

  it('is read by dev --door lambda, which also applies the config', async () => {
    const config =
      "{ lambda: { functionName: 'mine', memorySize: 256, gateway: 'rest', environment: { STAGE: 'live' } } }";
    const folder = makeProject({
      ...APP,
      '.env': 'FROM_FILE=read\nFROM_BOTH=in-the-file\n',
      'twodoors.config.ts': `export default ${config};`,
      'src/app.ts': `
import { Controller, defineApp, Get, type HttpRequest, Req } from 'twodoors';
const names = ['FROM_FILE', 'FROM_BOTH', 'STAGE', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE'];
@Controller() class Home {
  @Get('/') home(@Req() request: HttpRequest) { return [request.lambda?.source, ...names.map((name) => process.env[name])]; }
}
export const app = defineApp({ controllers: [Home] });
`,
    });
    const command = new Command(['dev', '--door', 'lambda'], folder, env);
    expect(await (await fetch(await command.address())).json()).toEqual(['rest', 'read', 'set', 'live', 'mine', '256']);
  });

  it('does not reach the build', async () => {
    const folder = root();
    expect((await runCommand(['build'], folder, env)).code).toBe(0);
    const files = readdirSync(join(folder, 'build'), { recursive: true, withFileTypes: true }).filter((f) =>
      f.isFile(),
    );
    expect(files.length).toBeGreaterThan(4);
    for (const { parentPath, name } of files) {
      expect([name, readFileSync(join(parentPath, name)).includes('secret-of-the-file')]).toEqual([name, false]);
    }
  });
});
