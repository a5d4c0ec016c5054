import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makeProject, removeProjects } from './projects.js';

/**
 * Lambda Managed Instances run a handler in worker threads, up to 64 invocations at once in each. The script runs the
 * compiled package; each invocation gives up its turn in the middleware, before and after it reads its body, so that all of
 * a round are under way together.
 */
const SCRIPT = `
  import { parentPort, threadId } from 'node:worker_threads';
  import { Body, Controller, defineApp, HttpReply, Post, Query, Req } from 'twodoors';
  import { createHandler } from 'twodoors/lambda';
  const turn = () => new Promise(setImmediate);
  let underWay = 0;
  let most = 0;
  let constructed = 0;
  class EchoController {
    constructor() { constructed++; }
    async echo(body, query, request) {
      most = Math.max(most, ++underWay);
      await turn();
      const text = new TextDecoder().decode(body);
      await turn();
      underWay--;
      return new HttpReply(JSON.stringify({ text, query, user: request.state.user, id: request.id }), {
        headers: { 'x-own': query }, cookies: ['own=' + request.cookies.own],
      });
    }
  }
  Post('/echo')(EchoController.prototype, 'echo', {});
  Body(Uint8Array)(EchoController.prototype, 'echo', 0);
  Query('q', String)(EchoController.prototype, 'echo', 1);
  Req()(EchoController.prototype, 'echo', 2);
  Controller()(EchoController);
  let started = 0;
  const handler = createHandler(defineApp({
    controllers: [EchoController],
    use: [async (request, next) => { await turn(); request.state.user = request.header('x-user'); await turn(); return next(); }],
    onStart: async () => { started++; await turn(); },
    onStop: () => {},
  }));
  const invoke = async (round, n) => {
    const own = threadId + '-' + round + '-' + n;
    const event = {
      version: '2.0', rawPath: '/echo', rawQueryString: 'q=' + own, cookies: ['own=' + own],
      headers: { 'x-user': own }, body: btoa(own), isBase64Encoded: true,
      requestContext: { http: { method: 'POST', sourceIp: '192.0.2.1' }, domainName: 'api.example.com', stage: '$default' },
    };
    const result = await handler(event, { awsRequestId: own, getRemainingTimeInMillis: () => 30000 });
    const { text, query, user, id } = JSON.parse(result.body);
    return [text, query, user, id, result.headers['x-own'], result.cookies.join().slice(4)].every((value) => value === own);
  };
  let right = 0;
  for (let round = 0; round < 20; round++) {
    const outcomes = await Promise.all(Array.from({ length: 64 }, (_, n) => invoke(round, n)));
    right += outcomes.filter(Boolean).length;
  }
  parentPort.postMessage({ right, most, constructed, started });
`;

afterAll(removeProjects);

test('two worker threads with 64 invocations at once in each share nothing', async () => {
  // With a runtime API, as on Lambda: then onStop waits for a signal, which a worker thread never gets.
  const env = { ...process.env, NODE_OPTIONS: '', AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' };
  const file = join(makeProject({ 'worker.js': SCRIPT }), 'worker.js');
  const outcomes = await Promise.all(
    [1, 2].map(async () => {
      const worker = new Worker(file, { env });
      const [outcome] = await once(worker, 'message');
      await worker.terminate();
      return outcome;
    }),
  );
  const right = { right: 1280, most: 64, constructed: 1, started: 1 };
  expect(outcomes).toEqual([right, right]);
});
