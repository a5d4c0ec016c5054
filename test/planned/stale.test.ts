/** A function that is started as another app than it was built as replies as the app that it was started as. */

import { jest } from '@jest/globals';
import { toRawRequest } from 'twodoors/testing';
import { BOOTSTRAPS, removeProjects } from '../projects.js';
import { EVENTS } from './event-kinds.js';
import { type Answer, askOnce, type Call, type FunctionProcess, startFunction } from './function-process.js';
import { type StaleRow, staleRows } from './stale-rows.js';
import { buildTwice, type TwoBuilds } from './two-builds.js';

// It starts compilers and threads, beside all other tests.
jest.setTimeout(240_000);

let builds: TwoBuilds;
/** What the app that was built replies, by request. */
let built: ReadonlyMap<string, string>;
beforeAll(async () => {
  const bootstrap = BOOTSTRAPS['src/bootstrap-lambda.ts'].replace('./app.js', './changing-app.js');
  builds = await buildTwice(['changing-app'], bootstrap);
  const calls = [...OTHERS, ...staleRows.flatMap(({ requests }) => toCalls(requests))];
  const { replies } = await askOnce(builds.unplanned, calls);
  built = new Map(calls.map((call, i) => [JSON.stringify(call), replies[i]!]));
});
afterAll(removeProjects);

const toCalls = (requests: StaleRow['requests']): Call[] =>
  requests.map((request) => ({ event: EVENTS['url']!(request) }));

/** Requests that no row changes on its own, but for the ways of the whole app. */
const OTHERS = toCalls([toRawRequest('/home/plain'), toRawRequest('/nowhere')]);

/** The orders in which what changed is requested, among other requests. */
const ORDERS: Readonly<Record<string, (changed: readonly Call[]) => readonly Call[]>> = {
  first: (changed) => [...changed, ...OTHERS, ...changed],
  second: (changed) => [...OTHERS, ...changed, ...OTHERS],
  together: (changed) => [...changed, ...changed, ...OTHERS, ...changed],
};
const orders = Object.keys(ORDERS);

function start(folder: string, order: string, { env, requests }: StaleRow): Promise<Answer> {
  const calls = ORDERS[order]!(toCalls(requests));
  return askOnce(folder, calls, { kind: 'thread', env, isTogether: order === 'together' });
}

const ownLines = ({ logged }: Answer) => logged.filter((line) => line.startsWith('twodoors: '));
const otherLines = ({ logged }: Answer) => logged.filter((line) => !line.startsWith('twodoors: '));
const rowsWith = (select: (row: StaleRow) => boolean) => staleRows.filter(select);
const statusOf = (reply: string) => JSON.parse(reply).statusCode as number;

const meant = rowsWith(({ isMistaken }) => isMistaken !== true);
const mistakenAtLoad = rowsWith(({ isMistaken, noticed }) => isMistaken === true && noticed === 'at load');
const mistakenLater = rowsWith(({ isMistaken, noticed }) => isMistaken === true && noticed === 'on request');

test('each row is in a table', () => {
  expect([...meant, ...mistakenAtLoad, ...mistakenLater]).toHaveLength(staleRows.length);
});

describe.each(meant)('$name', (row) => {
  let unplanned: FunctionProcess;
  beforeAll(() => {
    unplanned = startFunction(builds.unplanned, { kind: 'thread', env: row.env });
  });
  afterAll(() => unplanned.end());

  test.each(orders)('replies as the app that is meant, requested %s', async (order) => {
    const [planned, expected] = await Promise.all([
      start(builds.planned, order, row),
      unplanned.send(ORDERS[order]!(toCalls(row.requests))),
    ]);
    expect(planned.mistakes).toBe(undefined);
    expect(planned.replies).toEqual(expected.replies);
    const { BodyController, ...singletons } = planned.constructed!;
    if (row.env['SCOPE'] === undefined) expect(BodyController).toBe(1);
    expect(Object.keys(singletons)).toContain('HomeController');
    expect(new Set(Object.values(singletons))).toEqual(new Set([1]));
    expect(otherLines(planned)).toEqual([]);
    expect(ownLines(planned)).toEqual(row.noticed === 'never' ? [] : [expect.stringMatching(/read afresh\.$/)]);
    expect(planned.files.includes('plan-app.js')).toBe(row.noticed !== 'never');
    // A row would prove nothing if its environment changed nothing.
    const ofBuilt = ORDERS[order]!(toCalls(row.requests)).map((call) => built.get(JSON.stringify(call)));
    if (row.isUnseen === true) expect(planned.replies).toEqual(ofBuilt);
    else expect(planned.replies).not.toEqual(ofBuilt);
  });
});

describe.each(mistakenAtLoad)('$name', (row) => {
  test('fails while it loads, as it does without a plan', async () => {
    const planned = await start(builds.planned, 'first', row);
    const unplanned = await start(builds.unplanned, 'first', row);
    expect(planned.mistakes).toMatch(/^The app cannot start\. There (?:is|are) \d+ mistakes?/);
    expect(planned.mistakes).toBe(unplanned.mistakes);
    expect(ownLines(planned)).toEqual([expect.stringMatching(/read afresh\.$/)]);
  });
});

describe.each(mistakenLater)('$name', (row) => {
  test.each(orders)('is a 500, and the mistakes are in the log, each time, requested %s', async (order) => {
    const [planned, { mistakes }] = await Promise.all([
      start(builds.planned, order, row),
      start(builds.unplanned, order, row),
    ]);
    expect(planned.mistakes).toBe(undefined);
    const changed = new Set(toCalls(row.requests).map((call) => JSON.stringify(call)));
    const calls = ORDERS[order]!(toCalls(row.requests)).map((call) => JSON.stringify(call));
    const isChanged = calls.map((call) => changed.has(call));
    expect(planned.replies.map((reply) => statusOf(reply) === 500)).toEqual(isChanged);
    const records = otherLines(planned).map((line) => JSON.parse(line));
    expect(records).toHaveLength(isChanged.filter(Boolean).length);
    for (const { err } of records) expect(err.message).toBe(mistakes);
    // It is planned afresh once, and fails for good.
    expect(ownLines(planned)).toEqual([expect.stringMatching(/read afresh\.$/)]);
    // The others still get what they get from the app that was built.
    const ofOthers = (replies: readonly unknown[]) => replies.filter((_, i) => !isChanged[i]);
    expect(ofOthers(planned.replies)).toEqual(ofOthers(calls.map((call) => built.get(call))));
    expect(new Set(Object.values(planned.constructed!))).toEqual(new Set([1]));
  });
});
