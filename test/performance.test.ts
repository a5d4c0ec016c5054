/**
 * Holds what makes requests and cold starts fast, by counting: bytes, modules, allocations, expressions, calls. Nothing
 * here is a time, so that a busy machine changes nothing; times are for `npm run bench` (docs/performance.md).
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import {
  getMetadataStorage,
  IsBoolean,
  IsString,
  Validate,
  type ValidationArguments,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { parseAst } from 'rolldown/parseAst';
import { Controller, compileValidator, defineApp, Get, Param } from 'twodoors';
import { toRouter } from 'twodoors/koa';
import { BUDGETS, judge } from '../bench/budgets.js';
import { LAMBDA_CANDIDATES, SERVER_CANDIDATES } from '../bench/candidates.js';
import { renderChart } from '../bench/chart.js';
import { OWN_COLD_STARTS } from '../bench/cold-starts.js';
import { renderReport } from '../bench/report.js';
import { readResults } from '../bench/results.js';
import { FULL } from '../bench/rounds.js';
import { EARLY_FUNCTIONS } from '../src/cli/bundle/eager/early-functions.js';
import { dropMethodTypes } from '../src/cli/bundle/syntax/method-types-plugin.js';
import { putInParentheses } from '../src/cli/bundle/syntax/put-in-parentheses.js';
import type { SyntaxNode } from '../src/cli/bundle/syntax/syntax-node.js';
import { openDispatcher } from '../src/runtime/dispatch/dispatcher.js';
import { HttpRequest, type RequestReader } from '../src/runtime/http/http-request.js';
import { httpEvent } from './fixtures/events/events.js';
import { type BuiltBundle, bundle, makeProject, REPOSITORY, removeProjects } from './projects.js';

afterAll(removeProjects);

const HELLO = `
import { Controller, defineApp, Get, Param } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
@Controller()
class Hello {
  @Get('/hello/:name') hello(@Param('name') name: string) { return { hello: name }; }
}
export const handler = createHandler(defineApp({ controllers: [Hello] }));
`;

const TODOS = `
import { Body, Controller, Cookie, defineApp, Get, Headers, HttpCode, Param, Post, Query } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { CreateTodo } from './create-todo.js';
@Controller()
class Todos {
  @Get('/') page() { return 'page'; }
  @Get('/hello/:name') hello(@Param('name') name: string) { return { hello: name }; }
  @Get('/search') search(@Query('x') x: number) { return { x }; }
  @Get('/who') who(@Cookie('session') session: string) { return { session }; }
  @Get('/agent') agent(@Headers('user-agent') agent: string) { return { agent }; }
  @Post('/todos') @HttpCode(201) create(@Body() todo: CreateTodo) { return todo; }
  @Post('/ping') ping() { return 'pong'; }
}
export const handler = createHandler(defineApp({ controllers: [Todos] }));
`;

const CREATE_TODO = `
import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsString, Length, Max, MaxLength, Min } from 'class-validator';
export class CreateTodo {
  @IsString() @Length(1, 100) title!: string;
  @IsInt() @Min(1) @Max(5) priority!: number;
  @IsBoolean() done!: boolean;
  @IsString() @MaxLength(50) owner!: string;
  @IsArray() @ArrayMaxSize(10) @IsString({ each: true }) tags!: string[];
}
`;

const TODO = { title: 'Write', priority: 2, done: false, owner: 'Ada', tags: ['book'] };

const get = (path: string, overrides = {}) => httpEvent({ rawPath: path, ...overrides });
const post = (path: string, body: string) =>
  httpEvent({ rawPath: path, headers: { 'content-type': 'application/json' }, body }, {}, 'POST');

/** What is asked of the second app, by what it is for. */
const EVENTS = {
  'a literal path': get('/'),
  'a parameter': get('/hello/Ada'),
  'a query value': get('/search', { rawQueryString: 'x=1' }),
  'a cookie': get('/who', { cookies: ['session=abc'] }),
  'a header': get('/agent', { headers: { 'user-agent': 'test' } }),
  'a DTO': post('/todos', JSON.stringify(TODO)),
  'a body that nothing binds': post('/ping', '{ no JSON'),
};
type Asked = keyof typeof EVENTS;
const asked = Object.keys(EVENTS) as Asked[];

