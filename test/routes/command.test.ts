import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { makeProject, REPOSITORY, removeProjects } from '../projects.js';

const APP = `
import { All, Body, Controller, Cookie, defineApp, Delete, Get, Head, Headers, oneOf, Param, Post, Query, Req, UploadedFile, UploadedFiles, Use, type HttpRequest, type Middleware } from 'twodoors';
import { IsInt, IsString } from 'class-validator';

console.log('the app prints');
setInterval(() => {}, 1000);

const requireUser: Middleware = (request, next) => next();
function audit(request: HttpRequest, next: () => unknown) { return next() as never; }

export class CreateTodo {
  @IsString() title!: string;
}
export class Page {
  @IsInt() page = 1;
}

@Controller('/todos') @Use(requireUser)
class TodoController {
  constructor() { throw new Error('constructed'); }
  @Get('/new') form() {}
  @Get('/:id') show(@Param('id') id: number, @Headers('x-token') token: string, @Query('verbose') verbose: boolean = false, @Cookie('theme?') theme?: string, @Req() request?: HttpRequest) {}
  @Head('/:id') size() {}
  @Get() list(@Query() page: Page, @Query('tag', [String], { optional: true }) tags?: string[], @Query('sort', oneOf('asc', 'desc')) sort: string = 'asc') {}
  @Post() @Use(audit, (request, next) => next()) create(@Body() todo: CreateTodo) {}
  @Post('/album') album(@UploadedFile('cover', { types: ['image/png', 'image/jpeg'] }) cover: UploadedFile, @UploadedFiles('photos?') photos: UploadedFile[]) {}
  @Delete('/:id.:format{/:part}') remove(@Param('id') id: string, @Param('part?') part?: string) {}
}
@Controller()
class PageController {
  @All('/*rest') page(@Param('rest') rest: string) {}
  @Get('/todos/:id/parts') parts() {}
}
export const app = defineApp({ controllers: [TodoController, PageController], use: [function cors(request, next) { return next(); }] });
`;

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);

let root: string;
beforeAll(() => {
  root = makeProject({
    'src/app.ts': APP,
    'src/other.ts':
      "import { Controller, defineApp, Get } from 'twodoors';\n@Controller() class Other { @Get('/Secret/x', ) a() { return process.env.FROM_FILE; } }\nexport const app = defineApp({ controllers: [Other], strict: true, caseSensitive: true });",
    'src/files.ts': `
import { All, Controller, defineApp, Get, Param, Post } from 'twodoors';
import { accessLog, cors } from 'twodoors/middleware';
import { sessions } from 'twodoors/sessions';
@Controller() class Files {
  @Get('/menu.css') menu() {}
  @Get('/:name') one(@Param('name') name: string) {}
  @Post('/form') form() {}
  @All('/*rest') all(@Param('rest') rest: string) {}
}
const use = [accessLog(), cors({ origin: '*' }), sessions({ secret: 'x'.repeat(32) })];
const folders = [{ root: 'src/public' }, { root: 'static', prefix: '/static' }];
export const app = defineApp({ controllers: [Files], use, public: folders });
`,
    'src/public/menu.css': 'a {}',
    'src/public/site.css': 'a {}',
    'static/site.css': 'a {}',
    'src/broken.ts':
      "import { defineApp } from 'twodoors';\nclass Plain {}\nexport const app = defineApp({ controllers: [Plain] });",
    'src/users.ts': `
import { Controller, defineApp, Get } from 'twodoors';
import { auth, CurrentUser, LoginRequired } from 'twodoors/auth';
@Controller('/me') @LoginRequired() class Me { @Get() show(@CurrentUser() user: object) {} }
@Controller('/you') class You { @Get() show(@CurrentUser() user: object) {} }
const loadUser = (id: string) => ({ id });
export const app = defineApp({ controllers: [Me, You], use: [auth({ loadUser, identify: [{ scheme: 'other', identify: () => undefined }] })] });
`,
    'src/no-app.ts': 'export const value = 1;',
    'src/throwing.ts': "export const app = (() => { throw new Error('no database'); })();",
  });
});
afterAll(removeProjects);

