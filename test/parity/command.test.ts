import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { readHarFile } from '../../src/cli/parity/har-file.js';
import { readHttpFile } from '../../src/cli/parity/http-file.js';
import { makeProject, REPOSITORY, removeProjects, writeFile } from '../projects.js';

const MAIN = join(REPOSITORY, 'dist/cli/main.js');

const APP = `
import { Body, Controller, defineApp, Get, HttpError, Param, Post, Query, Req, type HttpRequest } from 'twodoors';

@Controller('/notes')
class NoteController {
  readonly #notes: string[] = [];
  @Get('/:id') show(@Param('id') id: string, @Query('q', [String], { optional: true }) q?: string[]) {
    const note = this.#notes[Number(id)];
    if (note === undefined) throw new HttpError(404, 'No note ' + id);
    return { id, note, q };
  }
  @Post() add(@Body(Object) input: { note: string }) {
    return { id: this.#notes.push(input.note) - 1, note: input.note };
  }
  @Post('/form') form(@Body('a') a: string, @Body('b') b: string) {
    return { a, b };
  }
  @Post('/echo') async echo(@Req() request: HttpRequest) {
    return { type: request.header('content-type'), token: request.header('x-token'), text: await request.text() };
  }
  @Get('/cut/off') async *cutOff() {
    yield 'one';
    throw new Error('midway');
  }
}

export const app = defineApp({ controllers: [NoteController], log: () => {} });
`;

const SESSIONS = `
import { Controller, defineApp, Post } from 'twodoors';
import { Session, sessions } from 'twodoors/sessions';

// Each door, which loads this module again, is asked a second later than the one before.
const now = Date.now;
Date.now = () => now() + 1000;

@Controller()
class CountController {
  @Post('/count') count(@Session() session: Session<{ count: number }>) {
    session.count = (session.count ?? 0) + 1;
    return { count: session.count };
  }
}

export const app = defineApp({ controllers: [CountController], use: [sessions({ secret: 'a secret of at least 32 characters' })] });
`;

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);

let root: string;
beforeAll(() => {
  root = makeProject({
    'src/app.ts': APP,
    'src/sessions.ts': SESSIONS,
    'src/no-app.ts': 'export const value = 1;',
    'src/broken.ts':
      "import { defineApp } from 'twodoors';\nclass Plain {}\nexport const app = defineApp({ controllers: [Plain] });",
    'body.json': '{"note":"of a file"}',
  });
});
afterAll(removeProjects);

/** Runs the command. */
function parity(requests: string, app = 'src/app.ts'): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'parity', app, requests], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: undefined },
  });
  return { code: status, out: stdout, error: stderr };
}

function ofFile(name: string, content: string): ReturnType<typeof parity> {
  writeFile(root, name, content);
  return parity(name);
}

test('a .http file can have names, variables, comments, queries of several lines and bodies; later requests see changes of earlier ones', () => {
  const { code, out, error } = ofFile(
    'all.http',
    [
      '@host = http://localhost:3000',
      '@base = {{host}}/notes',
      '# a comment',
      '',
      '### Add one',
      '# @name add',
      'POST {{base}} HTTP/1.1',
      'Content-Type: application/json',
      '',
      '{ "note": "{{host}}" }',
      '',
      '###',
      '// @name show',
      'GET {{base}}/0',
      '    ?q=1',
      '    &q=2',
      '// another comment',
      'Accept: application/json',
      '###',
      '/notes/7',
      '###',
      'post /notes',
      'content-type: application/json',
      '',
      '< ./body.json',
      '###',
      'POST /notes/form',
      'Content-Type: application/x-www-form-urlencoded',
      '',
      'a=1',
      '&b=2',
      '### only a comment',
      '# nothing here',
    ].join('\r\n'),
  );
  expect(error).toBe('');
  expect(out.split('\n')).toEqual([
    '                  koa  rest  http  url  alb  alb-multi',
    'add               200  =     =     =    =    =',
    'show              200  =     =     =    ≠    =',
    'GET /notes/7      404  =     =     =    =    =',
    'POST /notes       200  =     =     =    =    =',
    'POST /notes/form  200  =     =     =    =    =',
    '',
    'show, alb:',
    '  body at 47: "\\"http://localhost:3000\\",\\"q\\":[\\"2\\"]}"',
    '  koa: "\\"http://localhost:3000\\",\\"q\\":[\\"1\\",\\"2\\"]}"',
    '',
    '5 requests, 6 doors, 1 difference',
    'docs/parity.md of twodoors lists the differences that a gateway itself causes.',
    '',
  ]);
  expect(code).toBe(1);
});

test('without differences it exits with 0', () => {
  const { code, out } = ofFile('one.http', 'GET /notes/0\n');
  expect(out).toContain('1 request, 6 doors, 0 differences');
  expect(code).toBe(0);
});

test('the clock stands still, so that signed cookies are the same at every door', () => {
  writeFile(root, 'count.http', 'POST /count\n');
  const { code, out, error } = parity('count.http', 'src/sessions.ts');
  expect([code, out, error]).toEqual([0, expect.stringContaining('1 request, 6 doors, 0 differences'), '']);
});

test('requests arrive as they are in the file', () => {
  const { code, out } = ofFile(
    'echo.http',
    'POST /notes/echo\nX-Token: a:b\nContent-Type: text/plain\n\nfirst\n\nsecond\n\n',
  );
  expect([code, out]).toEqual([0, expect.stringContaining('1 request, 6 doors, 0 differences')]);
});

