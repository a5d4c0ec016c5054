import { buildCandidate } from './build.js';
import { COLD_CANDIDATES, HAND_WRITTEN, LAMBDA_CANDIDATES, OURS, OURS_WITHOUT_DTO } from './candidates.js';
import { coldTasks, ownColdTasks } from './cold-tasks.js';
import { figure, times } from './figures.js';
import { interleave } from './interleave.js';
import { median } from './statistics.js';

const MEASURED = [HAND_WRITTEN, OURS_WITHOUT_DTO, OURS, 'lambda-api'];

/** Measures the cold starts of ours, the hand-written handler and lambda-api alone, and prints them. */
export async function measureCold(rounds: number): Promise<void> {
  const all = await Promise.all(
    LAMBDA_CANDIDATES.filter(({ name }) => MEASURED.includes(name)).map((candidate) => buildCandidate(candidate)),
  );
  const shapes = await Promise.all(COLD_CANDIDATES.map((candidate) => buildCandidate(candidate)));
  const samples = await interleave([...coldTasks(all, rounds), ...ownColdTasks(all, shapes, rounds)], () => {});
  const floor = median(samples.get(`${HAND_WRITTEN} cold get`)!);
  for (const [key, found] of samples) {
    console.log(`${figure(median(found)).padStart(8)} ms ${times(median(found) / floor).padStart(8)}  ${key}`);
  }
  for (const { candidate, bytes, gzipBytes } of [...all, ...shapes]) {
    console.log(
      `${figure(bytes / 1024).padStart(8)} KB ${figure(gzipBytes / 1024).padStart(8)} KB gzip  ${candidate.name}`,
    );
  }
}
