import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import {
  type AppOptions,
  Body,
  Controller,
  defineApp,
  Get,
  Header,
  HttpCode,
  HttpError,
  HttpReply,
  Post,
  Query,
  StartupError,
} from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { doorNames, inject, openDoor } from 'twodoors/testing';
import { latticeEvent, urlEvent } from './fixtures/events/events.js';

@Controller()
class OddController {
  @Get('/number') number(@Query('n') n: number) {
    return { n };
  }
  @Get('/own-errors') ownErrors() {
    throw new HttpError(422, 'No', { errors: [{ field: 'name', message: 'taken' }, null, 'bare'] as never });
  }
  @Get('/bug') bug() {
    throw new Error('a bug');
  }
  @Get('/late') async late() {
    await new Promise(() => {});
  }
  @Get('/length') length() {
    return new HttpReply(undefined, { status: 200, headers: { 'content-length': '5' } });
  }
  @Post('/text') text(@Body() text: string) {
    return text;
  }
  @Get('/wide') wide() {
    return new HttpReply('x', { headers: { 'x-wide': 'a'.repeat(7_000_000) } });
  }
  @Get('/query') query(@Query() query: Record<string, unknown>) {
    return Object.keys(query);
  }
}

const appOf = (options: Omit<AppOptions, 'controllers'> = {}) =>
  defineApp({ controllers: [OddController], log: () => {}, ...options });
/** The numbered lines of a startup error. */
function textsOf(error: unknown): string[] {
  expect(error).toBeInstanceOf(StartupError);
  return (error as Error).message
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^ {2}\d+\. /, ''));
}

const HTML = { headers: { accept: 'text/html' } };

describe.each(doorNames)('%s', (name) => {
  async function ask(options: Omit<AppOptions, 'controllers'>, target: string, init?: Parameters<typeof inject>[2]) {
    const door = await openDoor(appOf(options), name);
    try {
      return await door.request(target, init);
    } finally {
      await door.close();
    }
  }

  test('the error page for browsers shows errors of any shape', async () => {
    const own = await ask({}, '/own-errors', HTML);
    expect([own.status, own.text()]).toEqual([
      422,
      expect.stringContaining('<li>taken</li><li>null</li><li>bare</li>'),
    ]);
    const problem: AppOptions['problem'] = (shown) => ({
      ...shown,
      errors: shown.errors?.map(({ message }) => message),
    });
    expect((await ask({ problem }, '/number?n=x', HTML)).text()).toContain('<li>n must be a decimal number</li>');
  });

  test('an onError that never settles ends at the time-out', async () => {
    const options = { timeout: 20, onError: () => new Promise<never>(() => {}) };
    expect((await ask(options, '/bug')).status).toBe(504);
    expect((await ask(options, '/late')).status).toBe(504);
  });

  test('an error that onError turns into a 500 is logged', async () => {
    const logged: unknown[] = [];
    const log = (error: unknown) => void logged.push((error as Error).message);
    expect((await ask({ onError: () => new HttpReply('no', { status: 500 }), log }, '/bug')).status).toBe(500);
    expect(logged).toEqual(['a bug']);
  });

  test('a reply without a body has its own content-length', async () => {
    expect((await ask({}, '/length')).text()).toBe('');
  });

  test('an infinite body limit accepts compressed bodies', async () => {
    const body = gzipSync('text');
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'gzip' };
    const options = { bodyLimit: Number.POSITIVE_INFINITY };
    expect((await ask(options, '/text', { method: 'POST', body, headers })).text()).toBe('text');
  });
});

test('an onStart that hangs runs again for the request after those that waited for it', async () => {
  let starts = 0;
  const onStart = () => (++starts === 1 ? new Promise<never>(() => {}) : undefined) as Promise<void>;
  const handler = createHandler(appOf({ timeout: 20, onStart }));
  const statusOf = async () => ((await handler(urlEvent({ rawPath: '/query' }))) as { statusCode: number }).statusCode;
  expect([await statusOf(), await statusOf(), starts]).toEqual([504, 200, 2]);
});