test('requests can come from a HAR', () => {
  const entries = [
    { method: 'GET', url: 'http://localhost:3000/notes/a%2Fb#x', headers: [{ name: ':authority', value: 'x' }] },
    { method: 'POST', url: '/notes', postData: { mimeType: 'application/json', text: '{"note":"x"}' } },
    {
      method: 'POST',
      url: '/notes/form',
      postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: 'ä' }, { name: 'b' }] },
    },
    {
      method: 'POST',
      url: '/notes/echo',
      headers: [{ name: 'Content-Length', value: '99' }],
      postData: { mimeType: 'text/plain', text: 'w6Q=', encoding: 'base64' },
    },
  ].map((request) => ({ request }));
  const { code, out, error } = ofFile('all.har', JSON.stringify({ log: { entries } }));
  expect(error).toBe('');
  expect(out).toMatch(/^GET \/notes\/a%2Fb {2,}404 {2}= {5}≠ {5}= {4}= {4}=$/m);
  expect(out).toMatch(/^POST \/notes {2,}200 {2}= /m);
  expect(out).toMatch(/^POST \/notes\/form {2,}200 {2}= /m);
  expect(out).toMatch(/^POST \/notes\/echo {2,}200 {2}= /m);
  expect(code).toBe(1);
});

test('a response that is cut off is a failure at the Koa door', () => {
  const { code, out } = ofFile('cut.http', 'GET /notes/cut/off\n');
  expect(out).toMatch(/^GET \/notes\/cut\/off {2}failed {2}500 {3}500 /m);
  expect(out).toContain('koa: The connection');
  expect(code).toBe(1);
});

test.each([
  ['an undefined variable', 'GET {{host}}/', 'x.http:1: there is no variable "host". Define it above: @host = …'],
  ['a dynamic variable', 'GET /\nx-id: {{$guid}}', 'x.http:2: {{$guid}} has another value each time'],
  ['a line that is not a header', '\nGET /\nfoo', 'x.http:3: "foo" is not a header.'],
  ['a line that is not a request', 'hello world', 'x.http:1: "hello world" is not a request line.'],
  ['a response handler', 'GET /\n\n> {% client.test() %}', 'x.http:3: response handlers are not supported.'],
  ['a missing body file', 'POST /\n\n< none.json', 'x.http:3: cannot read the body from none.json: '],
  ['a file without requests', '# nothing\n@a = b\n###\n', 'x.http contains no requests.'],
])('%s', (_, content, message) => {
  expect(() => readHttpFile('x.http', content)).toThrow(message);
});

test.each([
  ['a HAR that is not JSON', '{', 'x.har is not JSON: '],
  ['JSON that is not a HAR', '{"log":{}}', 'x.har is not a HAR: it has no array log.entries.'],
  ['an empty HAR', '{"log":{"entries":[]}}', 'x.har contains no requests.'],
  ['an entry without a request', '{"log":{"entries":[{}]}}', 'x.har: log.entries[0].request has no method or no url.'],
])('%s', (_, content, message) => {
  expect(() => readHarFile('x.har', content)).toThrow(message);
});

test.each([
  ['a missing file of requests', 'none.http', 'src/app.ts', 'Cannot read the requests: '],
  ['a file of an unknown type', 'package.json', 'src/app.ts', 'package.json: unknown file type.'],
  ['a missing app', 'one.http', 'src/none.ts', 'There is no src/none.ts. Name the module that exports the app.'],
  ['a module without an app', 'one.http', 'src/no-app.ts', 'src/no-app.ts does not export an "app".'],
  ['an app that cannot start', 'one.http', 'src/broken.ts', 'The app cannot start. There is 1 mistake:'],
])('%s', (_, requests, app, message) => {
  writeFile(root, 'one.http', 'GET /notes/0\n');
  const { code, error } = parity(requests, app);
  expect([code, error]).toEqual([1, expect.stringContaining(message)]);
  expect(error).not.toContain('    at ');
});

describe('the app runs as it does elsewhere:', () => {
  const app = (handler: string) => `
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, defineApp, Get, Req, type HttpRequest } from 'twodoors';
@Controller() class Home { @Get('/') home(@Req() request: HttpRequest) { ${handler} } }
export const app = defineApp({ controllers: [Home], log: () => {} });
`;
  const sent = (handler: string, more: Record<string, string> = {}) => {
    for (const [name, content] of Object.entries({ ...more, 'src/other.ts': app(handler), 'home.http': 'GET /' })) {
      writeFile(root, name, content);
    }
    return parity('home.http', 'src/other.ts');
  };
  /** A reply only if the condition holds. */
  const check = (condition: string) => `if (!(${condition})) throw new Error('not so'); return 'ok';`;

  test('with the variables of .env', () => {
    const { code, out } = sent(check("process.env.FROM_FILE === 'yes'"), { '.env': 'FROM_FILE=yes' });
    expect([code, out]).toEqual([0, expect.stringMatching(/^GET \/ +200/m)]);
  });

  test('with its public files beside the code', () => {
    const { code, out } = sent("return readFile(join(import.meta.dirname, 'public', 'a.txt'), 'utf8');", {
      'src/public/a.txt': 'a',
    });
    expect([code, out]).toEqual([0, expect.stringMatching(/^GET \/ +200/m)]);
  });

  test('with the same scheme at every door', () => {
    const { code, out } = sent('return [request.client.protocol];');
    expect([code, out]).toEqual([0, expect.stringContaining('1 request, 6 doors, 0 differences')]);
  });

  test('and the command fails, and says so, if every response was a 500', () => {
    const { code, out } = sent(check('false'));
    expect([code, out]).toEqual([1, expect.stringContaining('Every response was a 500')]);
  });
});
