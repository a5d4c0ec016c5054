/** The command, and what a build makes of a document. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { parse } from 'yaml';
import {
  BOOTSTRAPS,
  type BuiltBundle,
  bundleAll,
  makeProject,
  REPOSITORY,
  removeProjects,
  writeFile,
} from '../projects.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(300_000);
afterAll(removeProjects);

const appOf = (options: string, controller = '') => `
import { Body, Controller, defineApp, Get, Post } from 'twodoors';
import { IsString } from 'class-validator';
class Todo { @IsString() title!: string; }
console.log('the app prints');
setInterval(() => {}, 1000);
@Controller('/todos') class TodoController {
  constructor() { if (process.argv[1]?.includes('twodoors/dist')) throw new Error('constructed'); }
  /**
   * Adds a todo.
   *
   * Its title may
   * be anything.
   * @param todo is for editors
   */
  @Post() add(@Body() todo: Todo): string { return todo.title; }
  @Get() async all(): Promise<Todo[]> { return []; }
  ${controller}
}
export const app = defineApp({ controllers: [TodoController], ${options} });
`;
const SERVED = "openapi: { path: '/openapi.json', ui: '/docs', info: { title: 'Todos' } }";

let root: string;
beforeAll(() => {
  root = makeProject({
    'src/app.ts': appOf(SERVED, "@Get('/*rest') rest() {}"),
    'src/broken.ts':
      "import { defineApp } from 'twodoors';\nclass Plain {}\nexport const app = defineApp({ controllers: [Plain] });",
  });
});

function openapi(...args: string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(REPOSITORY, 'dist/cli/main.js'), 'openapi', ...args],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, NODE_ENV: undefined },
    },
  );
  return { code: status, out: stdout, error: stderr };
}

test('prints the document as JSON or YAML, and warnings beside it; nothing is constructed', () => {
  const { code, out, error } = openapi();
  expect(code).toBe(0);
  expect(error).toBe(
    'the app prints\nWarning: TodoController.rest, *rest takes several segments, which OpenAPI cannot say. It is described as one.\n',
  );
  const document = JSON.parse(out) as object;
  expect(document).toMatchObject({
    openapi: '3.1.1',
    info: { title: 'Todos', version: '1.0.0' },
    paths: {
      '/todos': {
        post: {
          operationId: 'TodoController_add',
          summary: 'Adds a todo',
          description: 'Its title may\nbe anything.',
        },
      },
    },
  });
  const yaml = openapi('--yaml').out;
  expect(yaml).toMatch(/^openapi: 3\.1\.1\n/);
  expect(parse(yaml)).toEqual(document);
});

test('--check succeeds for a current file, whatever its format and order, and names what differs', () => {
  const document = JSON.parse(openapi().out) as { paths: Record<string, unknown>; info: object; tags?: unknown };
  const { paths, ...rest } = document;
  writeFile(root, 'api.json', JSON.stringify({ paths, ...rest }));
  writeFile(root, 'api.yaml', openapi('--yaml').out);
  for (const file of ['api.json', 'api.yaml']) {
    expect(openapi('--check', file)).toMatchObject({ code: 0, out: `${file} is current.\n` });
  }
  writeFile(
    root,
    'old.yaml',
    JSON.stringify({ ...rest, info: { title: 'Old', version: '1.0.0', contact: {} }, paths: {} }),
  );
  const { code, out } = openapi('--check', 'old.yaml');
  expect(code).toBe(1);
  expect(out).toBe(
    [
      'old.yaml is not the document of the app:',
      '  info › contact is no longer in the app',
      '  info › title is "Old", not "Todos"',
      '  paths › /todos is missing',
      '  paths › /todos/{rest} is missing',
      'Write it again: npx twodoors openapi --yaml > old.yaml',
      '',
    ].join('\n'),
  );
});

test.each([
  [['src/gone.ts'], 'There is no src/gone.ts.'],
  [['src/broken.ts'], 'Plain: it is in the list of controllers, but has no @Controller() decorator.'],
  [['--check', 'gone.json'], 'Cannot read gone.json'],
  [['--check', 'src/app.ts'], 'src/app.ts is neither JSON nor YAML'],
])('%s is refused with what is wrong', (args, message) => {
  const { code, error } = openapi(...args);
  expect(error).toContain(message);
  expect(error).not.toContain('    at ');
  expect(code).toBe(1);
});

test('the reviewed document is valid by redocly', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(REPOSITORY, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', '--extends=spec', 'test/openapi/every-app.json'],
    {
      cwd: REPOSITORY,
      encoding: 'utf8',
      timeout: 120_000,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', NODE_OPTIONS: '' },
    },
  );
  expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('Your API description is valid')]);
});

describe('a Lambda bundle', () => {
  let bundles: BuiltBundle[];
  beforeAll(async () => {
    const projects = [appOf(SERVED), appOf('')].map((app) =>
      makeProject({ ...BOOTSTRAPS, 'src/app.ts': app.replace('setInterval(() => {}, 1000);', '') }),
    );
    bundles = (await bundleAll(projects, 'lambda')).map((result) => {
      if (result instanceof Error) throw result;
      return result;
    });
  });

  const isOfOpenApi = (name: string) => /\/openapi\//.test(name);

  test('has nothing of OpenAPI if its app does not serve a document', () => {
    const [, without] = bundles;
    const left = without!.modules.filter(({ name }) => isOfOpenApi(name));
    // What stands for it does nothing.
    expect(left.map(({ name }) => name.replace(/^.*\//, ''))).toEqual(['no-api-routes.js']);
    expect(left.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(200);
  });

  test('has the document as text, and makes none', () => {
    const [served] = bundles;
    const folder = makeProject({});
    for (const [name, content] of served!.files) writeFile(folder, `function/${name}`, content as unknown as string);
    const script = `
      console.log = console.error;
      const { handler } = require(${JSON.stringify(join(folder, 'function/index.js'))});
      const event = { version: '2.0', rawPath: '/openapi.json', rawQueryString: '', headers: {}, requestContext: { http: { method: 'GET', path: '/openapi.json' }, domainName: 'id.execute-api.eu-central-1.amazonaws.com', stage: '$default' } };
      handler(event, {}).then(({ body }) => {
        const isMaking = Object.keys(require.cache).some((name) => /document-maker|plan-app/.test(name));
        process.stdout.write(JSON.stringify({ isMaking, document: JSON.parse(body) }));
      });`;
    const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    const { isMaking, document } = JSON.parse(stdout) as { isMaking: boolean; document: { paths: object } };
    expect(isMaking).toBe(false);
    expect(Object.keys(document.paths)).toEqual(['/todos']);
    expect(document).toMatchObject({ openapi: '3.1.1', info: { title: 'Todos' } });
    // As at the Koa door, whose server has the doc comments too.
    expect(document.paths).toMatchObject({ '/todos': { post: { summary: 'Adds a todo' } } });
    const todos = { type: 'array', items: { $ref: '#/components/schemas/Todo' } };
    expect(document.paths).toMatchObject({
      '/todos': { get: { responses: { 200: { content: { 'application/json': { schema: todos } } } } } },
    });
    const code = [...served!.files].filter(([name]) => name.endsWith('.js')).map(([, content]) => Buffer.from(content));
    expect(code.some((content) => /is for editors|twodoors\.returns[^;]{0,8}\?\?=/.test(String(content)))).toBe(false);
  });
});
