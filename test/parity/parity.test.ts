import { findUnseen } from './coverage.js';
import { losses } from './losses.js';
import { type ParityReport, runParity } from './run-parity.js';

const REQUESTS = 2000;

/** Another one each time: what one run does not find, the next may. `PARITY_SEED` repeats a run. */
const seed = Number(process.env['PARITY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

let report: ParityReport;

test(`${REQUESTS} requests get the same reply through six doors, seed ${seed}`, async () => {
  console.log(`parity: ${REQUESTS} requests, seed ${seed}; PARITY_SEED=${seed} repeats them`);
  report = await runParity({ requests: REQUESTS, seed });
  expect(report.requests).toBe(REQUESTS);
});

test('the requests meet every status and every loss that so many must meet', () => {
  expect(findUnseen(report)).toEqual([]);
});

test('a run that met nothing is found to prove nothing, and the longer it is, the more it must meet', () => {
  const unseenAfter = (requests: number) =>
    findUnseen({ requests, tables: 1, seed, statuses: new Map([[200, 1]]), losses: new Map() });
  expect(unseenAfter(1999)).toEqual([]);
  expect(unseenAfter(2000)).toEqual(expect.arrayContaining(['404', 'an encoded slash in a path']));
  expect(unseenAfter(2000)).not.toContain('200');
  expect(unseenAfter(2000)).not.toContain('304');
  expect(unseenAfter(10_000)).toContain('304');
  // All losses but those of very large replies, and 20 statuses.
  expect(unseenAfter(50_000)).toHaveLength(losses.length - 2 + 20);
});

test('most requests reach a handler', () => {
  const count = (status: number) => report.statuses.get(status) ?? 0;
  expect(count(200)).toBeGreaterThan(REQUESTS / 10);
  expect(count(400) + count(404) + count(405)).toBeLessThan((REQUESTS * 2) / 3);
});
