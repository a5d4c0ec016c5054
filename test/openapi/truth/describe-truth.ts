import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { App } from 'twodoors';
import { type OpenApiDocument, openapi } from 'twodoors/openapi';
import { type Door, openDoor, type TestResponse } from 'twodoors/testing';
import { replyCheck } from './reply-check.js';
import { type Asked, type Place, requests } from './requests.js';
import { SchemaArbitrary } from './schema-arbitrary.js';
import { type Seen, type WatchedApp, watchApp } from './watched-app.js';

/** How many requests are made of each operation. */
const RUNS = Number(process.env['OPENAPI_RUNS'] ?? 25);

/** A door, and the app behind it. */
interface WatchedDoor {
  readonly door: Door;
  readonly watched: WatchedApp;
}

/** Something that the document says and the app does not do. */
interface Fault {
  readonly is: Exception['is'];
  readonly text: string;
}

/** What has been asked, over all apps of a suite. */
export const figures = {
  apps: 0,
  operations: 0,
  allowed: 0,
  forbidden: 0,
  replies: 0,
  /** By kind of body, each allowed and forbidden. */
  bodies: {} as Record<string, [allowed: number, forbidden: number]>,
};

/** An operation of which the document does not say all, where nothing of the app could say it. */
export interface Exception {
  /**
   * `answered`: its middleware may answer in place of its method. `replies`: nothing declares what its replies are.
   * `taken`: it takes more than its document says. `unasked`: no request is made.
   */
  readonly is: 'answered' | 'replies' | 'taken' | 'unasked';
  readonly because: string;
}

/** By id of the operation. */
export type Exceptions = Readonly<Record<string, Exception>>;

/** The ids of operations that were found not to be as their document says. */
export const untrue = new Set<string>();

/** What documents say that they cannot say. */
export const allWarnings = new Set<string>();

/** Describes an app, and asks both doors for requests that its document allows and forbids. */
export function describeTruth(name: string, app: App, exceptions: Exceptions = {}): void {
  figures.apps++;
  const warnings: string[] = [];
  const document = openapi(app, { onWarning: (warning) => warnings.push(warning) });
  for (const warning of warnings) allWarnings.add(warning);
  const arbitrary = new SchemaArbitrary(document, ajvFor(document));
  const doors: WatchedDoor[] = [];
  describe(name, () => {
    beforeAll(async () => {
      for (const each of ['koa', 'rest'] as const) {
        const watched = watchApp(app);
        doors.push({ door: await openDoor(watched.app, each), watched });
      }
    });
    afterAll(() => Promise.all(doors.map(({ door }) => door.close())));

    const places = placesIn(document).filter(([, { operation }]) => {
      if (exceptions[operation.operationId]?.is !== 'unasked') return true;
      untrue.add(operation.operationId);
      return false;
    });
    test.each(places)('%s', async (_name, place) => {
      figures.operations++;
      const { operation } = place;
      const isUntold = isUntoldIn(place, warnings, arbitrary);
      const exception = exceptions[operation.operationId];
      const check = replyCheck(operation, arbitrary);
      await fc.assert(
        fc.asyncProperty(requests(place, arbitrary), async (asked) => {
          count(asked);
          for (const { door, watched } of doors) {
            const reply = await door.request(asked.target, asked.init).catch(() => undefined);
            const seen = watched.take();
            const fault = faultOf(asked, seen, reply, isUntold);
            // A stream that breaks off, or a reply that the method has made itself.
            const checked = reply === undefined || seen.isOwnReply ? { hasSchema: false } : check(reply);
            if (checked.hasSchema) figures.replies++;
            const found: Fault[] = [];
            if (fault !== undefined) found.push(fault);
            if (checked.fault !== undefined) found.push({ is: 'replies', text: checked.fault });
            if (found.some((each) => each.is === exception?.is)) untrue.add(operation.operationId);
            const faults = found.filter((each) => each.is !== exception?.is);
            expect({ faults, asked: faults.length > 0 && asked, reply: faults.length > 0 && reply?.text() }).toEqual({
              faults: [],
              asked: false,
              reply: false,
            });
          }
        }),
        { numRuns: runsOf(place, exception) },
      );
    });
  });
}

/** Where nothing is bound, all requests are the same; and what an exception says has to be seen. */
function runsOf({ operation }: Place, exception: Exception | undefined): number {
  const { parameters, requestBody } = operation;
  if (parameters === undefined && requestBody === undefined) return 2;
  return exception?.is === 'taken' ? RUNS * 40 : RUNS;
}

/** Whether a request that is allowed is refused, or one that is forbidden is not. */
function faultOf(
  { isAllowed }: Asked,
  { isReached, route }: Seen,
  reply: TestResponse | undefined,
  isUntold: boolean,
): Fault | undefined {
  if (isAllowed === isReached || (isAllowed && isUntold)) return undefined;
  if (isAllowed) return { is: 'answered', text: `an allowed request is refused: ${reply?.status}` };
  return { is: 'taken', text: `a forbidden request reaches ${route}` };
}

function count({ isAllowed, kind }: Asked): void {
  figures[isAllowed ? 'allowed' : 'forbidden']++;
  figures.bodies[kind] ??= [0, 0];
  figures.bodies[kind]![isAllowed ? 0 : 1]++;
}

function placesIn(document: OpenApiDocument): [name: string, place: Place][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Place] => [
      `${method.toUpperCase()} ${path}`,
      { path, method, operation },
    ]),
  );
}

/**
 * Whether a warning names an operation, or a class that it takes: the document cannot describe it in full, says so, and
 * allows more than the app.
 */
function isUntoldIn({ operation }: Place, warnings: readonly string[], arbitrary: SchemaArbitrary): boolean {
  const classes = arbitrary.namesIn([operation.parameters ?? [], operation.requestBody ?? {}]);
  return warnings.some((warning) => {
    // What is not said of a reply loosens no request.
    if (warning.includes(', a reply: ')) return false;
    const [, subject, member] = /^([^.,:]+)\.([^.,: ]+)[,:]/.exec(warning) ?? [];
    return (
      operation.operationId.startsWith(`${subject}_${member}`) || classes.some((each) => each.split('.')[0] === subject)
    );
  });
}

function ajvFor(document: OpenApiDocument): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'document', components: document.components } as object, 'document');
  return ajv;
}

/** One line of what was asked. */
export function figuresLine(): string {
  const { apps, operations, allowed, forbidden, replies, bodies } = figures;
  const kinds = Object.entries(bodies).map(([kind, [yes, no]]) => `${kind} ${yes}/${no}`);
  return `${apps} apps, ${operations} operations, ${allowed} allowed and ${forbidden} forbidden requests through two doors, ${replies} replies with a schema; bodies, allowed/forbidden: ${kinds.join(', ')}`;
}
