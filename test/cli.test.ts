import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { CIRCULAR, WAY } from './circular-project.js';
import { Command, endCommands } from './command.js';
import { makeProject, removeProjects, writeFile } from './projects.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterEach(endCommands);
afterAll(removeProjects);

const BOOTSTRAP = `
import { serve } from 'twodoors/koa';
import { app } from './app.js';
await serve(app, { port: Number(process.env.PORT) });
`;
const appSaying = (text: string) => `
import { Controller, defineApp, Get } from 'twodoors';
@Controller()
class Home {
  @Get('/') home() { return { text: '${text}', mode: process.env.NODE_ENV }; }
  @Get('/bug') bug(): string { throw new Error('a bug'); }
}
export const app = defineApp({ controllers: [Home] });
`;
const project = (app = appSaying('one')) => makeProject({ 'src/bootstrap-koa.ts': BOOTSTRAP, 'src/app.ts': app });
const get = async (address: string) => (await fetch(address)).json();

describe('start', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('serves the app in production mode until %s', async (signal) => {
    const command = new Command(['start'], project(), { PORT: '0' });
    expect(await get(await command.address())).toEqual({ text: 'one', mode: 'production' });
    command.process.kill(signal);
    expect(await command.ended()).toMatchObject({ code: 0 });
  });

  it('keeps NODE_ENV, and logs stack traces of the sources', async () => {
    const command = new Command(['start'], project(), { PORT: '0', NODE_ENV: 'staging' });
    const address = await command.address();
    expect(await get(address)).toMatchObject({ mode: 'staging' });
    await fetch(`${address}/bug`);
    expect(await command.line(/Home\.bug/)).toMatch(/src\/app\.ts:6:\d+/);
  });

  it('exits with the code of a server that cannot start', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, output } = await new Command(['start'], project(), { PORT: String(port) }).ended();
    other.close();
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`Port ${port} is taken`) });
  });

  it('prints why a build fails, without a stack trace', async () => {
    const { code, output } = await new Command(['start'], project("import './gone.js';")).ended();
    expect(code).toBe(1);
    expect(output).toContain("Could not resolve './gone.js' in src/app.ts");
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('fails outside of a project, and names the folder', async () => {
    const { code, output } = await new Command(['start'], '/').ended();
    expect({ code, output }).toEqual({
      code: 1,
      output: 'There is no package.json in /. Run twodoors in the folder of your project.',
    });
  });
});

describe('circular imports', () => {
  it.each([['build', 'lambda'], ['start']])('are named by %s %s', async (...args) => {
    const { code, output } = await new Command(args, makeProject(CIRCULAR), { PORT: '0' }).ended();
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(WAY) });
    expect(output).toMatch(
      /: these files import each other, and use each other while they load\.[\s\S]*lazy\(\(\) => CreateTodo\)/,
    );
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('are named by dev, which waits for a change', async () => {
    const root = makeProject(CIRCULAR);
    const command = new Command(['dev'], root, { PORT: '0' });
    expect(await command.line(WAY)).toMatch(WAY);
    await command.line(/Waiting for a change/);
    writeFile(root, 'src/create-todo.ts', "export { CreateTodo } from './model.js';");
    writeFile(
      root,
      'src/model.ts',
      "import { IsInt } from 'class-validator';export class CreateTodo { @IsInt() priority: number = 3; }",
    );
    await command.address();
  });
});

describe('a build that cannot load', () => {
  const lambda = (app: string) =>
    makeProject({ 'src/bootstrap-lambda.ts': CIRCULAR['src/bootstrap-lambda.ts'], 'src/app.ts': app });

  it('fails with every mistake of the app', async () => {
    const root = lambda(`
import { Controller, defineApp, Get, Param } from 'twodoors';
@Controller()
class Home {
  @Get('/:a') one(@Param('b') b: string) { return b; }
  @Get('/:c') two() {}
}
export const app = defineApp({ controllers: [Home] });
`);
    const { code, output } = await new Command(['build'], root).ended();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/There are 2 mistakes:[\s\S]*Home\.one[\s\S]*"b"/),
    });
  });

  it('only warns if the cause may be this machine', async () => {
    const root = lambda("export const app = undefined as never; throw new Error('no DATABASE_URL');");
    const { code, output } = await new Command(['build'], root).ended();
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining(
        'Warning: the bundle does not load on this machine: no DATABASE_URL. Ignore this if it needs something that only Lambda has.',
      ),
    });
  });
});

