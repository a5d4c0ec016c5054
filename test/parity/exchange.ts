import { type App, Controller, defineApp, Get } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { type Door, type DoorName, doorNames, openDoor, openGatewayDoor, type RawRequest } from 'twodoors/testing';
import { type Loss, losses } from './losses.js';
import { CUT_OFF, inOrder, isSame, printReply, type Reply, toReply } from './reply.js';
import { printRequest } from './request-spec.js';

/** The doors of one app, and what each must reply. */
export interface Exchange {
  /** Sends a request through one door, and gives its reply. */
  ask(door: DoorName, request: RawRequest): Promise<Reply>;
  /**
   * The reply that a door must give: that of the Koa door, as far as it gets through the gateway.
   *
   * @param plain the Koa door's reply to the request as it is
   */
  predict(door: DoorName, request: RawRequest, plain: Reply, known?: readonly Loss[]): Promise<Reply>;
  /**
   * Sends a request through every door.
   *
   * @throws Error that shows the first difference
   */
  compare(request: RawRequest): Promise<Reply>;
  close(): Promise<void>;
}

/** Told of each loss that applied. */
export type Witness = (loss: Loss) => void;

/** Opens the doors of an app. @param readsRaw whether its handlers read what only looks different through a gateway */
export async function openExchange(app: App, readsRaw: boolean, witness: Witness = () => {}): Promise<Exchange> {
  const results = new Map<DoorName, unknown>();
  const handler = createHandler(app);
  const doors = new Map<DoorName, Door>();
  for (const name of doorNames) {
    doors.set(
      name,
      name === 'koa'
        ? await openDoor(app, name)
        : openGatewayDoor(name, async (event, context) => {
            const result = await handler(event, context);
            results.set(name, result);
            return result;
          }),
    );
  }

  const ask: Exchange['ask'] = async (name, request) => {
    try {
      return toReply(await doors.get(name)!.send(request));
    } catch (error) {
      if (name === 'koa' && isCutOff(error)) return CUT_OFF;
      throw error;
    }
  };

  const predict: Exchange['predict'] = async (door, request, plain, known = losses) => {
    let seen = request;
    for (const loss of known) {
      if (!loss.doors.includes(door) || loss.seen === undefined || loss.when?.(seen) === false) continue;
      if (loss.isOfRaw && !readsRaw) continue;
      witness(loss);
      seen = loss.seen(seen, door);
    }
    let reply = isEqual(seen, request) ? plain : await ask('koa', seen);
    for (const loss of known) {
      if (!loss.doors.includes(door)) continue;
      let next = reply;
      if (loss.becomesBug?.(reply)) next = await replyToBug(seen);
      else if (loss.replied !== undefined) next = loss.replied(reply);
      if (!isSame(next, reply)) witness(loss);
      reply = next;
    }
    return reply;
  };

  const compare: Exchange['compare'] = async (request) => {
    const koa = await ask('koa', request);
    for (const name of doorNames) {
      if (name === 'koa') continue;
      const [reply, expected] = [await ask(name, request), await predict(name, request, koa)];
      if (!isSame(reply, expected)) throw new Error(difference(name, request, expected, reply));
      assertBodiless(name, request, results.get(name));
    }
    return koa;
  };

  return {
    ask,
    predict,
    compare,
    close: async () => {
      for (const door of doors.values()) await door.close();
    },
  };
}

/** Whether two requests are the same, save for the order and the case of their headers' names. */
function isEqual(a: RawRequest, b: RawRequest): boolean {
  if (a === b) return true;
  const write = ({ method, target, headers }: RawRequest) =>
    JSON.stringify([method, target, inOrder(headers.map(([name, value]) => [name.toLowerCase(), value]))]);
  return write(a) === write(b) && Buffer.from(a.body).equals(b.body);
}

/** A gateway would hide it: what the handler itself gives for HEAD has no body. */
function assertBodiless(name: DoorName, { method }: RawRequest, result: unknown): void {
  const { body } = result as { body?: unknown };
  if (method === 'HEAD' && body !== '') throw new Error(`${name}: the result of a HEAD has a body: ${body}`);
}

function isCutOff(error: unknown): boolean {
  return error instanceof Error && /connection (?:ended|was closed)|ECONNRESET/i.test(error.message);
}

function difference(name: DoorName, request: RawRequest, expected: Reply, reply: Reply): string {
  return [
    `The door ${name} does not give the reply that it must.`,
    `--- request\n${printRequest(request)}`,
    `--- expected, from the reply of the Koa door\n${printReply(expected)}`,
    `--- received\n${printReply(reply)}`,
  ].join('\n');
}

class BuggyController {
  bug(): never {
    throw new Error('a bug');
  }
}
Get('/')(BuggyController.prototype, 'bug', Object.getOwnPropertyDescriptor(BuggyController.prototype, 'bug')!);
Controller()(BuggyController);
const buggy = defineApp({ controllers: [BuggyController], development: false, log: () => {} });

/** The reply to a bug, for whoever sent this request. */
async function replyToBug(request: RawRequest): Promise<Reply> {
  const door = await openDoor(buggy, 'koa');
  const headers = request.headers.filter(([name]) => !/^(?:content-length|transfer-encoding)$/i.test(name));
  const reply = toReply(await door.send({ method: 'GET', target: '/', headers, body: new Uint8Array(0) }));
  await door.close();
  return reply;
}
