/** What methods declare to return, where the compiler emits only that it is a promise or a list. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { OpenApiDocument } from 'twodoors/openapi';
import { makeProject, REPOSITORY, removeProjects } from '../projects.js';

afterAll(removeProjects);

const FILES = {
  'src/todo.ts': `
import { IsString } from 'class-validator';
export class Todo { @IsString() title!: string; }
export interface Shape { side: number }
class Renamed { @IsString() renamed!: string; }
export { Renamed as Other };
export type { Renamed as TypeOnly };
export default class Main { @IsString() main!: string; }
export class Plain {}
`,
  'src/all.ts': `
import { Shape } from './todo.js';
export * from './todo.js';
export { default as Main } from './todo.js';
export interface Own extends Shape {}
`,
  'src/app.ts': `
import { IsString } from 'class-validator';
import { Controller, defineApp, Get, HttpCode, Post, UseInterceptor } from 'twodoors';
import { ApiResponse } from 'twodoors/openapi';
import Default, { Todo, type Shape, Other as Local } from './todo.js';
import { Main, Own, Plain } from './all.js';
import type { Todo as Elided } from './todo.js';

abstract class Base {
  @Get('/inherited') async inherited(): Promise<Later[]> { return []; }
}

@Controller()
class TodoController extends Base {
  @Get('/promise') async promise(): Promise<Todo> { return { title: '' }; }
  @Get('/list') list(): Todo[] { return []; }
  @Get('/readonly') readonly(): readonly Todo[] { return []; }
  @Get('/array') array(): Array<Todo> { return []; }
  @Get('/promised') async promised(): Promise<ReadonlyArray<Todo>> { return []; }
  @Get('/lists') lists(): Todo[][] { return []; }
  @Get('/default') async default(): Promise<Default> { return { main: '' }; }
  @Get('/passed-on') async passedOn(): Promise<Main> { return { main: '' }; }
  @Get('/renamed') async renamed(): Promise<Local> { return { renamed: '' }; }
  @Get('/later') async later(): Promise<Later> { return { later: '' }; }
  @Get('/text') async text(): Promise<string> { return ''; }
  @Get('/numbers') async numbers(): Promise<number[]> { return []; }
  @Get('/dates') dates(): Date[] { return []; }
  @Post('/created') @HttpCode(201) async created(): Promise<Todo> { return { title: '' }; }
  @Get('/void') async void(): Promise<void> {}
  @Get('/any') async any(): Promise<unknown> { return 1; }
  @Get('/said') @ApiResponse({ status: 200, type: Main }) async said(): Promise<Todo> { return { title: '' }; }
  @Get('/worded') @ApiResponse({ status: 200, description: 'One todo' }) async worded(): Promise<Todo> { return { title: '' }; }
  @Get('/too-early') @ApiResponse({ status: 202, type: Later }) tooEarly() { return 1; }
  @Get('/changed') @UseInterceptor((todo) => [todo]) async changed(): Promise<Todo> { return { title: '' }; }

  @Get('/interface') async interface(): Promise<Shape> { return { side: 1 }; }
  @Get('/passed-interface') async passedInterface(): Promise<Own> { return { side: 1 }; }
  @Get('/elided') async elided(): Promise<Elided> { return { title: '' }; }
  @Get('/plain') async plain(): Promise<Plain> { return {}; }
  @Get('/generic') async generic<Todo>(): Promise<Todo> { return {} as Todo; }
  @Get('/union') async union(): Promise<Todo | string> { return ''; }
  @Get('/undeclared') async undeclared() { return 1; }
  @Get('/interfaces') interfaces(): Shape[] { return []; }
}

class Later { @IsString() later!: string; }

export const app = defineApp({ controllers: [TodoController] });
`,
};

let document: OpenApiDocument;
let warnings: string[];
beforeAll(() => {
  const { stdout, stderr } = spawnSync(process.execPath, [join(REPOSITORY, 'dist/cli/main.js'), 'openapi'], {
    cwd: makeProject(FILES),
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: undefined },
  });
  document = JSON.parse(stdout) as OpenApiDocument;
  warnings = stderr.split('\n').flatMap((line) => /^Warning: (.*)$/.exec(line)?.[1] ?? []);
});

const TODO = { $ref: '#/components/schemas/Todo' };
const MAIN = { $ref: '#/components/schemas/Main' };
const LATER = { $ref: '#/components/schemas/Later' };
const json = (schema: object, status = 200) => ({ [status]: { content: { 'application/json': { schema } } } });
const list = (items: object) => json({ type: 'array', items });

test.each<[path: string, replies: object]>([
  ['/promise', json(TODO)],
  ['/list', list(TODO)],
  ['/readonly', list(TODO)],
  ['/array', list(TODO)],
  ['/promised', list(TODO)],
  ['/lists', list({ type: 'array', items: TODO })],
  ['/default', json(MAIN)],
  ['/passed-on', json(MAIN)],
  ['/renamed', json({ $ref: '#/components/schemas/Renamed' })],
  ['/later', json(LATER)],
  ['/inherited', list(LATER)],
  ['/text', { 200: { content: { 'text/plain': { schema: { type: 'string' } } } } }],
  ['/numbers', list({ type: 'number' })],
  ['/dates', list({ type: 'string', format: 'date-time' })],
  ['/created', json(TODO, 201)],
  ['/said', json(MAIN)],
  ['/worded', { 200: { description: 'One todo', ...json(TODO)[200] } }],
])('%s has its schema', (path, replies) => {
  expect(Object.values(document.paths[path]!)[0]!.responses).toMatchObject(replies);
});

test.each(['/void', '/any', '/changed', '/interface', '/passed-interface', '/elided', '/plain', '/generic', '/union'])(
  '%s has none',
  (path) => {
    const success = Object.entries(document.paths[path]!['get']!.responses).find(([status]) => status.startsWith('2'));
    expect(success).toEqual([expect.any(String), { description: expect.any(String) }]);
  },
);

test('what is not known is warned about, with the decorator that says it', () => {
  const promise = (name: string) =>
    `TodoController.${name}, a reply: the compiler says only that it is a Promise. Say what it is: @ApiResponse({ status: 200, type: … }).`;
  expect(warnings.sort()).toEqual([
    ...['elided', 'generic', 'interface'].map(promise),
    'TodoController.interfaces, a reply: the compiler says only that it is an Array. Say what it is: @ApiResponse({ status: 200, type: […] }).',
    promise('passedInterface'),
    'TodoController.tooEarly, a reply: its type is undefined: the class is declared further down. Write type: lazy(() => Todo).',
    ...['undeclared', 'union'].map(promise),
  ]);
});
