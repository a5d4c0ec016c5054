import { losses } from './losses.js';
import type { ParityReport } from './run-parity.js';

/**
 * The statuses that a run of so many requests has met, whatever its seed. A generated app has few handlers, so that what
 * only one kind of handler replies is rare. Measured over 40 runs of 2,000 requests: the chance that a run lacks one of
 * its statuses or losses by bad luck is below one in a thousand.
 */
const STATUSES: readonly [requests: number, statuses: readonly (number | string)[]][] = [
  [2000, [200, 203, 204, 400, 404, 405, 415, 500, 501]],
  [10_000, [201, 205, 206, 304, 409, 413, 418, 503]],
  [50_000, [302, 401, 502, 'cut off']],
];

/** After how many requests a loss is sure to be met. */
function requestsUntil(loss: string): number {
  // Very large replies are left to losses.test.ts.
  if (/ above \d+ MB$/.test(loss)) return Number.POSITIVE_INFINITY;
  if (loss.includes('a stream that fails midway')) return 50_000;
  if (loss.includes('`www-authenticate`')) return 10_000;
  return 2000;
}

/** The statuses and losses that a run of this length must have met, or it proves little, and has not. */
export function findUnseen(report: ParityReport): string[] {
  const statuses = STATUSES.flatMap(([requests, due]) => (report.requests >= requests ? due : []));
  const due = losses.map(({ name }) => name).filter((name) => report.requests >= requestsUntil(name));
  return [
    ...statuses.filter((status) => !report.statuses.has(status)).map(String),
    ...due.filter((name) => !report.losses.has(name)),
  ];
}
