import { type Built, buildAll } from './build.js';
import { HAND_WRITTEN, LAMBDA_CANDIDATES, OURS, OURS_WITHOUT_DTO, SHAPES } from './candidates.js';
import { OWN_COLD_STARTS } from './cold-starts.js';
import type { Task } from './interleave.js';
import { checkLambda, coldStart, has } from './measure-lambda.js';
import { findReleases } from './releases.js';
import type { ColdResults, ReleaseResults } from './results.js';
import type { Rounds } from './rounds.js';
import { type Say, sample } from './sample.js';

/** The handlers whose cold starts the budgets name. */
const IN_BUDGETS: readonly string[] = [HAND_WRITTEN, OURS_WITHOUT_DTO, OURS, 'lambda-api', 'Hono', 'Koa'];

/** Builds, checks and measures only the cold starts that the budgets are about. */
export async function runCold(rounds: Rounds, say: Say): Promise<ColdResults> {
  say('Building and checking the handlers');
  const all = await buildAll(
    LAMBDA_CANDIDATES.filter(({ name }) => IN_BUDGETS.includes(name)),
    checkLambda,
  );
  return measureCold(all, await buildAll(SHAPES, checkLambda), rounds.cold, say);
}

/** Measures the same cold starts under other releases of Node.js. */
export async function measureReleases(
  all: readonly Built[],
  shapes: readonly Built[],
  rounds: number,
  say: Say,
): Promise<ReleaseResults[]> {
  const results: ReleaseResults[] = [];
  for (const { node, path } of await findReleases()) {
    const handlers = all.filter(({ candidate: { name } }) => IN_BUDGETS.includes(name));
    results.push({ node, ...(await measureCold(handlers, shapes, rounds, say, path)) });
  }
  return results;
}

/**
 * Measures the cold starts of handlers, and of twodoors in other shapes and with other first requests.
 *
 * @param node the path of the Node.js to measure; default: the one that this runs on
 */
export async function measureCold(
  all: readonly Built[],
  shapes: readonly Built[],
  rounds: number,
  say: Say,
  node?: string,
): Promise<ColdResults> {
  const find = await sample(
    node === undefined ? 'Cold starts' : `Cold starts of ${node}`,
    [...handlerTasks(all, rounds, node), ...ownTasks([...all, ...shapes], rounds, node)],
    say,
  );
  return {
    lambda: all.map(({ candidate: { name } }) => {
      const coldPost = find(`${name} post`);
      return { name, coldGet: find(`${name} get`)!, ...(coldPost !== undefined && { coldPost }) };
    }),
    cold: OWN_COLD_STARTS.map(({ name }) => ({ name, time: find(name)! })),
  };
}

function handlerTasks(all: readonly Built[], rounds: number, node: string | undefined): Task[] {
  return (['get', 'post'] as const).flatMap((kind) =>
    all
      .filter((built) => has(built, kind))
      .map((built) => ({
        key: `${built.candidate.name} ${kind}`,
        rounds,
        sample: () => coldStart(built, kind, { node }),
      })),
  );
}

function ownTasks(all: readonly Built[], rounds: number, node: string | undefined): Task[] {
  return OWN_COLD_STARTS.map(({ name, candidate, request, fillers }) => {
    const built = all.find((each) => each.candidate.name === candidate)!;
    return { key: name, rounds, sample: () => coldStart(built, request, { fillers, node }) };
  });
}
