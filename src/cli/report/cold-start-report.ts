import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gateways } from '../../runtime/gateways/gateways.js';
import { toRawRequest } from '../../runtime/testing/test-request.js';
import { bundleLambda } from '../bundle/bundle-lambda.js';
import { marksPlugin } from '../bundle/plugins/timing-plugin.js';
import { writeFolder } from '../bundle/write-folder.js';
import { type FunctionSettings, gatewayOf } from '../config/function-settings.js';
import type { Project } from '../project/project.js';
import { type ColdStart, medianOf, type StartTimes, startCold } from './cold-start.js';

/** In how many processes the bundle is started. */
const ROUNDS = 15;

/** In how many of them it has marks. */
const MARKED_ROUNDS = 7;

/** How many modules are named. */
const LISTED = 8;

/**
 * Measures cold starts of the bundle in `build/lambda`, and says what they are made of: loading it and its first answer
 * in fresh processes, one after another, and what each module takes while it is loaded.
 *
 * @param path what is asked first, by GET
 * @throws CommandError where the bundle does not answer
 */
export async function reportColdStart(project: Project, settings: FunctionSettings, path: string): Promise<string> {
  const entry = settings.format === 'esm' ? 'index.mjs' : 'index.js';
  const start: ColdStart = {
    file: join(project.root, 'build/lambda', entry),
    event: gateways[gatewayOf(settings.front)].toEvent(toRawRequest(path)),
    functionName: settings.functionName,
    environment: settings.environment,
    timeout: settings.timeout,
  };
  // The first one warms the disk.
  const [, ...times] = await startOften(start, ROUNDS + 1);
  const folder = mkdtempSync(join(project.root, 'build/report-'));
  let marked: StartTimes[];
  try {
    const { files } = await bundleLambda(project, settings, [marksPlugin(project)]);
    writeFolder(folder, files);
    marked = await startOften({ ...start, file: join(folder, entry) }, MARKED_ROUNDS);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const asked = `GET ${path} through ${settings.front}: ${times[0]!.status}`;
  return [
    `Cold start: medians of ${ROUNDS} fresh processes, Node ${process.versions.node} on this machine`,
    `  load          ${milliseconds(medianOf(times.map(({ load }) => load)))}`,
    `  first answer  ${milliseconds(medianOf(times.map(({ answer }) => answer)))}  ${asked}`,
    'What loading takes',
    ...listModules(marked),
  ].join('\n');
}

async function startOften(start: ColdStart, rounds: number): Promise<StartTimes[]> {
  const times: StartTimes[] = [];
  for (let round = 0; round < rounds; round++) times.push(await startCold(start));
  return times;
}

/** The modules that take most; what is left of the whole is reading and compiling the file, which no module has alone. */
function listModules(rounds: readonly StartTimes[]): string[] {
  const names = [...new Set(rounds.flatMap(({ modules }) => Object.keys(modules)))];
  const modules = names
    .map((name) => ({ name, time: medianOf(rounds.map((round) => round.modules[name] ?? 0)) }))
    .sort((one, two) => two.time - one.time);
  const run = ({ modules: times }: StartTimes) => Object.values(times).reduce((sum, time) => sum + time, 0);
  const compiling = medianOf(rounds.map((round) => round.load - run(round)));
  const others = modules.slice(LISTED);
  return [
    `${milliseconds(compiling)}  reading and compiling the file, and Node's own modules`,
    ...modules.slice(0, LISTED).map(({ name, time }) => `${milliseconds(time)}  ${name}`),
    ...(others.length > 0
      ? [`${milliseconds(others.reduce((sum, { time }) => sum + time, 0))}  ${others.length} more modules`]
      : []),
  ].map((line) => `  ${line}`);
}

function milliseconds(time: number): string {
  return `${time.toFixed(2).padStart(7)} ms`;
}
