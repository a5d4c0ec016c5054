import { type Built, buildAll, buildCandidate } from './build.js';
import { HELLO, LAMBDA_CANDIDATES, SERVER_CANDIDATES, SHAPES } from './candidates.js';
import type { Task } from './interleave.js';
import { describeMachine, readVersions } from './machine.js';
import { measureCold, measureReleases } from './measure-cold.js';
import { allocated, checkLambda, has, warm } from './measure-lambda.js';
import { buildParts, partTime } from './measure-parts.js';
import { checkServer, serve } from './measure-server.js';
import type { ByFillers, HandlerColdFigures, LambdaFigures, PartFigures, Results, ServerFigures } from './results.js';
import type { Rounds } from './rounds.js';
import { type Say, sample } from './sample.js';
import { type Summary, summarise } from './statistics.js';

/** Builds, checks and measures everything. */
export async function runAll(rounds: Rounds, say: Say): Promise<Results> {
  const machine = describeMachine();
  const versions = readVersions();
  say('Building and checking every candidate');
  const lambda = await buildAll(LAMBDA_CANDIDATES, checkLambda);
  const shapes = await buildAll(SHAPES, checkLambda);
  const served = SERVER_CANDIDATES.filter(({ packages }) => rounds.isEveryServer || packages.includes('koa'));
  const servers = await buildAll(served, checkServer);
  const { cold, warm, server } = rounds;
  const coldResults = await measureCold(lambda, shapes, cold, say);
  return {
    machine,
    versions,
    rounds: { cold, warm, server },
    helloGzipBytes: (await buildCandidate(HELLO)).gzipBytes,
    lambda: await measureWarm(lambda, coldResults.lambda, rounds, say),
    cold: coldResults.cold,
    releases: rounds.releases === 0 ? [] : await measureReleases(lambda, shapes, rounds.releases, say),
    parts: await measureParts(rounds, say),
    server: await measureServers(servers, rounds, say),
  };
}

const KINDS = ['get', 'post'] as const;

/** Measures warm requests and bytes, and adds them to the cold starts of the same handlers. */
async function measureWarm(
  all: readonly Built[],
  cold: readonly HandlerColdFigures[],
  rounds: Rounds,
  say: Say,
): Promise<LambdaFigures[]> {
  const each = (round: number, kindOf: string, take: (built: Built, kind: 'get' | 'post') => Promise<number>): Task[] =>
    KINDS.flatMap((kind) =>
      all
        .filter((built) => has(built, kind))
        .map((built) => ({
          key: `${built.candidate.name} ${kindOf} ${kind}`,
          rounds: round,
          sample: () => take(built, kind),
        })),
    );
  const filled = Object.entries(rounds.fillers).flatMap(([fillers, round]) =>
    all
      .filter(({ candidate }) => candidate.hasNoFillers !== true)
      .map((built) => ({
        key: `${built.candidate.name} ${fillers}`,
        rounds: round,
        sample: () => warm(built, 'get', Number(fillers), rounds.warmMilliseconds),
      })),
  );
  const warmed = await sample(
    'Warm requests',
    [...each(rounds.warm, 'warm', (built, kind) => warm(built, kind, 0, rounds.warmMilliseconds)), ...filled],
    say,
  );
  const bytes = await sample('Bytes allocated', each(rounds.bytes, 'bytes', allocated), say);
  return all.map(({ candidate: { name }, bytes: size, gzipBytes }, i) => ({
    ...cold[i]!,
    bytes: size,
    gzipBytes,
    warmGet: byFillers(warmed(`${name} warm get`)!, rounds.fillers, (fillers) => warmed(`${name} ${fillers}`)),
    ...given('warmPost', warmed(`${name} warm post`)),
    bytesGet: bytes(`${name} bytes get`)!,
    ...given('bytesPost', bytes(`${name} bytes post`)),
  }));
}

function given<K extends string>(key: K, summary: Summary | undefined): { [key in K]?: Summary } {
  return summary === undefined ? {} : ({ [key]: summary } as { [key in K]?: Summary });
}

function byFillers(
  none: Summary,
  fillers: Rounds['fillers'],
  find: (fillers: string) => Summary | undefined,
): ByFillers {
  const some = Object.keys(fillers).map((key) => [key, find(key)] as const);
  return Object.fromEntries([['0', none] as const, ...some.filter((entry) => entry[1] !== undefined)]) as ByFillers;
}

async function measureParts(rounds: Rounds, say: Say): Promise<PartFigures[]> {
  const parts = [...(await buildParts())];
  const tasks = parts.map(([part, built]) => ({
    key: part.name,
    rounds: rounds.parts,
    sample: () => partTime(part, built, rounds.warmMilliseconds),
  }));
  const times = await sample('Parts', tasks, say);
  return parts.map(([{ name }]) => ({ name, time: times(name)! }));
}

async function measureServers(all: readonly Built[], rounds: Rounds, say: Say): Promise<ServerFigures[]> {
  const cpu = new Map<string, number[]>();
  const counts: Record<string, number> = { 0: rounds.server, ...rounds.serverFillers };
  const tasks = Object.entries(counts).flatMap(([fillers, round]) =>
    all
      .filter(({ candidate }) => fillers === '0' || candidate.hasNoFillers !== true)
      .map((built) => {
        const key = `${built.candidate.name} ${fillers}`;
        cpu.set(key, []);
        const sample = async () => {
          const { requests, cpu: spent } = await serve(built, Number(fillers), rounds.serverSeconds);
          cpu.get(key)!.push(spent);
          return requests;
        };
        return { key, rounds: round, sample };
      }),
  );
  const requests = await sample('Servers', tasks, say);
  return all.map(({ candidate: { name } }) => ({
    name,
    requests: byFillers(requests(`${name} 0`)!, rounds.serverFillers, (fillers) => requests(`${name} ${fillers}`)),
    cpu: byFillers(summarise(cpu.get(`${name} 0`)!), rounds.serverFillers, (fillers) => {
      const spent = cpu.get(`${name} ${fillers}`);
      return spent === undefined ? undefined : summarise(spent);
    }),
  }));
}
