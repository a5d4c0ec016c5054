import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';
import type { App } from '../app.js';
import type { GatewayContext, GatewayName } from '../gateways/gateway.js';
import { gateways } from '../gateways/gateways.js';
import type { RawRequest, RawResponse } from '../gateways/raw-http.js';
import { toKoa } from '../koa/to-koa.js';
import { createHandler, type LambdaHandler } from '../lambda/create-handler.js';
import { sendOverSocket } from './socket-client.js';
import { type TestRequestInit, toRawRequest } from './test-request.js';
import { type TestResponse, toTestResponse } from './test-response.js';

/** The names of all doors. */
export type DoorName = 'koa' | GatewayName;

/** All doors, in the order in which `openDoors` gives them. */
export const doorNames: readonly DoorName[] = ['koa', 'rest', 'http', 'url', 'alb', 'alb-multi'];

/** One way into an app. */
export interface Door {
  readonly name: DoorName;
  /**
   * Sends a request; its target goes out as it is.
   *
   * @throws Error where the connection ends before the answer is whole, where the handler fails, and after `close()`
   */
  request(target: string, init?: TestRequestInit): Promise<TestResponse>;
  /** As `request`, with nothing added: no `host`, no `content-type`. */
  send(request: RawRequest): Promise<RawResponse>;
  /** Closes the door: its server stops listening, what is under way is cut off. May be called twice. */
  close(): Promise<void>;
  /** The name, so that `describe.each(doors)('%s', …)` shows it. */
  toString(): string;
}

/** The doors of an app, and one way to close them all. */
export type Doors = readonly Door[] & { close(): Promise<void> };

/** What {@link openDoors} takes. */
export interface DoorsOptions {
  /** Which doors, in which order. Default: all. */
  doors?: readonly DoorName[];
}

/**
 * Opens every door of an app: a real Koa server on a free port of the loopback, spoken to over a socket, and each Lambda
 * source, through a model of the gateway before it.
 *
 * @throws StartupError with every mistake in the app
 * @example
 * ```ts
 * const doors = await openDoors(app);
 * describe.each(doors)('%s', (door) => {
 *   test('says hello', async () => expect((await door.request('/')).status).toBe(200));
 * });
 * afterAll(() => doors.close());
 * ```
 * Where a test file cannot await at its top, go through `doorNames`, and open each door with {@link openDoor}.
 */
export async function openDoors(app: App, options: DoorsOptions = {}): Promise<Doors> {
  const names = options.doors ?? doorNames;
  const doors = await openAll(app, names);
  const close = async () => {
    await Promise.all(doors.map((door) => door.close()));
  };
  return Object.assign(doors, { close });
}

/** All of them, or none: those that did open are closed where another did not. */
async function openAll(app: App, names: readonly DoorName[]): Promise<Door[]> {
  const outcomes = await Promise.allSettled(names.map((name) => openDoor(app, name)));
  const doors = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return doors;
  await Promise.all(doors.map((door) => door.close()));
  throw failed.reason;
}

/**
 * Opens one door of an app; see {@link openDoors}.
 *
 * @throws StartupError with every mistake in the app, RangeError for a name that is no door's
 */
export async function openDoor(app: App, name: DoorName): Promise<Door> {
  if (!doorNames.includes(name)) {
    throw new RangeError(`There is no door called ${JSON.stringify(name)}. There are: ${doorNames.join(', ')}.`);
  }
  return name === 'koa' ? openKoaDoor(app) : openGatewayDoor(name, createHandler(app));
}

function createDoor(name: DoorName, pass: Door['send'], end: () => Promise<void>): Door {
  let closed: Promise<void> | undefined;
  const send: Door['send'] = async (request) => {
    if (closed !== undefined) throw new Error(`The door ${name} is closed.`);
    return pass(request);
  };
  return {
    name,
    send,
    close: () => {
      closed ??= end();
      return closed;
    },
    request: async (target, init) => toTestResponse(await send(toRawRequest(target, init))),
    toString: () => name,
  };
}

async function openKoaDoor(app: App): Promise<Door> {
  const server = createServer(toKoa(app).callback());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return createDoor(
    'koa',
    (request) => sendOverSocket(port, request),
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
}

/** What an app echoes is the same in each door only where the gateway adds nothing of its own. */
const GATEWAY_CONTEXT: GatewayContext = { addsHeaders: false };

/**
 * A door made of any handler: that of a built bundle, for instance. Events and results go through JSON, as on AWS.
 *
 * @example
 * ```ts
 * const { handler } = await import('./build/lambda/index.js');
 * const door = openGatewayDoor('rest', handler);
 * ```
 */
export function openGatewayDoor(name: GatewayName, handler: LambdaHandler<unknown>): Door {
  const gateway = gateways[name];
  return createDoor(
    name,
    async (request) => {
      const event: unknown = JSON.parse(JSON.stringify(gateway.toEvent(request, GATEWAY_CONTEXT)));
      const result: unknown = await handler(event, testContext());
      const received: unknown = result === undefined ? undefined : JSON.parse(JSON.stringify(result));
      return gateway.toResponse(received, request, GATEWAY_CONTEXT);
    },
    async () => {},
  );
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
