import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';
import {
  Controller,
  defineApp,
  defineRouteMetadata,
  ForbiddenError,
  Get,
  type HttpRequest,
  type Middleware,
  Param,
  Req,
  Use,
} from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { inject, openDoors } from 'twodoors/testing';
import { albEvent, albMultiEvent, httpEvent, restEvent, urlEvent } from './fixtures/events/events.js';

declare module 'twodoors' {
  interface RequestState {
    user?: string;
  }
}

const Roles = defineRouteMetadata<string[]>();
const MaxAge = defineRouteMetadata<number>();

const guard: Middleware = (request, next) => {
  request.state.user = 'ada';
  if (Roles.of(request.route)?.includes('admin')) throw new ForbiddenError();
  return next();
};

@Roles(['reader'])
class MarkedBase {
  @Get('/inherited') inherited(@Req() request: HttpRequest) {
    return { roles: Roles.of(request.route), age: MaxAge.of(request.route) };
  }
}

@Controller()
@MaxAge(60)
@Use(guard)
class RequestController extends MarkedBase {
  @Get('/client') client(@Req() request: HttpRequest) {
    return request.client;
  }
  @Get('/claims') claims(@Req() request: HttpRequest) {
    return { claims: request.claims, source: request.lambda?.source, hasKoa: request.koa !== undefined };
  }
  @Get('/state') state(@Req() request: HttpRequest) {
    return { user: request.state.user };
  }
  @Get('/admin') @Roles(['admin']) admin() {
    return 'never';
  }
  @Get('/members') members(@Req() request: HttpRequest) {
    const own = Object.getOwnPropertyNames(request);
    return [...own, ...Object.getOwnPropertyNames(Object.getPrototypeOf(request))].sort();
  }
  @Get('/fails/:id') fails(@Param('id') _id: string) {
    throw new Error('fails');
  }
  @Get('/route') @MaxAge(5) route(@Req() { route }: HttpRequest) {
    return {
      controller: route?.controller.name,
      method: route?.methodName,
      path: route?.path,
      age: MaxAge.of(route),
      roles: Roles.of(route),
    };
  }
}

const controllers = [RequestController];
const app = defineApp({ controllers });

describe('route metadata', () => {
  test('of the method counts before that of the class, and that before a base class', async () => {
    expect((await inject(app, '/route')).json()).toEqual({
      controller: 'RequestController',
      method: 'route',
      path: '/route',
      age: 5,
      roles: ['reader'],
    });
    expect((await inject(app, '/inherited')).json()).toEqual({ roles: ['reader'], age: 60 });
    expect((await inject(app, '/admin')).status).toBe(403);
  });

  test('state belongs to one request', async () => {
    const doors = await openDoors(app);
    for (const door of doors) expect((await door.request('/state')).json()).toEqual({ user: 'ada' });
    await doors.close();
  });
});

type Result = { body: string };

async function clientOf(event: Record<string, unknown>, trustProxy?: boolean | number) {
  const handler = createHandler(defineApp({ controllers, ...(trustProxy === undefined ? {} : { trustProxy }) }));
  const at = 'rawPath' in event ? { ...event, rawPath: '/client' } : { ...event, path: '/client' };
  return JSON.parse(((await handler(at)) as unknown as Result).body);
}

const FORWARDED = { 'x-forwarded-for': '1.1.1.1, 2.2.2.2, 3.3.3.3', 'x-forwarded-proto': 'https' };
const lists = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));

