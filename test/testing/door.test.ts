import { Controller, defineApp, Get, type HttpRequest, Post, Req } from 'twodoors';
import { doorNames, openDoor } from 'twodoors/testing';

// What a door of the testing kit starts and stops.

@Controller()
class SpelledController {
  @Get() get() {
    return 'GET';
  }
  @Post() async post(@Req() request: HttpRequest) {
    return `POST ${request.header('content-type')}`;
  }
}

describe.each(doorNames)('%s', (name) => {
  const done: string[] = [];
  const app = (onStart?: () => void) =>
    defineApp({ controllers: [SpelledController], log: () => {}, onStart, onStop: async () => void done.push('stop') });
  beforeEach(() => {
    done.length = 0;
  });

  test('closing it stops an app that has started, once', async () => {
    const door = await openDoor(
      app(() => void done.push('start')),
      name,
    );
    await Promise.all([door.request('/'), door.request('/')]);
    expect(done).toEqual(['start']);
    await Promise.all([door.close(), door.close()]);
    expect(done).toEqual(['start', 'stop']);
  });

  test('an app that has not started is not stopped, nor one whose start failed', async () => {
    const idle = await openDoor(
      app(() => {}),
      name,
    );
    await idle.close();
    const failing = await openDoor(
      app(() => {
        throw new Error('no database');
      }),
      name,
    );
    expect((await failing.request('/')).status).toBe(500);
    await failing.close();
    expect(done).toEqual([]);
  });

  test('an app without onStart is stopped', async () => {
    const door = await openDoor(app(), name);
    await door.close();
    expect(done).toEqual(['stop']);
  });

  test('close rejects with what onStop throws', async () => {
    const onStop = () => {
      throw new Error('still busy');
    };
    const door = await openDoor(defineApp({ controllers: [SpelledController], onStop }), name);
    await expect(door.close()).rejects.toThrow('still busy');
  });

  test('a form without fields is a form', async () => {
    const door = await openDoor(defineApp({ controllers: [SpelledController] }), name);
    expect((await door.request('/', { form: {} })).text()).toBe('POST application/x-www-form-urlencoded');
    expect((await door.request('/')).text()).toBe('GET');
    await door.close();
  });
});
