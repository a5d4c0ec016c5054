import type { Context } from 'aws-lambda';
import {
  Controller,
  defineApp,
  Get,
  Header,
  HttpError,
  HttpReply,
  type Middleware,
  NotFoundError,
  Query,
  reply,
  Use,
} from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { inject, openDoors } from 'twodoors/testing';
import { openDispatcher } from '../src/runtime/dispatch/dispatcher.js';
import { urlEvent } from './fixtures/events/events.js';

class MissingRow extends Error {}

@Controller()
class FaultyController {
  @Get('/fine') fine() {
    return 'fine';
  }
  @Get('/number') number(@Query('n') n: number) {
    return n;
  }
  @Get('/missing') missing() {
    throw new MissingRow('row 7');
  }
  @Get('/bug') bug() {
    throw new Error('bug');
  }
  @Get('/silent') async *silent() {
    await new Promise((resolve) => setTimeout(resolve, 10_000).unref());
    yield 'too late';
  }
  @Get('/slow') async slow() {
    await new Promise((resolve) => setTimeout(resolve, 10_000).unref());
  }
}

const controllers = [FaultyController];

/** The reply to a request, which must be the same through every door. */
async function everywhere(options: Omit<Parameters<typeof defineApp>[0], 'controllers'>, target: string, init = {}) {
  const doors = await openDoors(defineApp({ controllers, log: () => {}, ...options }));
  const replies = await Promise.all(
    doors.map(async (door) => {
      const { status, headers, body } = await door.request(target, init);
      return {
        status,
        type: headers['content-type'],
        text: Buffer.from(body)
          .toString()
          .replace(/"requestId":"[^"]+"/, '"requestId":"…"'),
        extra: headers['x-extra'],
      };
    }),
  );
  await doors.close();
  for (const each of replies) expect(each).toEqual(replies[0]);
  return replies[0]!;
}

describe('onError', () => {
  const mapping = (error: unknown) => (error instanceof MissingRow ? new NotFoundError('No such row') : undefined);

  test('maps errors of the app', async () => {
    expect(await everywhere({ onError: mapping }, '/missing')).toMatchObject({
      status: 404,
      text: '{"type":"about:blank","title":"Not Found","status":404,"detail":"No such row"}',
    });
  });

  test('maps by throwing, and asynchronously', async () => {
    const onError = async () => {
      await Promise.resolve();
      throw new HttpError(418, 'teapot');
    };
    expect(await everywhere({ onError }, '/missing')).toMatchObject({ status: 418 });
  });

  test('maps to a whole reply', async () => {
    const onError = () => reply({ own: true }, { status: 409, headers: { 'x-extra': '1' } });
    expect(await everywhere({ onError }, '/bug')).toMatchObject({ status: 409, text: '{"own":true}', extra: '1' });
  });

  test('sees the errors of the dispatcher, such as a 404', async () => {
    const onError = (error: unknown) =>
      error instanceof HttpError && error.status === 404 ? new HttpReply('gone fishing', { status: 404 }) : undefined;
    expect(await everywhere({ onError }, '/nowhere')).toMatchObject({ status: 404, text: 'gone fishing' });
  });

  test('is a bug where it throws, and the next request works', async () => {
    const onError = () => {
      throw new TypeError('in onError');
    };
    const logged: unknown[] = [];
    const app = defineApp({ controllers, onError, log: (error) => logged.push((error as Error).message) });
    expect((await inject(app, '/missing')).status).toBe(500);
    expect(logged).toEqual(['in onError']);
    expect((await inject(app, '/fine')).text()).toBe('fine');
  });

  test('is a bug where it returns a value that cannot be sent', async () => {
    const app = defineApp({ controllers, onError: () => ({ n: Promise.resolve(1) }), log: () => {} });
    expect((await inject(app, '/missing')).status).toBe(500);
  });
});

describe('problem', () => {
  test('changes status and shape of all problems', async () => {
    const problem = ({ status, errors, title }: { status: number; title: string; errors?: readonly object[] }) =>
      status === 400 ? { status: 422, title: 'Unprocessable', mistakes: errors } : { message: title };
    expect(await everywhere({ problem }, '/number?n=x')).toEqual({
      status: 422,
      type: 'application/problem+json',
      text: '{"status":422,"title":"Unprocessable","mistakes":[{"in":"query","path":"n","message":"n must be a decimal number"}]}',
      extra: undefined,
    });
    expect(await everywhere({ problem }, '/nowhere')).toMatchObject({ status: 404, text: '{"message":"Not Found"}' });
  });

  test('may return a whole reply', async () => {
    const problem = () => new HttpReply('<error/>', { status: 400, headers: { 'content-type': 'application/xml' } });
    expect(await everywhere({ problem }, '/nowhere')).toMatchObject({ status: 400, type: 'application/xml' });
  });

  test('is logged where it throws, and the default document is sent', async () => {
    const logged: unknown[] = [];
    const app = defineApp({
      controllers,
      problem: () => {
        throw new Error('in problem');
      },
      log: (error) => logged.push((error as Error).message),
    });
    expect((await inject(app, '/nowhere')).json()).toEqual({ type: 'about:blank', title: 'Not Found', status: 404 });
    expect(logged).toEqual(['in problem']);
  });
});