/** Runs the command. */
function routes(...args: string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(REPOSITORY, 'dist/cli/main.js'), 'routes', ...args],
    { cwd: root, encoding: 'utf8', timeout: 60_000, env: { ...process.env, NODE_ENV: undefined } },
  );
  return { code: status, out: stdout, error: stderr };
}

test('the table has each route with its method, path, handler, parameters and middleware; nothing is constructed', () => {
  const { code, out, error } = routes();
  const [head, ...rows] = out.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
  expect(head).toBe('method | path | handler | parameters | middleware');
  expect(rows).toEqual([
    'POST | /todos/album | TodoController.album | file cover: image/png | image/jpeg, files photos?: any type | requireUser',
    'GET | /todos/new | TodoController.form | requireUser',
    'DELETE | /todos/:id.:format{/:part} | TodoController.remove | id: string, part?: string | requireUser',
    'GET | /todos/:id/parts | PageController.parts',
    'HEAD | /todos/:id | TodoController.size | requireUser',
    'GET | /todos/:id | TodoController.show | id: number, header x-token: string, query verbose?: boolean, cookie theme?: string | requireUser',
    "GET | /todos | TodoController.list | query: Page, query tag?: string[], query sort?: 'asc' | 'desc' | requireUser",
    'POST | /todos | TodoController.create | body: CreateTodo | requireUser, audit, (anonymous)',
    'ALL | /*rest | PageController.page | rest: string',
    '',
    '9 routes; around every reply: cors',
    '',
  ]);
  expect(out.split('\n').filter((line) => line.endsWith(' '))).toEqual([]);
  expect(code).toBe(0);
  expect(error).toBe('the app prints\n');
});

test('a guard that a class and a parameter both put there is named once', () => {
  const { error, out } = routes('src/users.ts', '--json');
  expect(error).toBe('');
  const { routes: listed } = JSON.parse(out) as { routes: { middleware: string[] }[] };
  expect(listed.map(({ middleware }) => middleware)).toEqual([['requireLogin'], ['requireLogin']]);
});

test('middleware of twodoors has the name of its function, and public folders are listed', () => {
  const { out } = routes('src/files.ts');
  expect(out.trimEnd().split('\n').slice(-3)).toEqual([
    '4 routes; around every reply: accessLog, cors, sessions',
    'files of src/public at /',
    'files of static at /static',
  ]);
  expect(JSON.parse(routes('src/files.ts', '--json').out).public).toEqual([
    { root: 'src/public', prefix: '/' },
    { root: 'static', prefix: '/static' },
  ]);
});

test.each([
  ['GET /site.css', 'the file src/public/site.css', 0],
  ['HEAD /static/site.css', 'the file static/site.css', 0],
  ['GET /menu.css', 'Files.menu', 0],
  ['GET /none.css', 'Files.one', 0],
  ['POST /site.css', 'Files.all', 0],
])('--match of a public file: %s is %s', (request, answer, status) => {
  const { code, out } = routes('src/files.ts', '--match', request);
  expect(out.split('\n')[0]).toBe(`${request}: ${answer}`);
  expect(code).toBe(status);
});

test('a route with a parameter matches a file too, but comes later', () => {
  const { out } = routes('src/files.ts', '--match', 'GET /site.css');
  expect(out).toMatch(
    /come later:\n +GET +\/:name +Files\.one +a file is more specific than a route without exactly its path/,
  );
});

test('--json prints the same as data, and what the app prints is not part of it', () => {
  const { code, out } = routes('src/app.ts', '--json');
  expect(code).toBe(0);
  const { use, routes: listed } = JSON.parse(out);
  expect(use).toEqual(['cors']);
  expect(listed).toHaveLength(9);
  expect(listed[1]).toEqual({
    method: 'GET',
    path: '/todos/new',
    controller: 'TodoController',
    handler: 'form',
    parameters: [],
    middleware: ['requireUser'],
  });
});

