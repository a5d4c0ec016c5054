import { losses } from './losses.js';
import type { ParityReport } from './run-parity.js';

/** Losses that only some handlers of a generated app bring about, and those that need very large replies. */
const RARE_LOSSES = ['the names of `www-authenticate`, `server` and `date` in a reply'];
const RAREST_LOSSES = ['the beginning of a stream that fails midway'];
const TESTED_ELSEWHERE = ['replies above 6 MB', 'replies above 1 MB'];

const COMMON_LOSSES = losses
  .map(({ name }) => name)
  .filter((name) => ![...RARE_LOSSES, ...RAREST_LOSSES, ...TESTED_ELSEWHERE].includes(name));

/**
 * What a run of so many requests has met, whatever its seed. A generated app has few handlers, so that what only one
 * kind of handler replies is rare. Measured over 40 runs of 2,000 requests: the chance that a run lacks any of this by
 * bad luck is below one in a thousand.
 */
const DUE: readonly { requests: number; statuses: readonly (number | string)[]; losses: readonly string[] }[] = [
  { requests: 2000, statuses: [200, 203, 204, 400, 404, 405, 415, 500, 501], losses: COMMON_LOSSES },
  { requests: 10_000, statuses: [201, 205, 206, 304, 409, 413, 418, 503], losses: RARE_LOSSES },
  { requests: 50_000, statuses: [302, 401, 502, 'cut off'], losses: RAREST_LOSSES },
];

/** The statuses and losses that a run of this length must have met, or it proves little, and has not. */
export function findUnseen(report: ParityReport): string[] {
  const due = DUE.filter(({ requests }) => report.requests >= requests);
  return [
    ...due.flatMap(({ statuses }) => statuses.filter((status) => !report.statuses.has(status))).map(String),
    ...due.flatMap(({ losses }) => losses.filter((name) => !report.losses.has(name))),
  ];
}