test('the times and sizes of an app must be numbers from 1', async () => {
  const error = await inject(appOf({ timeout: Number.POSITIVE_INFINITY, bodyLimit: 0 }), '/').catch((thrown) => thrown);
  expect(textsOf(error)).toEqual([
    'defineApp, timeout: Infinity is not a number from 1 to 2147483647. Correct it, or leave it out.',
    'defineApp, bodyLimit: 0 is not a number from 1 on. Correct it, or leave it out.',
  ]);
});

test('@Header rejects the headers that frame a message', async () => {
  @Controller()
  class FramingController {
    @Get() @Header('Transfer-Encoding', 'gzip') @Header('content-length', '5') @HttpCode(200) get() {}
  }
  const error = await inject(defineApp({ controllers: [FramingController] }), '/').catch((thrown) => thrown);
  expect(textsOf(error)).toEqual([
    'FramingController.get, @Header: the framework sets transfer-encoding itself. Remove it.',
    'FramingController.get, @Header: the framework sets content-length itself. Remove it.',
  ]);
});

test('decorators that are missing, or have no parentheses, are mistakes', async () => {
  @Controller()
  class ForgetfulController {
    @Post() create(_entry: object, @Query('x?') _x?: string) {}
    @HttpCode(201) save() {}
  }
  const error = await inject(defineApp({ controllers: [ForgetfulController] }), '/').catch((thrown) => thrown);
  expect(textsOf(error)).toEqual([
    'ForgetfulController.save: it is decorated, but has no route. Add one, such as @Get().',
    "ForgetfulController.create, parameter 1: no decorator gives it a value. Add one, such as @Body() or @Query('name').",
  ]);
  expect(() => (Get as unknown as (target: object) => void)({})).toThrow(
    '@Get needs parentheses and a string path: @Get().',
  );
});

test('a claims function that throws is a 500', async () => {
  const koa = toKoa(appOf({ use: [(request, next) => (request.claims === undefined ? next() : next())] }), {
    claims: () => {
      throw null;
    },
  });
  const server = createServer(koa.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/query`);
  expect([response.status, response.headers.get('content-type')]).toEqual([500, 'application/problem+json']);
  server.close();
});

test('only on Lambda a handler listens to SIGTERM, once for each app', () => {
  const app = appOf({ onStop: () => {} });
  const before = process.listenerCount('SIGTERM');
  createHandler(app);
  expect(process.listenerCount('SIGTERM')).toBe(before);
  process.env['AWS_LAMBDA_RUNTIME_API'] = '127.0.0.1:9001';
  createHandler(app);
  createHandler(app);
  delete process.env['AWS_LAMBDA_RUNTIME_API'];
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  process.removeListener('SIGTERM', process.listeners('SIGTERM').at(-1)!);
});

test('a reply whose headers exceed the limit of its event source is a 500', async () => {
  for (const event of [urlEvent({ rawPath: '/wide' }), latticeEvent({ path: '/wide' })]) {
    expect(await createHandler(appOf())(event)).toMatchObject({ statusCode: 500 });
  }
});

test('VPC Lattice keeps every name of a query', async () => {
  const queryStringParameters = JSON.parse('{"a":["1"],"__proto__":["x"]}');
  const result = await createHandler(appOf())(latticeEvent({ path: '/query', queryStringParameters }));
  expect(JSON.parse((result as { body: string }).body)).toEqual(['__proto__', 'a']);
});

test('the log has an error’s own members and those of an aggregate, and is never empty', async () => {
  const lines: string[] = [];
  const told = jest.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
  @Controller()
  class FailingController {
    @Get('/aggregate') aggregate() {
      const errors = [new Error('connect ECONNREFUSED ::1:5432')];
      throw Object.assign(new AggregateError(errors, ''), { code: 'ECONNREFUSED' });
    }
  }
  const handler = createHandler(defineApp({ controllers: [FailingController] }));
  await handler(urlEvent({ rawPath: '/aggregate' }));
  told.mockRestore();
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      msg: 'AggregateError',
      err: expect.objectContaining({
        code: 'ECONNREFUSED',
        aggregateErrors: [expect.objectContaining({ message: 'connect ECONNREFUSED ::1:5432' })],
      }),
    }),
  ]);
});