describe('--match', () => {
  test('shows which route answers, and why the others do not', () => {
    const { code, out } = routes('--match', 'GET /todos/new');
    expect(out.split('\n')).toEqual([
      'GET /todos/new: TodoController.form',
      '  GET  /todos/new  TodoController.form',
      '',
      'These match as well, but come later:',
      '  GET  /todos/:id  TodoController.show  segment 2: "new" is more specific than :id',
      '  ALL  /*rest      PageController.page  segment 1: "todos" is more specific than *rest',
      '',
      'These do not match:',
      '  POST    /todos/album                TodoController.album   segment 2 is "new", not "album"',
      '  DELETE  /todos/:id.:format{/:part}  TodoController.remove  segment 2 is "new", not text with :id and :format',
      '  GET     /todos/:id/parts            PageController.parts   it has another segment, "parts"',
      '  HEAD    /todos/:id                  TodoController.size    it is for HEAD',
      '  GET     /todos                      TodoController.list    it ends after segment 1',
      '  POST    /todos                      TodoController.create  it ends after segment 1',
      '',
    ]);
    expect(code).toBe(0);
  });

  test.each([
    ['/todos/7?x=1#y', 'GET /todos/7: TodoController.show', 'GET  /todos/:id  TodoController.show  id = "7"'],
    [
      'head https://example.com/todos/7',
      'HEAD /todos/7: TodoController.size',
      'a route for HEAD comes before one for GET',
    ],
    ['HEAD /todos', 'HEAD /todos: TodoController.list', 'ALL  /*rest  PageController.page'],
    ['PATCH /todos/7', 'PATCH /todos/7: PageController.page', 'rest = "todos/7"'],
    [
      'DELETE /todos/7.json/raw',
      'DELETE /todos/7.json/raw: TodoController.remove',
      'id = "7", format = "json", part = "raw"',
    ],
    ['/todos/a%2Fb/parts/', 'GET /todos/a%2Fb/parts/: PageController.parts', '/todos/:id/parts  PageController.parts'],
    ['/todos/seven', 'GET /todos/seven: 404: id must be a decimal number', 'GET  /todos/:id  TodoController.show'],
  ])('%s: %s', (request, first, other) => {
    const { code, out } = routes('--match', request);
    expect(out.split('\n')[0]).toBe(first);
    expect(out).toContain(other);
    expect(code).toBe(0);
  });

  test.each([
    ['get /secret/x', '404: no path matches', 'segment 1 is "secret", not "Secret"'],
    ['/Secret/x/', '404: no path matches', 'it ends after segment 2'],
    ['POST /Secret/x', '405 with Allow: GET, HEAD, OPTIONS', 'it is for GET'],
    ['OPTIONS /Secret/x', '204 with Allow: GET, HEAD, OPTIONS', 'it is for GET'],
    ['BREW /Secret/x', '501: no route knows the method BREW', 'it is for GET'],
    ['/Secret/%zz', '400: the path is malformed', ''],
  ])('%s: %s, and the exit code is 1', (request, outcome, reason) => {
    const { code, out } = routes('src/other.ts', '--match', request);
    expect(out).toContain(`: ${outcome}\n`);
    expect(out).toContain(reason);
    expect(code).toBe(1);
  });

  test('--json prints the answer as data', () => {
    const { out } = routes('--json', '--match', 'GET /todos/7');
    expect(JSON.parse(out)).toMatchObject({
      method: 'GET',
      path: '/todos/7',
      outcome: 'answered',
      route: { handler: 'show' },
      params: { id: '7' },
      others: expect.arrayContaining([
        {
          route: expect.objectContaining({ handler: 'page' }),
          isMatching: true,
          reason: 'segment 1: "todos" is more specific than *rest',
        },
      ]),
    });
  });
});

test.each([
  [['src/gone.ts'], 'There is no src/gone.ts. Name the module that exports the app.'],
  [['src/no-app.ts'], 'src/no-app.ts does not export an "app". Write: export const app = defineApp({ … }).'],
  [['src/throwing.ts'], 'src/throwing.ts throws an error: no database'],
  [['src/broken.ts'], 'Plain: it is in the list of controllers, but has no @Controller() decorator. Add one.'],
  [['--match', 'todos'], `"todos" is not a request. Write a method and a path: --match 'GET /todos/7'.`],
])('%s is refused with what is wrong', (args, message) => {
  const { code, error } = routes(...args);
  expect(error).toContain(message);
  expect(error).not.toContain('    at ');
  expect(code).toBe(1);
});