/** The first app, with middleware around all of it. */
const TIMED = HELLO.replace(/controllers: \[\w+\]/, (all) => `${all}, use: [async (_request, next) => next()]`);

let folder: string;
let hello: BuiltBundle;
let todos: BuiltBundle;
let timed: BuiltBundle;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twodoors-count-'));
  [hello, todos, timed] = await Promise.all([
    bundle(makeProject({ 'src/bootstrap-lambda.ts': HELLO }), 'lambda'),
    bundle(makeProject({ 'src/bootstrap-lambda.ts': TODOS, 'src/create-todo.ts': CREATE_TODO }), 'lambda'),
    bundle(makeProject({ 'src/bootstrap-lambda.ts': TIMED }), 'lambda'),
  ]);
  for (const [name, { files }] of Object.entries({ hello, todos, timed })) {
    mkdirSync(join(folder, name));
    for (const [file, content] of files) writeFileSync(join(folder, name, file), content);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The functions of these names that run, or are handed on, before the statement that declares them. */
function namedTooEarly(code: string, names: readonly string[]): string[] {
  const statements = parseAst(code, { lang: 'ts' }).body as unknown as SyntaxNode[];
  const seen = new Set<string>();
  const found: string[] = [];
  const see = (node: SyntaxNode): void => {
    if (/Function|^(?:Class|TS|Import)/.test(node.type)) return;
    if (node.type === 'Identifier') seen.add(node.name!);
    for (const value of Object.values(node).flat()) {
      if (typeof value === 'object' && value !== null && 'type' in value) see(value as SyntaxNode);
    }
  };
  for (const statement of statements) {
    const { declaration = statement } = statement as { declaration?: SyntaxNode };
    const name = declaration?.type === 'FunctionDeclaration' ? declaration.id!.name! : undefined;
    if (name === undefined) see(statement);
    else if (names.includes(name) && seen.has(name)) found.push(name);
  }
  return found;
}

/** Runs count-lambda.cjs, in a process of its own. */
function count<T>(
  mode: 'load' | 'cost' | 'expressions' | 'requests' | 'bytes',
  file: string,
  events: readonly object[],
  flags: string[] = [],
): T {
  const program = join(REPOSITORY, 'test/count-lambda.cjs');
  const args = [...flags, program, mode, join(folder, file.replace('.js', ''), 'index.js'), JSON.stringify(events)];
  // NODE_OPTIONS is Jest's, and would load modules into what is counted.
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production' };
  return JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

describe('what a cold start loads', () => {
  const size = (built: BuiltBundle) => {
    const code = built.files.get('index.js')!;
    return { bytes: code.byteLength, gzip: gzipSync(code).byteLength };
  };

  // These limits only say that nothing else comes in unnoticed; the budgets are in bench/budgets.ts.
  test('the hello app is small, and stays so', () => {
    const { bytes, gzip } = size(hello);
    expect(bytes).toBeLessThanOrEqual(22_650);
    expect(gzip).toBeLessThanOrEqual(9.25 * 1024);
  });

  test('so is an app with a DTO', () => {
    const { bytes, gzip } = size(todos);
    expect(bytes).toBeLessThanOrEqual(27_050);
    expect(gzip).toBeLessThanOrEqual(10.75 * 1024);
    const ofValidator = todos.modules.filter(({ name }) => name.startsWith('node_modules/class-validator/'));
    // Those of decorators are there twice: with all of class-validator, and for what the plan validates.
    expect(new Set(ofValidator.map(({ name }) => name)).size).toBeLessThan(30);
  });

  /** The modules in the file that a cold start reads. */
  const entryModules = ({ files }: BuiltBundle) => {
    const { sources } = JSON.parse(Buffer.from(files.get('index.js.map')!).toString()) as { sources: string[] };
    return sources.filter((name) => !/^(?:@oxc-project\+runtime@|rolldown\/|twodoors:entry$)/.test(name));
  };

  test('no other package is in what a cold start of the hello app reads', () => {
    const names = entryModules(hello);
    const own = /^(?:src|node_modules\/twodoors\/dist\/runtime)\//;
    expect(names.filter((name) => !own.test(name))).toEqual([]);
    expect(names).toContain('node_modules/twodoors/dist/runtime/dispatch/dispatcher.js');
  });

  test('it reads nothing of what the hello app does not use, and nothing that plans or checks an app', () => {
    const unused =
      /koa|class-validator|\/runtime\/(?:plan\/(?:arguments|dto)|routes|link\/validation)\/|\/(?:plan-app|plan-reply|plan-tree|read-controllers|app-options|body-binder|composite-binders|form-names|multipart|redirect|sse|create-streaming-handler)\.|busboy|encodeurl|reflect-metadata|nunjucks|fflate|commander|rolldown\/dist/;
    expect(entryModules(hello).filter((name) => unused.test(name))).toEqual([]);
  });

  test('nor does an app with a DTO: class-validator, and what validates, is in files that a POST loads', () => {
    expect(entryModules(todos).filter((name) => /class-validator\/|link\/validation\/|plan\/dto/.test(name))).toEqual(
      [],
    );
  });

  test.each([
    ['multipart.js', 'Unexpected end of multipart data'],
    ['sent-body.js', 'before its content-length'],
    ['unusual-result.js', 'which JSON cannot carry'],
    ['log-record.js', 'throw an HttpError, or map the error in onError'],
  ])('what only some requests need lies in a file apart: %s', (file, mark) => {
    for (const built of [hello, todos]) {
      expect(String(built.files.get(file))).toContain(mark);
      expect(String(built.files.get('index.js'))).not.toContain(mark);
    }
  });

  test.each([
    [
      'a method',
      '[Get(), m("design:type", Function), m("design:paramtypes", [A]), m("design:returntype", B)]',
      '[Get(), m("design:paramtypes", [A])]',
    ],
    ['an accessor', '[m("design:type", Function), m("design:paramtypes", [])]', undefined],
    ['a property', '[IsString(), m("design:type", String)]', undefined],
    ['a function', '[m("design:type", Function)]', undefined],
    ['a class', '[m("design:paramtypes", [A])]', undefined],
  ])(
    'of the types that the compiler writes down for %s, those that somebody reads stay',
    (_, code, expected = code) => {
      const dropped = dropMethodTypes(`decorate(${code});`);
      expect(dropped).toHaveLength(code.length + 11);
      expect(dropped.replaceAll(/ +(?=\])|(?<=\(\), ) +/g, '')).toBe(`decorate(${expected});`);
    },
  );

  test('where the app reads types itself, all of them stay', async () => {
    const source = `import 'reflect-metadata';\n${HELLO}`;
    const own = await bundle(makeProject({ 'src/bootstrap-lambda.ts': source }), 'lambda');
    const typesIn = ({ files }: BuiltBundle) => String(files.get('index.js')).match(/(?<="design:)\w+(?=",[[FS])/g);
    expect([typesIn(hello), typesIn(own)]).toEqual([['paramtypes'], ['type', 'paramtypes']]);
  });

  type Loaded = { touched: string[]; sourceMaps: number; modules: string[]; statuses: number[] };

  test.each(['hello.js', 'todos.js'])('%s touches no fetch globals, and loads no more of Node', (file) => {
    const loaded = count<Loaded>('load', file, [get('/hello/Ada'), get('/nowhere')]);
    expect(loaded).toEqual({ touched: [], sourceMaps: 0, modules: [], statuses: [200, 404] });
  });

  interface Cost {
    readonly files: number;
    readonly bytes: number;
    readonly functions: number;
    readonly compiled: number;
    readonly uses: Readonly<Record<string, number>>;
  }

  // Compiling is four fifths of a cold start. A file more costs as much as ten functions.
  test.each<[first: string, file: string, event: object, most: Omit<Cost, 'uses'>]>([
    ['a GET', 'hello.js', get('/hello/Ada'), { files: 1, bytes: 22_650, functions: 58, compiled: 12_400 }],
    [
      'a GET, beside a DTO',
      'todos.js',
      get('/hello/Ada'),
      { files: 1, bytes: 27_050, functions: 61, compiled: 12_650 },
    ],
    [
      'a GET through middleware',
      'timed.js',
      get('/hello/Ada'),
      { files: 1, bytes: 26_900, functions: 89, compiled: 15_400 },
    ],
    ['a 404', 'hello.js', get('/nowhere'), { files: 2, bytes: 31_030, functions: 78, compiled: 13_900 }],
    ['a 404, beside a DTO', 'todos.js', get('/nowhere'), { files: 2, bytes: 35_450, functions: 81, compiled: 14_150 }],
    ['a POST', 'todos.js', EVENTS['a DTO'], { files: 2, bytes: 47_200, functions: 178, compiled: 29_850 }],
  ])('until %s has its reply, little is read and compiled, and nothing slow is used', (_first, file, event, most) => {
    const { uses, ...found } = count<Cost>('cost', file, [event]);
    const within = Object.entries(found).filter(([name, value]) => value <= most[name as keyof typeof most]);
    expect(Object.fromEntries(within)).toEqual(found);
    expect(uses).toEqual({ setTimeout: 0, randomUUID: 0, URLSearchParams: 0, getBuiltinModule: 0 });
  });

  test('the functions that are compiled when the file is read are there', () => {
    const missing = Object.entries(EARLY_FUNCTIONS).flatMap(([module, names]) => {
      const code = readFileSync(join(REPOSITORY, 'src/runtime', `${module}.ts`), 'utf8');
      return names.filter((name) => putInParentheses(code, new Set([name]), 'ts') === code);
    });
    expect(missing).toEqual([]);
  });

  test('and no module names one at its top level before it is there, since a declaration becomes a variable', () => {
    const early = Object.entries(EARLY_FUNCTIONS).flatMap(([module, names]) => {
      const code = readFileSync(join(REPOSITORY, 'src/runtime', `${module}.ts`), 'utf8');
      return namedTooEarly(code, names).map((name) => `${module}: ${name}`);
    });
    expect(early).toEqual([]);
    expect(namedTooEarly('const t = { g };\nfunction f() { return g(); }\nfunction g() {}', ['f', 'g'])).toEqual(['g']);
  });

  test.each([
    ['a declaration', 'export function f(a: number) {\n  return a;\n}', 'export var f = (function f(a: number) {'],
    [
      'a function that is returned',
      'function g() {\n  return (a) => ({ a });\n}',
      'return (function (a) { return ( ({ a })); });',
    ],
    [
      'an arrow function',
      'const f = (a: number): number => a;',
      'const f = (function (a: number): number { return ( a); });',
    ],
    ['an arrow function of two lines', 'const f = (a) =>\n  a;', 'const f = (function (a) { return (\n  a); });'],
    ['a method of an object', 'const o = { f(a) { return a; } };', '{ f: (function (a) { return a; }) }'],
    ['an assigned property', 'o.f = (a) => a;', 'o.f = (function (a) { return ( a); });'],
    ['a property', 'const o = { f: () => { go(); } };', '{ f: (function ()  { go(); }) }'],
  ])('%s in parentheses does the same', (_, code, expected) => {
    expect(putInParentheses(code, new Set(['f', 'g']), 'ts')).toContain(expected);
  });

  test.each(['() => this.a', '() => arguments[0]', 'async () => {}'])('%s cannot be put in parentheses', (code) => {
    expect(() => putInParentheses(`const f = ${code};`, new Set(['f']), 'ts')).toThrow('without its arrow');
  });

  test.each<[file: string, asked: string, events: object[], most: number]>([
    ['hello.js', 'a parameter', [get('/hello/Ada')], 0],
    ['hello.js', 'a parameter with a space', [get('/hello/Ada L')], 4],
    ['todos.js', 'a DTO', [EVENTS['a DTO']], 8],
  ])('%s makes few expressions until it has answered %s, and none that ignores case', (file, _, events, most) => {
    const made = count<string[]>('expressions', file, events);
    expect(made.filter((expression) => /\/[a-z]*i[a-z]*$/.test(expression))).toEqual([]);
    expect(made.length).toBeLessThanOrEqual(most);
    // So they are counted: unusual paths are encoded by one.
    if (most > 0) expect(made.length).toBeGreaterThan(0);
  });

  test('nor does any other request to the app', () => {
    const loaded = count<Loaded>('load', 'todos.js', [...Object.values(EVENTS), post('/todos', '{}')]);
    expect(loaded).toEqual({
      touched: [],
      sourceMaps: 0,
      modules: [],
      statuses: [200, 200, 200, 200, 200, 201, 200, 400],
    });
  });
});

describe('what a warm request does', () => {
  interface Counted {
    status: number;
    read: string[];
    regexps: number;
    json: number;
    searchParams: number;
    decodings: number;
    timers: number;
    promises: number;
    mapReads: number;
  }
  let counted: Record<Asked, Counted>;
  beforeAll(() => {
    const all = count<Counted[]>('requests', 'todos.js', Object.values(EVENTS));
    counted = Object.fromEntries(asked.map((name, i) => [name, all[i]])) as Record<Asked, Counted>;
  });

  /** What distinguishes the sources, leads to the route, or has a type that is checked first. */
  const ALWAYS = [
    ...['rawPath', 'requestContext', 'routeArn', 'type', 'version'],
    ...['rawQueryString', 'queryStringParameters', 'headers', 'cookies', 'body', 'isBase64Encoded'],
  ].sort();
  test.each(asked)('%s: nothing else is read of the event', (name) => {
    expect(counted[name].read).toEqual(ALWAYS);
  });

  test.each(asked)('%s: nothing is parsed that is not bound', (name) => {
    const { json, searchParams, decodings } = counted[name];
    expect({ json, searchParams, decodings }).toEqual({
      json: name === 'a DTO' ? 1 : 0,
      searchParams: 0,
      decodings: 0,
    });
  });

  const EXPRESSIONS: Record<Asked, number> = {
    'a literal path': 1,
    'a parameter': 2,
    'a query value': 5,
    'a cookie': 1,
    'a header': 1,
    'a DTO': 6,
    'a body that nothing binds': 1,
  };
  test.each(asked)('%s: few expressions are run', (name) => {
    expect(counted[name].regexps).toBeLessThanOrEqual(EXPRESSIONS[name]);
  });

  test.each(asked)('%s: no timer is set, and nothing is waited for that is there', (name) => {
    // The one is the handler's own, the other that of who waits for it.
    expect([counted[name].timers, counted[name].promises]).toEqual([0, 2]);
  });

  // Interpreted, a request allocates the same to the byte each time: a closure more is 64 bytes.
  const BYTES: Record<Asked, number> = {
    'a literal path': 1_670,
    'a parameter': 2_680,
    'a query value': 2_160,
    'a cookie': 4_570,
    'a header': 2_845,
    'a DTO': 8_955,
    // Its headers are read: whether a form of another site could have sent it.
    'a body that nothing binds': 2_040,
  };
  test.each(asked)('%s: little is allocated', (name) => {
    const flags = ['--expose-gc', '--jitless', '--min-semi-space-size=64', '--max-semi-space-size=64'];
    // Each in a process of its own: what another event has left behind would count as well.
    const [bytes] = count<number[]>('bytes', 'todos.js', [EVENTS[name]], flags);
    // Sizes of objects are V8's own; these limits are of Node 20.
    const scale = process.versions.node.startsWith('20.') ? 1 : 1.25;
    expect(bytes).toBeLessThanOrEqual(BYTES[name] * scale);
  });
});

/** Counts calls of a method while something runs. */
function calls<K extends string>(
  holder: { [key in K]: (...args: never[]) => unknown },
  name: K,
  run: () => void,
): number {
  const original = holder[name];
  let counted = 0;
  holder[name] = function (this: unknown, ...args: never[]) {
    counted++;
    return Reflect.apply(original, this, args);
  };
  try {
    run();
  } finally {
    holder[name] = original;
  }
  return counted;
}

/** An app with as many routes of one shape, beside one that is literal and one that is not. */
function appOf(routes: number) {
  @Controller()
  class Many {
    @Get('/hello/:name') hello(@Param('name') name: string) {
      return { hello: name };
    }
    @Get('/about/us') about() {
      return 'us';
    }
  }
  for (let i = 0; i < routes; i++) {
    const descriptor = { value: (id: string) => ({ id }), configurable: true, writable: true };
    Object.defineProperty(Many.prototype, `show${i}`, descriptor);
    Param('id', String)(Many.prototype, `show${i}`, 0);
    Get(`/items-${i}/:id`)(Many.prototype, `show${i}`, descriptor);
  }
  return defineApp({ controllers: [Many] });
}

describe('a lookup', () => {
  const few = openDispatcher(appOf(10)).table;
  const many = openDispatcher(appOf(1000)).table;

  // A literal that has upper case is folded by an expression, which is asked until it finds no more. A literal that no path
  // has is looked for among those that were found and in the plan, and in the plan once more for the methods that are
  // allowed.
  const rows: [path: string, kind: string, reads: number, expressions: number][] = [
    ['/about/us', 'route', 2, 0],
    ['/hello/ada', 'route', 2, 0],
    ['/hello/Ada', 'route', 2, 0],
    ['/Hello/ada', 'route', 2, 2],
    ['/items-8/7', 'route', 2, 0],
    ['/nowhere/else', 'unknown', 3, 0],
  ];
  test.each(rows)('of %s takes the same few steps among 1,000 routes as among 10', (path, kind, reads, expressions) => {
    const stepsOf = (table: typeof few) => {
      const match = () => table.match('GET', path);
      const found = match();
      return {
        kind: found.kind,
        reads: calls(Map.prototype, 'get', match) + calls(Object, 'hasOwn', match),
        expressions: calls(RegExp.prototype, 'exec', match),
      };
    };
    expect(stepsOf(few)).toEqual({ kind, reads, expressions });
    expect(stepsOf(many)).toEqual({ kind, reads, expressions });
  });

  test('of the Koa door asks no layer of @koa/router', () => {
    const router = toRouter(appOf(10));
    const layer = Object.getPrototypeOf(router.stack[0]) as { match(path: string): boolean };
    const dispatch = router.routes() as unknown as (context: object, next: () => Promise<void>) => unknown;
    const next = jest.fn(async () => {});
    const asks = calls(layer, 'match', () => {
      dispatch({ req: { url: '/nowhere', method: 'GET' } }, next);
      expect(router.match('/items-8/7', 'GET').route).toBe(true);
    });
    expect([asks, next.mock.calls.length]).toEqual([0, 1]);
  });
});

test('a request through any door reads nothing of it that is not bound', async () => {
  const reads: string[] = [];
  const read = (name: string) => () => {
    reads.push(name);
    throw new Error(`${name} is not bound`);
  };
  const reader = Object.fromEntries(
    ['query', 'headers', 'body', 'stream', 'details'].map((name) => [name, read(name)]),
  ) as unknown as RequestReader<never>;
  const dispatcher = openDispatcher(appOf(0));
  const reply = await dispatcher.dispatch(new HttpRequest('GET', '/hello/Ada', reader, {}));
  expect([reply.status, reply.body, reads]).toEqual([200, '{"hello":"Ada"}', []]);
});

describe('a validation', () => {
  const asks: string[] = [];

  @ValidatorConstraint({ name: 'counted' })
  class Counted implements ValidatorConstraintInterface {
    validate(_value: unknown, call?: ValidationArguments) {
      asks.push(call!.property);
      return true;
    }
  }

  class Dto {
    @Validate(Counted) @IsString() title!: string;
    @Validate(Counted) @IsBoolean() done!: boolean;
    @Validate(Counted, { each: true }) tags!: string[];
  }

  test('asks each constraint once for each value, and class-validator nothing', () => {
    const validate = compileValidator(Dto);
    const storage = getMetadataStorage();
    let result: unknown;
    const lookups = ['getTargetValidationMetadatas', 'getTargetValidatorConstraints', 'groupByPropertyName'].map(
      (name) =>
        calls(storage as unknown as Record<string, () => unknown>, name, () => {
          asks.length = 0;
          result = validate({ title: 'Write', done: true, tags: ['a', 'b'] });
        }),
    );
    expect(result).toEqual({ value: { title: 'Write', done: true, tags: ['a', 'b'] } });
    expect(asks).toEqual(['title', 'done', 'tags', 'tags']);
    expect(lookups).toEqual([0, 0, 0]);
  });
});

test.each([
  ['at most', 3, 'held'],
  ['at most', 3.01, 'not held'],
  ['at least', 3, 'held'],
  ['at least', 2.99, 'not held'],
  ['at most', Number.NaN, 'not measured'],
  ['at least', Number.NaN, 'not measured'],
])('a budget of %s 3 that measures %d is %s', (bound, measured, state) => {
  const budget = {
    name: 'a budget',
    unit: 'x',
    isFloor: bound === 'at least',
    limit: 3,
    measure: () => measured,
  } as const;
  expect(judge([budget], {})).toEqual([{ budget, measured, state }]);
});

test('a run with all rows measures every budget, and one without rows no ratio', () => {
  const time = { median: 1, low: 1, high: 1, samples: 1 };
  const { lambda, server, ...last } = readResults();
  const times = { coldGet: time, coldPost: time, warmGet: { 0: time } };
  const requests = { 0: time, 1000: time };
  const full = {
    ...last,
    lambda: LAMBDA_CANDIDATES.map(({ name }) => ({ ...lambda[0]!, ...times, name })),
    cold: OWN_COLD_STARTS.map(({ name }) => ({ name, time })),
    server: SERVER_CANDIDATES.map(({ name }) => ({ name, requests, cpu: requests })),
  };
  expect(judge(BUDGETS, full).filter(({ state }) => state === 'not measured')).toEqual([]);
  const empty = { ...last, lambda: [], cold: [], server: [], parts: [] };
  const measured = judge(BUDGETS, empty).filter(({ state }) => state !== 'not measured');
  expect(measured.map(({ budget }) => budget.unit)).toEqual(['KB']);
});

test('the page and its picture show what the last full run has found', () => {
  const results = readResults();
  const page = readFileSync(join(REPOSITORY, 'docs/performance.md'), 'utf8');
  expect(renderReport(results, page)).toBe(page);
  expect(renderChart(results)).toBe(readFileSync(join(REPOSITORY, 'docs/performance.svg'), 'utf8'));
  expect(results.rounds['cold']).toBe(FULL.cold);
});
