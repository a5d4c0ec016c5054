import { losses } from './losses.js';
import { type ParityReport, runParity } from './run-parity.js';

const REQUESTS = 10_000;

/** Another one each time: what one run does not find, the next may. `PARITY_SEED` repeats a run. */
const seed = Number(process.env['PARITY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

let report: ParityReport;

test(`${REQUESTS} requests get the same answer through six doors, seed ${seed}`, async () => {
  report = await runParity({ requests: REQUESTS, seed });
  expect(report.requests).toBe(REQUESTS);
}, 120_000);

test('among them was every kind of answer', () => {
  const statuses = [200, 201, 203, 204, 205, 206, 302, 304, 400, 401, 404, 405, 409, 413, 415, 418, 500, 501, 502, 503];
  expect([...report.statuses.keys()]).toEqual(expect.arrayContaining([...statuses, 'cut off']));
  const count = (status: number) => report.statuses.get(status) ?? 0;
  expect(count(200)).toBeGreaterThan(REQUESTS / 5);
  expect(count(400) + count(404) + count(405)).toBeLessThan((REQUESTS * 2) / 3);
});

test('among them was every loss but those that need large answers', () => {
  const names = losses.map(({ name }) => name).filter((name) => !name.startsWith('replies above'));
  expect([...report.losses.keys()].sort()).toEqual(names.sort());
});
