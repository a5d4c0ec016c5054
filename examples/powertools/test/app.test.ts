import { jest } from '@jest/globals';
import { doorNames, openDoor } from 'twodoors/testing';
import { app } from '../src/app.js';
import { logger, metrics } from '../src/observe.js';

test.each(doorNames)('each request at the door %s is logged and counted once, a refused one too', async (name) => {
  const lines: unknown[][] = [];
  const log = jest.spyOn(logger, 'info').mockImplementation((...line) => void lines.push(line));
  const count = jest.spyOn(metrics, 'publishStoredMetrics');
  const door = await openDoor(app, name);
  await door.request('/orders', { method: 'POST', json: { item: 'tea', count: 2 } });
  await door.request('/orders', { method: 'POST', json: { item: 'tea' } });
  await door.close();
  expect(lines).toEqual([
    ['ordered', { item: 'tea', count: 2 }],
    ['request', { method: 'POST', path: '/orders', status: 201 }],
    ['request', { method: 'POST', path: '/orders', status: 400 }],
  ]);
  expect(count).toHaveBeenCalledTimes(2);
  log.mockRestore();
  count.mockRestore();
});