describe('the client', () => {
  test.each<[string, Record<string, unknown>, boolean | number | undefined, object]>([
    [
      'REST: the event’s own',
      restEvent({ multiValueHeaders: lists(FORWARDED) }),
      undefined,
      { address: '203.0.113.7', protocol: 'https' },
    ],
    [
      'HTTP API: the event’s own',
      httpEvent({ headers: FORWARDED }),
      undefined,
      { address: '203.0.113.7', protocol: 'https' },
    ],
    [
      'Function URL: the event’s own',
      urlEvent({ headers: FORWARDED }),
      undefined,
      { address: '203.0.113.7', protocol: 'https' },
    ],
    [
      'load balancer: its own last entry',
      albEvent({ headers: FORWARDED }),
      undefined,
      { address: '3.3.3.3', protocol: 'https' },
    ],
    [
      'and of lists',
      albMultiEvent({ multiValueHeaders: lists({ ...FORWARDED, 'x-forwarded-proto': 'http' }) }),
      undefined,
      { address: '3.3.3.3', protocol: 'http' },
    ],
    ['behind one proxy', urlEvent({ headers: FORWARDED }), 1, { address: '2.2.2.2', protocol: 'https' }],
    ['behind two', albEvent({ headers: FORWARDED }), 2, { address: '1.1.1.1', protocol: 'https' }],
    ['behind more than there are', albEvent({ headers: FORWARDED }), 9, { address: '1.1.1.1', protocol: 'https' }],
    ['behind all', albEvent({ headers: FORWARDED }), true, { address: '1.1.1.1', protocol: 'https' }],
    ['no headers', albEvent({ headers: {} }), true, { protocol: 'https' }],
  ])('%s', async (_name, event, trustProxy, expected) => {
    expect(await clientOf(event, trustProxy)).toEqual(expected);
  });

  async function koaClient(trustProxy?: boolean | number) {
    const server = createServer(
      toKoa(defineApp({ controllers, ...(trustProxy === undefined ? {} : { trustProxy }) })).callback(),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/client`;
    const response = await fetch(url, { headers: FORWARDED });
    const client: unknown = await response.json();
    server.close();
    server.closeAllConnections();
    return client;
  }

  test('Koa: the socket’s; headers count only where they are trusted', async () => {
    expect(await koaClient()).toEqual({ address: '127.0.0.1', protocol: 'http' });
    expect(await koaClient(1)).toEqual({ address: '3.3.3.3', protocol: 'https' });
    expect(await koaClient(2)).toEqual({ address: '2.2.2.2', protocol: 'https' });
    expect(await koaClient(true)).toEqual({ address: '1.1.1.1', protocol: 'https' });
  });
});

describe('claims', () => {
  const handler = createHandler(app);
  const claimed = async (event: Record<string, unknown>, authorizer: object) => {
    const at = { ...event, ...('rawPath' in event ? { rawPath: '/claims' } : { path: '/claims' }) };
    const context = { ...(event['requestContext'] as object), authorizer };
    return JSON.parse(((await handler({ ...at, requestContext: context }, {} as Context)) as unknown as Result).body);
  };

  test.each<[string, Record<string, unknown>, object, object]>([
    [
      'Cognito before a REST API',
      restEvent(),
      { claims: { sub: '1' } },
      { claims: { sub: '1' }, source: 'rest', hasKoa: false },
    ],
    [
      'an authorizer of one’s own before it',
      restEvent(),
      { sub: '1' },
      { claims: { sub: '1' }, source: 'rest', hasKoa: false },
    ],
    [
      'a JWT authorizer before an HTTP API',
      httpEvent(),
      { jwt: { claims: { sub: '1' } } },
      { claims: { sub: '1' }, source: 'http', hasKoa: false },
    ],
    [
      'a Lambda authorizer before it',
      httpEvent(),
      { lambda: { sub: '1' } },
      { claims: { sub: '1' }, source: 'http', hasKoa: false },
    ],
    [
      'IAM before a Function URL',
      urlEvent(),
      { iam: { userId: '1' } },
      { claims: { userId: '1' }, source: 'url', hasKoa: false },
    ],
  ])('%s', async (_name, event, authorizer, expected) => {
    expect(await claimed(event, authorizer)).toEqual(expected);
  });

  test('the Koa door is given them, in development', async () => {
    const server = createServer(toKoa(app, { claims: () => ({ sub: 'dev' }) }).callback()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/claims`);
    expect(await response.json()).toEqual({ claims: { sub: 'dev' }, hasKoa: true });
    server.close();
    server.closeAllConnections();
  });
});

/** All that users see of a request, but for what the doors add (`koa`, `lambda`). */
const MEMBERS = [
  ...[
    'basePath',
    'claims',
    'client',
    'cookies',
    'form',
    'header',
    'headers',
    'id',
    'json',
    'method',
    'params',
    'path',
    'query',
  ],
  ...['queryValues', 'rawBody', 'rawQuery', 'route', 'signal', 'state', 'stream', 'text'],
];

test('a test may replace what reads the body, before anything has read one', async () => {
  const replaced: Middleware = (request, next) => {
    request.json = async () => 'of the test';
    Object.assign(request, { text: async () => 'text' });
    return next();
  };
  @Controller()
  class Reader {
    @Get('/read') async read(@Req() request: HttpRequest) {
      return [await request.json(), await request.text()];
    }
  }
  const { body } = await inject(defineApp({ controllers: [Reader], use: [replaced] }), '/read');
  expect(JSON.parse(String(body))).toEqual(['of the test', 'text']);
});

test('users see no members of a request that are meant for the framework', async () => {
  const doors = await openDoors(app);
  for (const door of doors) {
    const members = (await door.request('/members')).json() as string[];
    const added = door.name === 'koa' ? 'koa' : 'lambda';
    expect(members).toEqual([...MEMBERS, 'constructor', added].sort());
  }
  await doors.close();
});

test('every function of the framework in the stack of a controller’s error has a name', async () => {
  const stacks: string[] = [];
  const failing = defineApp({ controllers, use: [guard], log: (error) => stacks.push((error as Error).stack!) });
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const doors = await openDoors(failing, { doors: ['koa', 'url'] });
  for (const door of doors) expect((await door.request('/fails/7')).status).toBe(500);
  await doors.close();
  Error.stackTraceLimit = stackTraceLimit;
  expect(stacks).toHaveLength(2);
  for (const stack of stacks) {
    const frames = stack.split('\n').filter((line) => /src\/runtime\/(?:dispatch|http|link)\//.test(line));
    expect(frames.length).toBeGreaterThan(5);
    expect(frames.filter((frame) => !/^ +at (?:async )?[\w.#]+(?: \[as \w+\])? \(/.test(frame))).toEqual([]);
  }
});