describe('dev', () => {
  it('restarts for files that are saved by renaming, for new files, and for files in new folders', async () => {
    const root = project();
    const command = new Command(['dev'], root, { PORT: '0' });
    const saved = async (text: string) => expect(await get(await command.address())).toMatchObject({ text });
    const replace = (text: string) => {
      writeFile(root, 'app.ts.tmp', appSaying(text));
      renameSync(join(root, 'app.ts.tmp'), join(root, 'src/app.ts'));
    };
    await saved('one');
    replace('two');
    await saved('two');
    replace('three');
    await saved('three');
    writeFile(root, 'src/app.ts', appSaying('four'));
    await saved('four');
    writeFile(root, 'src/new/text.ts', "export const text = 'five';");
    writeFile(root, 'src/app.ts', `import { text } from './new/text.js';${appSaying("' + text + '")}`);
    await saved('five');
    writeFile(root, 'src/new/text.ts', "export const text = 'six';");
    await saved('six');
  });

  it('fails without a bootstrap, and shows how to write it', async () => {
    const { code, output } = await new Command(['dev'], makeProject({})).ended();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/^There is no src\/bootstrap-koa\.ts in .*serve\(app\)/),
    });
  });

  it('restarts on a change, survives failed builds and starts, and ends on a signal', async () => {
    const root = project();
    const command = new Command(['dev'], root, { PORT: '0' });
    expect(await get(await command.address())).toEqual({ text: 'one', mode: 'development' });

    writeFile(root, 'src/app.ts', appSaying('two'));
    const second = await command.address();
    expect(await get(second)).toMatchObject({ text: 'two' });

    writeFile(root, 'src/app.ts', 'let x = ;');
    await command.line(/src\/app\.ts:1:9/);
    await command.line(/Waiting for a change/);
    expect(await get(second)).toMatchObject({ text: 'two' });

    writeFile(root, 'src/app.ts', appSaying('x').replace("@Get('/')", "@Get('/bug')"));
    await command.line(/The app cannot start/);
    await command.line(/Waiting for a change/);

    writeFile(root, 'src/controllers/deep/text.ts', "export const text = 'three';");
    writeFile(
      root,
      'src/app.ts',
      `import { text } from './controllers/deep/text.js';${appSaying('x').replace("'x'", 'text')}`,
    );
    const third = await command.address();
    expect(await get(third)).toMatchObject({ text: 'three' });

    command.process.kill('SIGTERM');
    expect(await command.ended()).toMatchObject({ code: 0 });
    await expect(fetch(third)).rejects.toThrow();
  });

  it('does not restart for a view, which the server reloads itself', async () => {
    const root = makeProject({
      'src/bootstrap-koa.ts': BOOTSTRAP,
      'src/app.ts': `
import { Controller, defineApp, Get, Render } from 'twodoors';
import { nunjucks } from 'twodoors/views';
@Controller() class Home { @Get('/') @Render('index.html') home() {} }
export const app = defineApp({ controllers: [Home], views: nunjucks({ globals: { pid: process.pid } }) });
`,
      'src/views/index.html': 'old {{ pid }}',
    });
    const command = new Command(['dev'], root, { PORT: '0' });
    const address = await command.address();
    const [, pid] = (await (await fetch(address)).text()).split(' ');
    writeFile(root, 'src/views/index.html', 'new {{ pid }}');
    expect(await (await fetch(address)).text()).toBe(`new ${pid}`);
  });

  it('leaves no server behind, even if it is killed', async () => {
    const command = new Command(['dev'], project(), { PORT: '0' });
    const address = await command.address();
    command.process.kill('SIGKILL');
    // Both processes have the same pipe, which closes when both have exited.
    await once(command.process, 'close');
    await expect(fetch(address)).rejects.toThrow();
  });
});

describe('build', () => {
  it('builds the doors that the project has, and prints the size', async () => {
    const root = makeProject({
      'src/bootstrap-lambda.ts':
        "import { createHandler } from 'twodoors/lambda'; import { app } from './app.js'; export const handler = createHandler(app);",
      'src/bootstrap-koa.ts': BOOTSTRAP,
      'src/app.ts': appSaying('one'),
    });
    const { code, output } = await new Command(['build'], root).ended();
    expect(code).toBe(0);
    expect(output).toMatch(
      /^build\/lambda\/index\.js +[\d.]+ KB, [\d.]+ KB gzip, \d+ modules, handler index\.handler$/m,
    );
    expect(output).toMatch(/^build\/lambda\.zip +[\d.]+ KB, CodeSha256 \S{44}$/m);
    expect(output).toMatch(/^ {2}twodoors +[\d.]+ KB$/m);
  });

  it('suggests the command for a misspelled one', async () => {
    expect(await new Command(['biuld'], project()).ended()).toMatchObject({
      code: 1,
      output: expect.stringContaining('Did you mean build?'),
    });
  });
});
