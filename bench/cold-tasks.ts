import { INVALID_POST, NOT_FOUND } from './budgets.js';
import type { Built } from './build.js';
import { OURS } from './candidates.js';
import type { Task } from './interleave.js';
import { coldStart, has } from './measure-lambda.js';

/** The first requests that only ours is measured with, by the name of the row. */
const OTHER_FIRST_REQUESTS = { [INVALID_POST]: 'invalid', [NOT_FOUND]: 'missing' } as const;

/** The cold starts of all candidates. */
export function coldTasks(all: readonly Built[], rounds: number): Task[] {
  return (['get', 'post'] as const).flatMap((kind) =>
    all
      .filter((built) => has(built, kind))
      .map((built) => ({
        key: `${built.candidate.name} cold ${kind}`,
        rounds,
        sample: () => coldStart(built, kind),
      })),
  );
}

/** Cold starts that only ours is measured with; they take turns with all others. */
export function ownColdTasks(all: readonly Built[], shapes: readonly Built[], rounds: number): Task[] {
  const ours = all.find(({ candidate }) => candidate.name === OURS)!;
  return [
    ...shapes.map((built) => ({ key: built.candidate.name, rounds, sample: () => coldStart(built, 'get') })),
    ...Object.entries(OTHER_FIRST_REQUESTS).map(([key, kind]) => ({
      key,
      rounds,
      sample: () => coldStart(ours, kind),
    })),
  ];
}
