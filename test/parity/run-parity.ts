import fc from 'fast-check';
import { buildApp, printTable } from './build-app.js';
import { openExchange } from './exchange.js';
import { requestSpec } from './request-arbitrary.js';
import { toRequest } from './request-spec.js';
import { table } from './table-arbitrary.js';
import { assertTruth } from './truth.js';

/** What {@link runParity} takes. */
export interface ParityOptions {
  /** How many requests are sent through every door. */
  requests: number;
  seed: number;
  /** Told now and then how many were sent. */
  progress?: (sent: number) => void;
}

/** What a run without a difference has seen. */
export interface ParityReport {
  readonly requests: number;
  readonly tables: number;
  readonly seed: number;
  /** How often each status was the reply's. */
  readonly statuses: ReadonlyMap<number | string, number>;
  /** How often each loss applied. */
  readonly losses: ReadonlyMap<string, number>;
}

/** Requests for one app. */
const MOST_REQUESTS = 60;
/** Apps between two looks at how many requests there were. */
const BATCH = 20;

/**
 * Sends generated requests to generated apps, each through every door, until there were so many.
 *
 * @throws Error for the first difference: its seed, and the smallest app and request that still show it
 */
export async function runParity({ requests, seed, progress }: ParityOptions): Promise<ParityReport> {
  const statuses = new Map<number | string, number>();
  const seenLosses = new Map<string, number>();
  const count = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  let sent = 0;
  let tables = 0;
  let hasFailed = false;

  const property = fc.asyncProperty(
    table,
    fc.array(requestSpec, { minLength: 1, maxLength: MOST_REQUESTS, size: 'max' }),
    async (spec, specs) => {
      const due = hasFailed ? specs : specs.slice(0, requests - sent);
      if (due.length === 0) return;
      tables++;
      const exchange = await openExchange(buildApp(spec), spec.readsRaw, ({ name }) => count(seenLosses, name));
      try {
        for (const each of due) {
          const request = toRequest(each, spec);
          sent++;
          const reply = await exchange.compare(request);
          assertTruth(request, reply, spec);
          count(statuses, reply.status);
        }
      } catch (error) {
        hasFailed = true;
        throw new Error(`${(error as Error).message}\n--- app\n${printTable(spec)}`, { cause: error });
      } finally {
        await exchange.close();
      }
      progress?.(sent);
    },
  );

  for (let batch = 0; sent < requests; batch++) {
    const result = await fc.check(property, { seed: seed + batch, numRuns: BATCH, endOnFailure: false });
    if (!result.failed) continue;
    const error = result.errorInstance;
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n--- seed ${result.seed}, path ${result.counterexamplePath}, ` +
        `shrunk ${result.numShrinks} times. Again: npm run parity -- --runs ${BATCH * MOST_REQUESTS} --seed ${result.seed}`,
    );
  }
  return { requests: sent, tables, seed, statuses, losses: seenLosses };
}
