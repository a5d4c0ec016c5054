import { interleave, type Task } from './interleave.js';
import { type Summary, summarise } from './statistics.js';

/** Reports progress. */
export type Say = (text: string) => void;

/** Samples tasks in rounds, and returns the summary of each key that was sampled. */
export async function sample(
  name: string,
  tasks: readonly Task[],
  say: Say,
): Promise<(key: string) => Summary | undefined> {
  const samples = await interleave(tasks, (round, rounds) => say(`${name}: round ${round} of ${rounds}`));
  return (key) => {
    const found = samples.get(key);
    return found === undefined ? undefined : summarise(found);
  };
}
