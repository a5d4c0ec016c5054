import { jest } from '@jest/globals';
import { Body, Controller, defineApp, Get, Head, Headers, type HttpRequest, Post, Req, StartupError } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { type Door, doorNames, inject, openDoor, openDoors, openGatewayDoor, toRawRequest } from 'twodoors/testing';

@Controller()
class EchoController {
  @Get('/*rest') target(@Req() request: HttpRequest) {
    return { path: request.path, query: request.rawQuery };
  }
  @Get('/headers') headers(@Headers() headers: Record<string, string>) {
    return headers;
  }
  @Post('/body') body(@Body(Object) body: unknown) {
    return body;
  }
  @Get('/cut') async *cut() {
    yield 'one';
    throw new Error('midway');
  }
  @Head('/cut') head() {}
}

const app = defineApp({ controllers: [EchoController], log: () => {} });
const broken = defineApp({ controllers: [class One {}, class Two {}] });

const doors = await openDoors(app);
afterAll(() => doors.close());

test('there are six doors, in the order of doorNames', () => {
  expect(doors.map(({ name }) => name)).toEqual(doorNames);
  expect(doors.map(String)).toEqual(['koa', 'rest', 'http', 'url', 'alb', 'alb-multi']);
});

const titles: (string | undefined)[] = [];

describe.each(doors)('%s', (door) => {
  test('its name is in the title', () => {
    titles.push(door.name);
    expect(expect.getState().currentTestName).toBe(`${door.name} its name is in the title`);
  });

  test('request() resolves to a readable response', async () => {
    const response = await door.request('/body', { json: { a: ['ä'] } });
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.text()).toBe('{"a":["ä"]}');
    expect(response.json()).toEqual({ a: ['ä'] });
  });

  test('a form is a form', async () => {
    expect((await door.request('/body', { form: { a: '1 2', b: 'ü' } })).json()).toEqual({ a: '1 2', b: 'ü' });
  });

  test('send() adds nothing', async () => {
    const { status, body } = await door.send({
      method: 'GET',
      target: '/headers',
      headers: [
        ['Host', 'example.com'],
        ['X-Own', ' padded\t'],
      ],
      body: new Uint8Array(0),
    });
    expect(status).toBe(200);
    expect(JSON.parse(Buffer.from(body).toString())).toEqual({ host: 'example.com', 'x-own': 'padded' });
  });
});

test('every door had its turn', () => expect(titles).toEqual(doorNames));

test.each(['//a/../b/./c', '/a%2Fb/%7Euser/%41', '/a;b=c/:d/@e', "/a'b|c{d}[e]", '/a?b?c=/d&&e==%zz&+', '/a%2?b=%'])(
  'the target is not normalised: %s',
  async (target) => {
    for (const door of doors.filter(({ name }) => name === 'koa' || name === 'url')) {
      const { status, json } = await door.request(target);
      if (status === 400) continue;
      const mark = target.indexOf('?');
      expect(json()).toEqual(
        mark === -1 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) },
      );
    }
  },
);

test('a response that is cut off rejects at the Koa door, and is a 500 where replies are collected', async () => {
  const [koa, ...others] = doors;
  const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
  await expect(koa!.request('/cut')).rejects.toThrow(/ended|reset|closed/i);
  for (const door of others) expect((await door.request('/cut')).status).toBe(500);
  // The app's own log has it, once; Koa has nothing to add.
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

test('inject() needs neither a socket nor a close', async () => {
  const response = await inject(app, '/body', { json: [1] });
  expect([response.status, response.json()]).toEqual([200, [1]]);
});

test('close() closes every door, and may be called twice', async () => {
  const opened = await openDoors(app);
  const [koa] = opened;
  await koa!.request('/headers');
  await opened.close();
  await opened.close();
  for (const door of opened) {
    await expect(door.request('/headers')).rejects.toThrow(`The door ${door.name} is closed.`);
  }
});

test('close() does not wait for a client that never goes', async () => {
  const door = await openDoor(app, 'koa');
  const pending = door.send({
    ...toRawRequest('/body', { method: 'POST', headers: { 'content-length': '10', 'content-type': 'text/json' } }),
    body: Buffer.from('{'),
  });
  const failed = expect(pending).rejects.toThrow(/ended|reset|closed/i);
  // The server has the request once it has replied to a later one.
  await door.request('/headers');
  await door.close();
  await failed;
});

describe('an app that cannot start', () => {
  test.each(doorNames)('openDoor(%s) rejects', async (name) => {
    await expect(openDoor(broken, name)).rejects.toThrow(StartupError);
  });
  test('openDoors() rejects, with every mistake', async () => {
    await expect(openDoors(broken)).rejects.toMatchObject({ mistakes: [expect.any(Object), expect.any(Object)] });
  });
  test('inject() rejects', async () => {
    await expect(inject(broken, '/')).rejects.toThrow(StartupError);
  });
});

test('an unknown door is a RangeError', async () => {
  await expect(openDoor(app, 'soap' as 'koa')).rejects.toThrow(
    'There is no door called "soap". Use one of: koa, rest, http, url, alb, alb-multi.',
  );
});

test('a door may be made of any handler', async () => {
  const handler = createHandler(app);
  const events: unknown[] = [];
  const door: Door = openGatewayDoor('alb', async (event, context) => {
    events.push(event);
    return handler(event, context);
  });
  expect((await door.request('/headers')).status).toBe(200);
  expect(events).toMatchObject([{ httpMethod: 'GET', path: '/headers', requestContext: { elb: {} } }]);
});