describe('onStart', () => {
  test('runs once, and the first requests wait for it', async () => {
    const order: string[] = [];
    const app = defineApp({
      controllers,
      onStart: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push('started');
      },
      use: [
        (_request, next) => {
          order.push('request');
          return next();
        },
      ],
    });
    const handler = createHandler(app);
    await Promise.all([handler(urlEvent({ rawPath: '/fine' })), handler(urlEvent({ rawPath: '/fine' }))]);
    await handler(urlEvent({ rawPath: '/fine' }));
    expect(order).toEqual(['started', 'request', 'request', 'request']);
  });

  test('is a 500 for waiting requests where it fails, and the next request tries again', async () => {
    let tries = 0;
    const logged: unknown[] = [];
    const app = defineApp({
      controllers,
      onStart: () => {
        if (++tries < 3) throw new Error(`try ${tries}`);
      },
      log: (error) => logged.push((error as Error).message),
    });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await inject(app, '/fine')).status);
    expect(statuses).toEqual([500, 500, 200, 200]);
    expect(tries).toBe(3);
    expect(logged).toEqual(['try 1', 'try 2']);
  });
});

const DENY = new HttpReply('denied', { status: 403, headers: { 'X-Own': '1' }, cookies: ['a=1'] });

test('a reply that is returned again and again stays the same', async () => {
  @Controller()
  class SharedController {
    @Get('/deny') @Header('set-cookie', 'b=2') deny() {
      return DENY;
    }
    @Get('/guarded') @Use(() => DENY) guarded() {
      return 'never';
    }
  }
  const app = defineApp({
    controllers: [SharedController],
    use: [
      async (_request, next) => {
        const seen = await next();
        seen.headers['x-seen'] = `${seen.headers['x-seen'] ?? ''}.`;
        seen.cookies.push('c=3');
        return seen;
      },
    ],
  });
  const doors = await openDoors(app);
  for (const door of doors) {
    for (const path of ['/deny', '/guarded']) {
      await door.request(path, { method: 'HEAD' });
      await door.request(path);
      const { status, headers, cookies, text } = await door.request(path);
      expect({ status, seen: headers['x-seen'], cookies, text: text() }).toEqual({
        status: 403,
        seen: '.',
        cookies: path === '/deny' ? ['a=1', 'b=2', 'c=3'] : ['a=1', 'c=3'],
        text: 'denied',
      });
    }
  }
  await doors.close();
});

const seeing: Middleware = async (_request, next) => {
  const seen = await next();
  seen.headers['x-extra'] = 'seen';
  return seen;
};

test("the app's middleware sees a 504, and an app that could not start", async () => {
  expect(await everywhere({ timeout: 20, use: [seeing] }, '/slow')).toMatchObject({ status: 504, extra: 'seen' });
  const onStart = () => {
    throw new Error('no');
  };
  expect(await everywhere({ onStart, use: [seeing] }, '/fine')).toMatchObject({ status: 500, extra: 'seen' });
});

test('the reply to HEAD has no body, also where the app does not start in time', async () => {
  const onStart = () => new Promise<void>(() => {});
  const handler = createHandler(defineApp({ controllers, timeout: 20, onStart, log: () => {} }));
  const event = urlEvent({ rawPath: '/fine' }, 'HEAD');
  expect(await handler(event)).toMatchObject({ statusCode: 504, body: '' });
});

test('middleware that hangs is a 504', async () => {
  const hangs: Middleware = () => new Promise(() => {});
  expect(await everywhere({ timeout: 20, use: [hangs] }, '/fine')).toMatchObject({ status: 504 });
});

test('a body without a first chunk is a 504', async () => {
  expect(await everywhere({ timeout: 20 }, '/silent')).toMatchObject({ status: 504 });
});

test('next() that nobody awaits does not end the process when it fails', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const early: Middleware = (_request, next) => {
    void next();
    void next();
    return 'early';
  };
  @Controller()
  class EarlyController {
    @Get('/early') @Use(early) bug() {
      throw new Error('nobody waits for this');
    }
  }
  expect((await inject(defineApp({ controllers: [EarlyController] }), '/early')).text()).toBe('early');
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

test('a request that takes too long is a 504 through every door', async () => {
  expect(await everywhere({ timeout: 20 }, '/slow')).toMatchObject({
    status: 504,
    text: '{"type":"about:blank","title":"Gateway Timeout","status":504}',
  });
});

test.each([2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY])(
  'a deadline %d ms away, further than a timer can wait, is no deadline',
  async (remaining) => {
    @Controller()
    class SoonController {
      @Get('/soon') async soon() {
        // Longer than the timer that would fire at once.
        await new Promise((resolve) => setTimeout(resolve, 5));
        return 'soon';
      }
    }
    const handler = createHandler(defineApp({ controllers: [SoonController], log: () => {} }));
    const context = { getRemainingTimeInMillis: () => remaining } as Context;
    expect(await handler(urlEvent({ rawPath: '/soon' }), context)).toMatchObject({ statusCode: 200, body: 'soon' });
  },
);

test('onStop waits for an onStart under way', async () => {
  const order: string[] = [];
  let finishStart!: () => void;
  const { lifecycle } = openDispatcher(
    defineApp({
      controllers,
      onStart: async () => {
        await new Promise<void>((resolve) => {
          finishStart = resolve;
        });
        order.push('started');
      },
      onStop: () => void order.push('stopped'),
    }),
  );
  const started = lifecycle!.start();
  await Promise.resolve();
  const stopped = lifecycle!.stop();
  finishStart();
  await Promise.all([started, stopped]);
  expect(order).toEqual(['started', 'stopped']);
});
