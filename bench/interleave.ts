/** One thing to sample, again and again. */
export interface Task {
  /** Where its samples belong. */
  readonly key: string;
  readonly rounds: number;
  sample(): Promise<number>;
}

/**
 * Samples tasks in rounds, one sample of each a round, one after another: what disturbs the machine for a while
 * disturbs all alike. Each round begins with another task, so that none always follows the same one.
 *
 * @param progress is told of each round
 */
export async function interleave(
  tasks: readonly Task[],
  progress: (round: number, rounds: number) => void,
): Promise<ReadonlyMap<string, number[]>> {
  const samples = new Map<string, number[]>(tasks.map(({ key }) => [key, []]));
  const rounds = Math.max(...tasks.map((task) => task.rounds));
  for (let round = 0; round < rounds; round++) {
    progress(round + 1, rounds);
    for (let i = 0; i < tasks.length; i++) {
      const task = tasks[(i + round) % tasks.length]!;
      if (round < task.rounds) samples.get(task.key)!.push(await task.sample());
    }
  }
  return samples;
}
