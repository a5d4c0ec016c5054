/** A bundle with the plan of its app replies to every event as the bundle without it does. */

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { toRawRequest } from 'twodoors/testing';
import { removeProjects } from '../projects.js';
import { EVENTS, eventKinds } from './event-kinds.js';
import { type Answer, askOnce, type Call, startFunction } from './function-process.js';
import { createRandom } from './random.js';
import { createCalls, sampleTables } from './random-events.js';
import { REQUEST_KINDS } from './request-kinds.js';
import { bootstrapOf, buildTwice, type TwoBuilds } from './two-builds.js';

const RUNS = Number(process.env['PLANNED_RUNS'] ?? 4000);
const SEED = Number(process.env['PLANNED_SEED'] ?? 1);
const TABLES = 12;
const BATCH = 500;

// It starts compilers and processes; a long run takes a millisecond or so for each event.
jest.setTimeout(120_000 + 5 * RUNS);

const tables = sampleTables(TABLES, SEED);
let builds: TwoBuilds;
beforeAll(async () => {
  builds = await buildTwice(['rich-app', 'rich-bodies'], bootstrapOf(tables));
});
afterAll(removeProjects);

/** In an ordinary run most are threads, which start faster; both have nothing loaded. */
const kindOf = (i: number) => (RUNS > 100_000 || i % 12 === 0 ? 'process' : 'thread');

/** The file that reads an app and plans it. */
const PLANNER = 'plan-app.js';

/** The first calls with another reply or another log, for a person. */
function differences(calls: readonly Call[], planned: Answer, unplanned: Answer): string[] {
  const found = calls.flatMap((call, i) =>
    planned.replies[i] === unplanned.replies[i]
      ? []
      : [`${JSON.stringify(call)}\n  planned:   ${planned.replies[i]}\n  unplanned: ${unplanned.replies[i]}`],
  );
  const isSameLog = JSON.stringify(planned.logged) === JSON.stringify(unplanned.logged);
  if (found.length === 0 && !isSameLog) {
    const at = planned.logged.findIndex((line, i) => line !== unplanned.logged[i]);
    found.push(`another log: ${planned.logged[at]}\n  unplanned: ${unplanned.logged[at]}`);
  }
  return found.slice(0, 5);
}

const statusOf = (reply: string) => (/^thrown/.test(reply) ? 'thrown' : (JSON.parse(reply)?.statusCode ?? 'none'));

describe('in a long-lived process', () => {
  const statuses = new Map<string, number>();
  let answers: Answer[] = [];

  test(`${RUNS} random events get the same results, seed ${SEED}`, async () => {
    console.log(`planned: ${RUNS} events, seed ${SEED}; PLANNED_RUNS and PLANNED_SEED set others`);
    const planned = startFunction(builds.planned);
    const unplanned = startFunction(builds.unplanned);
    try {
      const makeCalls = createCalls(tables, createRandom(SEED));
      for (let sent = 0; sent < RUNS; sent += BATCH) {
        const calls = makeCalls(Math.min(BATCH, RUNS - sent));
        answers = await Promise.all([planned.send(calls), unplanned.send(calls)]);
        expect(answers.map(({ mistakes }) => mistakes)).toEqual([undefined, undefined]);
        expect(differences(calls, answers[0]!, answers[1]!)).toEqual([]);
        expect(answers[0]!.replies).toHaveLength(calls.length);
        for (const reply of answers[0]!.replies) {
          const status = String(statusOf(reply));
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
        expect(answers[0]!.logged.filter((line) => line.startsWith('twodoors: '))).toEqual([]);
      }
    } finally {
      planned.end();
      unplanned.end();
    }
  });

  test('only one of the two reads its apps', () => {
    expect(answers.map(({ files }) => files.includes(PLANNER))).toEqual([false, true]);
  });

  test('the events meet what an app can reply', () => {
    if (RUNS < 4000) return;
    const missing = ['200', '204', '400', '404', '405', '409', '413', '415', '500', '501', '504', 'thrown'].filter(
      (status) => !statuses.has(status),
    );
    expect(missing).toEqual([]);
    expect(statuses.get('200')! / RUNS).toBeGreaterThan(0.15);
  });
});

describe('as the first request of a process', () => {
  const kinds = Object.keys(REQUEST_KINDS);

  test.each(kinds)('%s gets the same result', async (kind) => {
    const [target, init] = REQUEST_KINDS[kind]!;
    const event = EVENTS[eventKinds[kinds.indexOf(kind) % eventKinds.length]!]!(toRawRequest(`/api${target}`, init));
    const options = { kind: kindOf(kinds.indexOf(kind)), env: { ONE_APP: '1' } } as const;
    const planned = await askOnce(builds.planned, [{ event }], options);
    const unplanned = await askOnce(builds.unplanned, [{ event }], options);
    expect({ ...planned, files: [] }).toEqual({ ...unplanned, files: [] });
    expect(planned.mistakes).toBe(undefined);
    expect([planned, unplanned].map(({ files }) => files.includes(PLANNER))).toEqual([false, true]);
  });
});

test('a plan of anything else is found', async () => {
  const mutated = `${builds.planned}-mutated`;
  cpSync(builds.planned, mutated, { recursive: true });
  const entry = join(mutated, 'index.js');
  const text = readFileSync(entry, 'utf8');
  const changed = text.replace(/("status\\*":)203\b/, '$1202');
  expect(changed).not.toBe(text);
  writeFileSync(entry, changed);
  const [target, init] = REQUEST_KINDS['a status and headers']!;
  const calls = eventKinds.map((name) => ({ event: EVENTS[name]!(toRawRequest(`/api${target}`, init)) }));
  const [ofMutated, unplanned] = await Promise.all([mutated, builds.unplanned].map((folder) => askOnce(folder, calls)));
  expect(differences(calls, ofMutated!, unplanned!)).toHaveLength(5);
  expect(ofMutated!.replies.map(statusOf)).toEqual(calls.map(() => 202));
});
