import type { App } from '../app.js';
import { type Door, type DoorName, doorNames, openDoor } from './door.js';

/** The doors of an app, and one way to close them all. */
export type Doors = readonly Door[] & { close(): Promise<void> };

/** Options of {@link openDoors}. */
export interface DoorsOptions {
  /** Which doors, in which order. Default: all. */
  doors?: readonly DoorName[] | undefined;
}

/**
 * Opens every door of an app: a real Koa server on a free port of the loopback interface, which requests reach over a
 * socket, and the Lambda handler behind a model of each gateway.
 *
 * @throws StartupError with every mistake in the app
 * @example
 * ```ts
 * const doors = await openDoors(app);
 * describe.each(doors)('%s', (door) => {
 *   test('says hello', async () => expect((await door.request('/')).status).toBe(200));
 * });
 * afterAll(() => doors.close());
 * ```
 * If a test file cannot use top-level await, loop over `doorNames` and open each door with {@link openDoor}.
 */
export async function openDoors(app: App, options: DoorsOptions = {}): Promise<Doors> {
  const doors = await openAll(app, options.doors ?? doorNames);
  const close = async () => {
    await Promise.all(doors.map((door) => door.close()));
  };
  return Object.assign(doors, { close });
}

/** Opens all of them, or none: if one cannot be opened, the others are closed. */
async function openAll(app: App, names: readonly DoorName[]): Promise<Door[]> {
  const outcomes = await Promise.allSettled(names.map((name) => openDoor(app, name)));
  const doors = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return doors;
  await Promise.all(doors.map((door) => door.close()));
  throw failed.reason;
}
