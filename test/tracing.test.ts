import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { REPOSITORY } from './projects.js';

/** What a request's spans say: that of the server, and those of Koa's routers with the handler's own below them. */
interface Traced {
  readonly status: number;
  readonly server: { readonly name: string; readonly route?: string };
  readonly routers: readonly { readonly name: string; readonly route: string }[];
  /** The span that was active in the handler. */
  readonly active?: string;
}

const DOORS = ['serve', 'toKoa', 'toRouter', 'toRouter with a route of its own', 'toRouter within a router'] as const;

const REQUESTS = [
  ['GET', '/api/todos/7'],
  ['HEAD', '/api/todos/7'],
  ['GET', '/api/todos/'],
  ['GET', '/api/todos/7/fail'],
  ['GET', '/api/todos/7/lines'],
  ['GET', '/api/todos/files/a%2Fb/c'],
  ['DELETE', '/api/todos/7'],
  ['GET', '/api/nothing'],
  ['GET', '/api/own'],
] as const;

/**
 * OpenTelemetry replaces modules while they are loaded, so it is set up first, in a process of its own, as its
 * documentation has it for ES modules.
 */
const SCRIPT = `
  import { register } from 'node:module';
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  const { SpanKind, trace } = await import('@opentelemetry/api');
  const { NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { HttpInstrumentation } = await import('@opentelemetry/instrumentation-http');
  const { KoaInstrumentation } = await import('@opentelemetry/instrumentation-koa');
  let spans = [];
  let serverEnded = () => {};
  const collect = {
    onStart() {},
    onEnd(span) {
      spans.push(span);
      if (span.kind === SpanKind.SERVER) serverEnded();
    },
    async forceFlush() {},
    async shutdown() {},
  };
  new NodeTracerProvider({ spanProcessors: [collect] }).register();
  new HttpInstrumentation();
  new KoaInstrumentation();

  const { createServer } = await import('node:http');
  const { default: Koa } = await import('koa');
  const { default: Router } = await import('@koa/router');
  const { Controller, defineApp, Get, Param } = await import('twodoors');
  const { serve, toKoa, toRouter } = await import('twodoors/koa');
  let active;
  class TodoController {
    async show(id) { await null; active = trace.getActiveSpan()?.name; return { id }; }
    index() { return 'index'; }
    fail() { throw new Error('a bug'); }
    async *lines() { yield 'a'; yield 'b'; }
    file(rest) { return { rest }; }
  }
  const { prototype } = TodoController;
  Get('/:id')(prototype, 'show', {});
  Param('id', String)(prototype, 'show', 0);
  Get('/')(prototype, 'index', {});
  Get('/:id/fail')(prototype, 'fail', {});
  Get('/:id/lines')(prototype, 'lines', {});
  Get('/files/*rest')(prototype, 'file', {});
  Param('rest', String)(prototype, 'file', 0);
  Controller('/todos')(TodoController);
  const app = defineApp({ controllers: [TodoController], log() {} });

  const listen = async (koa) => {
    const server = createServer(koa.callback());
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return 'http://127.0.0.1:' + server.address().port;
  };
  const withRouter = (add = () => {}) => {
    const router = toRouter(app, { basePath: '/api' });
    add(router);
    return listen(new Koa().use(router.routes()));
  };
  const open = {
    serve: async () => (await serve(app, { port: 0, basePath: '/api', host: '127.0.0.1' })).url,
    toKoa: () => listen(toKoa(app, { basePath: '/api' })),
    toRouter: () => withRouter(),
    'toRouter with a route of its own': () => withRouter((router) => router.get('/own', (context) => { context.body = 'own'; })),
    'toRouter within a router': () => {
      const outer = new Router({ prefix: '/api' });
      outer.use(toRouter(app).routes());
      return listen(new Koa().use(outer.routes()));
    },
  };
  const routeOf = ({ name, attributes }) => ({ name, route: attributes['http.route'] });
  const traced = {};
  for (const door of ${JSON.stringify(DOORS)}) {
    const url = await open[door]();
    for (const [method, path] of ${JSON.stringify(REQUESTS)}) {
      spans = [];
      active = undefined;
      const ended = new Promise((resolve) => { serverEnded = resolve; });
      const response = await fetch(new URL(path, url), { method });
      await response.arrayBuffer();
      await ended;
      traced[door + ' ' + method + ' ' + path] = {
        status: response.status,
        server: routeOf(spans.find((span) => span.kind === SpanKind.SERVER)),
        routers: spans.filter((span) => span.attributes['koa.type'] === 'router').map(routeOf),
        active,
      };
    }
  }
  console.log(JSON.stringify(traced));
  process.exit();
`;

let traced: Record<string, Traced>;

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    cwd: REPOSITORY,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  traced = JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{'))!);
});

describe.each(DOORS)('OpenTelemetry at %s', (door) => {
  const onRoute = (status: number, method: string, route: string, handler: string) => ({
    status,
    server: { name: `${method} ${route}`, route },
    routers: [{ name: `TodoController.${handler}`, route }],
  });
  const outside = (status: number, method: string) => ({ status, server: { name: method }, routers: [] });

  test.each<[rule: string, request: string, expected: Traced]>([
    [
      'sees the route, and its span is active in the handler',
      'GET /api/todos/7',
      { ...onRoute(200, 'GET', '/api/todos/:id', 'show'), active: 'TodoController.show' },
    ],
    [
      'sees the route of a HEAD',
      'HEAD /api/todos/7',
      { ...onRoute(200, 'HEAD', '/api/todos/:id', 'show'), active: 'TodoController.show' },
    ],
    ['sees a route without parameters', 'GET /api/todos/', onRoute(200, 'GET', '/api/todos', 'index')],
    ['sees the route of a bug', 'GET /api/todos/7/fail', onRoute(500, 'GET', '/api/todos/:id/fail', 'fail')],
    ['sees the route of a stream', 'GET /api/todos/7/lines', onRoute(200, 'GET', '/api/todos/:id/lines', 'lines')],
    ['sees the route of a rest', 'GET /api/todos/files/a%2Fb/c', onRoute(200, 'GET', '/api/todos/files/*rest', 'file')],
    // A router has only layers for a router around it, which replies to no method that they do not have.
    [
      'sees no route where none was called: a 405',
      'DELETE /api/todos/7',
      outside(door === 'toRouter within a router' ? 404 : 405, 'DELETE'),
    ],
    ['sees no route where none is', 'GET /api/nothing', outside(404, 'GET')],
  ])('%s', (_rule, request, expected) => {
    expect(traced[`${door} ${request}`]).toEqual(expected);
  });
});

test('OpenTelemetry sees a route that was added to the router', () => {
  expect(traced['toRouter with a route of its own GET /api/own']).toMatchObject({
    status: 200,
    server: { route: '/api/own' },
    routers: [{ route: '/api/own' }],
  });
});
