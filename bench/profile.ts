import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Built, buildCandidate } from './build.js';
import { LAMBDA_CANDIDATES, OURS, OURS_WITHOUT_DTO, SERVER_CANDIDATES } from './candidates.js';
import { createContext, eventOf } from './events.js';
import { hello, NAMES, post, todo } from './exchanges.js';
import { figure } from './figures.js';
import { profileServer } from './measure-server.js';
import { runChild } from './run-child.js';
import { median } from './statistics.js';

/** What V8 writes with `--cpu-prof`: what we read of it. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const requests = {
  get: NAMES.map(hello),
  post: NAMES.map((_, i) => post(todo(i))),
};
const given = (kind: 'get' | 'post', milliseconds: number) =>
  JSON.stringify({ events: requests[kind].map(eventOf), milliseconds });

/** Profiles each path of ours, and prints where its time goes. */
export async function profileAll(): Promise<void> {
  const build = (candidates: typeof LAMBDA_CANDIDATES, name: string, isReadable: boolean) =>
    buildCandidate(candidates.find((each) => each.name === name)!, isReadable);

  for (const name of [OURS_WITHOUT_DTO, OURS]) {
    await printStages(await build(LAMBDA_CANDIDATES, name, false), []);
    await printStages(await build(LAMBDA_CANDIDATES, name, false), ['--no-lazy']);
  }
  const readable = await build(LAMBDA_CANDIDATES, OURS, true);
  for (const kind of ['get', 'post'] as const) {
    await printProfile(`Warm ${kind.toUpperCase()} through the Lambda door`, (flags) =>
      runChild('warm-child', ['time', readable.file, given(kind, 1500)], { flags }),
    );
  }
  const server = await build(SERVER_CANDIDATES, OURS, true);
  await printProfile('The Koa door under load', (flags) => profileServer(server, flags));
}

/** The stages of a cold start. With `--no-lazy` all is compiled at once, and what is left is what code itself takes. */
async function printStages({ candidate, file }: Built, flags: readonly string[]): Promise<void> {
  const first = JSON.stringify({ event: eventOf(hello('Ada')), context: createContext() });
  const samples: Record<string, number>[] = [];
  for (let i = 0; i < 15; i++) samples.push(await runChild('stages-child', [file, first], { flags }));
  const stages = Object.keys(samples[0]!).map(
    (stage) => `${stage} ${figure(median(samples.map((sample) => sample[stage]!)))}`,
  );
  console.log(`Cold start, ${candidate.name} ${flags.join(' ')}: ${stages.join(', ')} ms`);
}

async function printProfile(title: string, run: (flags: readonly string[]) => Promise<unknown>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-profile-'));
  try {
    await run(['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200']);
    const [name] = readdirSync(folder);
    const profile = JSON.parse(readFileSync(join(folder, name!), 'utf8')) as CpuProfile;
    console.log(`\n${title}`);
    for (const { where, share } of hottest(profile).slice(0, 24))
      console.log(`${figure(share * 100).padStart(7)}%  ${where}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Functions by their own time, that of what they call left out; what is idle does not count. */
function hottest({ nodes, samples, timeDeltas }: CpuProfile): { where: string; share: number }[] {
  const whereOf = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName || `(line ${lineNumber + 1})`}  ${url.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '')}`,
    ]),
  );
  const times = new Map<string, number>();
  let total = 0;
  samples.forEach((id, i) => {
    const where = whereOf.get(id)!;
    if (where.startsWith('(idle)')) return;
    times.set(where, (times.get(where) ?? 0) + timeDeltas[i]!);
    total += timeDeltas[i]!;
  });
  return [...times].map(([where, time]) => ({ where, share: time / total })).sort((a, b) => b.share - a.share);
}
