import { openDoor } from 'twodoors/testing';
import { app } from '../src/app.js';

test('sends each event as it comes', async () => {
  const door = await openDoor(app, 'koa');
  try {
    const response = await door.request('/clock?ticks=2&interval=1');
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(response.text().match(/^(?:event|id|data):.*/gm)).toEqual([
      ...['event: tick', 'id: 1', 'data: {"n":1}'],
      ...['event: tick', 'id: 2', 'data: {"n":2}'],
    ]);
  } finally {
    await door.close();
  }
});

test('sends the same file through both doors', async () => {
  const bodies = await Promise.all(
    (['koa', 'url'] as const).map(async (name) => {
      const door = await openDoor(app, name);
      const response = await door.request('/numbers.csv?rows=1000');
      await door.close();
      return response.text();
    }),
  );
  expect(bodies[0]!.split('\r\n').slice(-3)).toEqual(['999,998001', '1000,1000000', '']);
  expect(bodies[1]).toBe(bodies[0]);
});
