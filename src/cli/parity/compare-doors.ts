import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { App } from '../../runtime/app.js';
import type * as Testing from '../../runtime/testing/index.js';
import { bundleModule } from '../bundle/bundle-module.js';
import { preludeOf } from '../bundle/bundle-server.js';
import { writeFolder } from '../bundle/files/write-folder.js';
import { CommandError } from '../command-error.js';
import { plural } from '../plural.js';
import { environmentWithFile } from '../project/env-file.js';
import { exportedApp } from '../project/load-app.js';
import type { Project } from '../project/project.js';
import { readPublicFiles } from '../project/public-files.js';
import { printWarnings } from '../warnings.js';
import { readHarFile } from './har-file.js';
import { readHttpFile } from './http-file.js';
import { type ComparedRequest, isSame, type Outcome, printReport } from './parity-report.js';
import type { RecordedRequest } from './recorded-request.js';

/** What the bundle exports: the app's module, and the testing kit of the same copy of twodoors. */
interface ParityBundle {
  readonly user: { readonly app?: unknown };
  readonly testing: typeof Testing;
}

const ALL_FAILED =
  'Every response was a 500, so nothing was compared but errors. Read the log above, and set what the app needs, such as the variables in .env.';

/** Inside the project, so that Node.js finds its packages. */
const FOLDER = 'build/parity';

/**
 * Sends each request of a file through every door of an app, prints a table, and returns whether all responses are the
 * same. Each door has its own app and gets all requests in order, so that a request finds what the ones before it have
 * changed, the same at each door.
 *
 * @throws CommandError if the app or the file cannot be read
 */
export async function compareDoors(project: Project, appFile: string, requestsFile: string): Promise<boolean> {
  if (!existsSync(appFile)) throw new CommandError(`There is no ${appFile}. Name the module that exports the app.`);
  const recorded = readRequests(requestsFile);
  const entry = await bundleApp(project, appFile);
  // After the build, which must not depend on .env.
  Object.assign(process.env, environmentWithFile(project));
  process.env['NODE_ENV'] ??= 'production';
  try {
    const compared = await sendThroughEveryDoor(entry, appFile, recorded);
    console.log(printReport(compared));
    const differing = compared.flatMap(({ outcomes }) => {
      const [koa, ...others] = [...outcomes.values()];
      return others.filter((other) => !isSame(other, koa!));
    });
    const doors = compared[0]!.outcomes.size;
    console.log(`\n${plural(recorded.length, 'request')}, ${doors} doors, ${plural(differing.length, 'difference')}`);
    if (differing.length > 0)
      console.log('docs/parity.md of twodoors lists the differences that a gateway itself causes.');
    const isWorking = compared.some(({ outcomes }) => [...outcomes.values()].some(isNoServerError));
    if (!isWorking) console.log(ALL_FAILED);
    return differing.length === 0 && isWorking;
  } finally {
    rmSync(join(project.root, FOLDER), { recursive: true, force: true });
  }
}

function isNoServerError(outcome: Outcome): boolean {
  return 'status' in outcome && outcome.status !== 500;
}

function readRequests(path: string): RecordedRequest[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(`Cannot read the requests: ${(error as Error).message}.`);
  }
  const extension = extname(path).toLowerCase();
  if (extension === '.har') return readHarFile(path, content);
  if (extension === '.http' || extension === '.rest') return readHttpFile(path, content);
  throw new CommandError(`${path}: unknown file type. Use a .http or .har file.`);
}

/** Bundles the app and the testing kit into one module, and returns its path. */
async function bundleApp(project: Project, appFile: string): Promise<string> {
  const folder = join(project.root, FOLDER);
  const app = relative(folder, resolve(appFile)).replaceAll('\\', '/');
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, 'entry.ts');
  writeFileSync(entry, `export * as user from ${JSON.stringify(app)};\nexport * as testing from 'twodoors/testing';\n`);
  const publicFiles = readPublicFiles(project);
  const { files, warnings } = await bundleModule(project, entry, preludeOf(publicFiles));
  printWarnings([...warnings, ...publicFiles.warnings]);
  // At each door, public files are beside the built code.
  writeFolder(folder, new Map([...files, ...publicFiles.files]));
  return join(folder, 'index.js');
}

async function sendThroughEveryDoor(
  entry: string,
  appFile: string,
  recorded: readonly RecordedRequest[],
): Promise<ComparedRequest[]> {
  const outcomes = recorded.map(() => new Map<string, Outcome>());
  const { clock, doorNames } = ((await import(pathToFileURL(entry).href)) as ParityBundle).testing;
  // Every request comes at the same time, so that signed cookies are the same at each door.
  clock.freeze();
  for (const name of doorNames) {
    // Another query loads the module again, so that each door gets a new app.
    const { user, testing } = (await import(`${pathToFileURL(entry).href}?door=${name}`)) as ParityBundle;
    const door = await openDoor(testing, exportedApp(user, appFile), name);
    try {
      for (const [i, { request }] of recorded.entries()) {
        outcomes[i]!.set(name, await sendTo(door, request, testing));
      }
    } finally {
      await door.close();
    }
  }
  return recorded.map((each, i) => ({ recorded: each, outcomes: outcomes[i]! }));
}

async function openDoor(testing: typeof Testing, app: App, name: Testing.DoorName): Promise<Testing.Door> {
  try {
    return await testing.openDoor(app, name);
  } catch (error) {
    if ((error as Error).name === 'StartupError') throw new CommandError((error as Error).message);
    throw error;
  }
}

async function sendTo(
  door: Testing.Door,
  request: Testing.RawRequest,
  { toComparable }: typeof Testing,
): Promise<Outcome> {
  try {
    return toComparable(await door.send(request));
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
