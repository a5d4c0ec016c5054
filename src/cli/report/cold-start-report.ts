import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { gateways } from '../../runtime/gateways/gateways.js';
import { toRawRequest } from '../../runtime/testing/test-request.js';
import { type BundleOptions, bundleLambda } from '../bundle/bundle-lambda.js';
import { writeFolder } from '../bundle/files/write-folder.js';
import { timingPlugin } from '../bundle/plugins/timing-plugin.js';
import type { FunctionSettings } from '../config/function-settings.js';
import { modelOf } from '../config/gateways.js';
import { buildFolder } from '../project/build-folder.js';
import type { Project } from '../project/project.js';
import { type ColdStart, medianOf, type StartTimes, startCold } from './cold-start.js';

/** How many cold starts are measured. */
const ROUNDS = 15;

/** How many cold starts are measured with the time of each module. */
const TIMED_ROUNDS = 7;

/** How many modules are listed by name. */
const LISTED_MODULES = 8;

/**
 * Measures cold starts of the bundle in `build/lambda`: how long fresh processes take to load it and for the first
 * invocation, and which modules take how much of the loading.
 *
 * @param path of the first request, a GET
 * @param isPlanned whether the bundle has a plan; then it is measured beside one without
 * @throws CommandError if the bundle does not load, or the invocation fails
 */
export async function reportColdStart(
  project: Project,
  settings: FunctionSettings,
  path: string,
  isPlanned: boolean,
): Promise<string> {
  const entry = settings.format === 'esm' ? 'index.mjs' : 'index.js';
  const start: ColdStart = {
    file: join(buildFolder(project, 'lambda'), entry),
    event: gateways[modelOf(settings.gateway)].toEvent(toRawRequest(path)),
    functionName: settings.functionName,
    environment: settings.environment,
    timeoutSeconds: settings.timeoutSeconds,
  };
  // The first start also fills the disk cache.
  const [, ...times] = await startRepeatedly(start, ROUNDS + 1);
  const timed = await startOther(project, { ...settings, isPlanned }, [timingPlugin(project)], start, TIMED_ROUNDS);
  const unplanned = isPlanned
    ? await startOther(project, { ...settings, isPlanned: false }, [], start, ROUNDS)
    : undefined;
  const request = `GET ${path} through ${settings.gateway}: ${times[0]!.status}`;
  return [
    `Cold start: medians of ${ROUNDS} fresh processes, Node.js ${process.versions.node} on this machine`,
    `  load              ${milliseconds(medianOf(times.map(({ load }) => load)))}`,
    `  first invocation  ${milliseconds(medianOf(times.map(({ firstInvocation }) => firstInvocation)))}  ${request}`,
    ...(unplanned === undefined
      ? []
      : [
          `  without the plan  ${milliseconds(totalOf(unplanned))}  both together; with it ${milliseconds(totalOf(times)).trim()}`,
        ]),
    'Time spent loading',
    ...listModules(timed),
  ].join('\n');
}

async function startRepeatedly(start: ColdStart, rounds: number): Promise<StartTimes[]> {
  const times: StartTimes[] = [];
  for (let round = 0; round < rounds; round++) times.push(await startCold(start));
  return times;
}

/** The time from nothing to the first reply. */
function totalOf(times: readonly StartTimes[]): number {
  return medianOf(times.map(({ load, firstInvocation }) => load + firstInvocation));
}

/** Measures a bundle that is made otherwise, and removed afterwards. */
async function startOther(
  project: Project,
  options: BundleOptions,
  plugins: readonly Plugin[],
  start: ColdStart,
  rounds: number,
): Promise<StartTimes[]> {
  const folder = mkdtempSync(join(project.root, 'build/report-'));
  try {
    const { files, entry } = await bundleLambda(project, options, plugins);
    writeFolder(folder, files);
    const [, ...times] = await startRepeatedly({ ...start, file: join(folder, entry) }, rounds + 1);
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lists the slowest modules. The time outside all modules is spent on reading and compiling the file. */
function listModules(rounds: readonly StartTimes[]): string[] {
  const names = [...new Set(rounds.flatMap(({ modules }) => Object.keys(modules)))];
  const modules = names
    .map((name) => ({ name, time: medianOf(rounds.map((round) => round.modules[name] ?? 0)) }))
    .sort((one, two) => two.time - one.time);
  const total = ({ modules: times }: StartTimes) => Object.values(times).reduce((sum, time) => sum + time, 0);
  const compiling = medianOf(rounds.map((round) => round.load - total(round)));
  const others = modules.slice(LISTED_MODULES);
  return [
    `${milliseconds(compiling)}  reading and compiling the file, and modules of Node.js`,
    ...modules.slice(0, LISTED_MODULES).map(({ name, time }) => `${milliseconds(time)}  ${name}`),
    ...(others.length > 0
      ? [`${milliseconds(others.reduce((sum, { time }) => sum + time, 0))}  ${others.length} more modules`]
      : []),
  ].map((line) => `  ${line}`);
}

function milliseconds(time: number): string {
  return `${time.toFixed(2).padStart(7)} ms`;
}
