import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';
import type { App, AppOptions } from '../app.js';
import { type GatewayName, gatewayNames } from '../event-sources.js';
import type { GatewayContext } from '../gateways/gateway.js';
import { gateways } from '../gateways/gateways.js';
import type { RawRequest, RawResponse } from '../gateways/raw-http.js';
import { toKoa } from '../koa/to-koa.js';
import { createHandler, type LambdaHandler } from '../lambda/create-handler.js';
import { provideTestingSecret } from '../web/sessions/fallback-secret.js';
import { type ClientOptions, TestClient } from './client.js';
import { sendOverSocket } from './socket-client.js';
import { type TestRequestInit, toRawRequest } from './test-request.js';
import { type TestResponse, toTestResponse } from './test-response.js';

// Apps with sessions need no secret in tests.
provideTestingSecret();

/** The name of a door. */
export type DoorName = 'koa' | GatewayName;

/** The names of all doors, in the order in which `openDoors` opens them. */
export const doorNames: readonly DoorName[] = ['koa', ...gatewayNames];

/** One way into an app. */
export interface Door {
  readonly name: DoorName;
  /**
   * Sends a request, its target exactly as given.
   *
   * @throws Error if the connection ends before the response is complete, if the handler fails, and after `close()`
   */
  request(target: string, init?: TestRequestInit): Promise<TestResponse>;
  /** Makes a client that keeps cookies, follows redirects and fills in forms; see {@link TestClient}. */
  client(options?: ClientOptions): TestClient;
  /** As `request`, but adds nothing: no `host`, no `content-type`. */
  send(request: RawRequest): Promise<RawResponse>;
  /**
   * Closes the door: its server stops listening, requests under way are cut off, and the app's `onStop` runs if its `onStart`
   * has. Further calls do nothing. Rejects with what `onStop` throws.
   */
  close(): Promise<void>;
  /** The name, so that `describe.each(doors)('%s', …)` shows it. */
  toString(): string;
}

/**
 * Opens one door of an app; see {@link openDoors}.
 *
 * @throws StartupError with every mistake in the app, RangeError for an unknown name
 */
export async function openDoor(app: App, name: DoorName): Promise<Door> {
  if (!doorNames.includes(name)) {
    throw new RangeError(`There is no door called ${JSON.stringify(name)}. Use one of: ${doorNames.join(', ')}.`);
  }
  const { opened, stop } = stoppable(app);
  return name === 'koa' ? openKoaDoor(opened, stop) : openDoorOf(name, createHandler(opened), opened, stop);
}

/** An app that can be stopped, as a server or Lambda stops it: `onStop` runs once, where it has started. */
function stoppable(app: App): { opened: App; stop: () => Promise<void> } {
  const { onStart, onStop } = app.options;
  if (onStop === undefined) return { opened: app, stop: async () => {} };
  let starting: Promise<boolean> = Promise.resolve(onStart === undefined);
  const options: AppOptions = {
    ...app.options,
    ...(onStart !== undefined && {
      onStart: () => {
        const attempt = Promise.resolve().then(onStart);
        starting = attempt.then(
          () => true,
          () => false,
        );
        return attempt;
      },
    }),
  };
  return {
    opened: { options },
    async stop() {
      if (await starting) await onStop();
    },
  };
}

async function openKoaDoor(app: App, stop: () => Promise<void>): Promise<Door> {
  const server = createServer(toKoa(app).callback());
  // The gateways are reached by https, so that `request.client.protocol` must be https here too.
  server.on('connection', (socket) => Object.assign(socket, { encrypted: true }));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return createDoor(
    'koa',
    app,
    (request) => sendOverSocket(port, request),
    async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await stop();
    },
  );
}

/** An app echoes the same through each door only if the gateways add no headers of their own. */
const GATEWAY_CONTEXT: GatewayContext = { addsHeaders: false };

/**
 * Makes a door of any handler, such as that of a built bundle. Events and results go through JSON, as on AWS.
 *
 * @example
 * ```ts
 * const { handler } = await import('./build/lambda/index.js');
 * const door = openGatewayDoor('rest', handler);
 * ```
 */
export function openGatewayDoor(name: GatewayName, handler: LambdaHandler<unknown>): Door {
  return openDoorOf(name, handler, undefined, async () => {});
}

function openDoorOf(
  name: GatewayName,
  handler: LambdaHandler<unknown>,
  app: App | undefined,
  stop: () => Promise<void>,
): Door {
  const gateway = gateways[name];
  return createDoor(
    name,
    app,
    async (request) => {
      const event: unknown = JSON.parse(JSON.stringify(gateway.toEvent(request, GATEWAY_CONTEXT)));
      const result: unknown = await handler(event, testContext());
      const received: unknown = result === undefined ? undefined : JSON.parse(JSON.stringify(result));
      return gateway.toResponse(received, request, GATEWAY_CONTEXT);
    },
    stop,
  );
}

function createDoor(name: DoorName, app: App | undefined, exchange: Door['send'], end: () => Promise<void>): Door {
  let closed: Promise<void> | undefined;
  const send: Door['send'] = async (request) => {
    if (closed !== undefined) throw new Error(`The door ${name} is closed.`);
    return exchange(request);
  };
  const request: Door['request'] = async (target, init) => toTestResponse(await send(toRawRequest(target, init)));
  return {
    name,
    send,
    close: () => {
      closed ??= end();
      return closed;
    },
    request,
    client: (options = {}) => new TestClient(request, app, options),
    toString: () => name,
  };
}

/** The part of Lambda's context that a handler may read. */
function testContext(): Context {
  return {
    awsRequestId: crypto.randomUUID(),
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:test',
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/test',
    logStreamName: 'test',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => 30_000,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
