import type { DoorName } from '../project/bootstrap.js';

/** Prints why a build has failed. */
export interface BuildFailures {
  failed(door: DoorName, message: string): void;
  built(door: DoorName): void;
}

/** Doors that run side by side share it: what both fail for is printed once for each change. */
export function createBuildFailures(): BuildFailures {
  const current = new Map<DoorName, { readonly message: string; readonly count: number }>();
  return {
    failed(door, message) {
      const own = current.get(door);
      const count = own?.message === message ? own.count + 1 : 1;
      current.set(door, { message, count });
      const isPrinted = [...current].some(
        ([other, failure]) => other !== door && failure.message === message && failure.count >= count,
      );
      if (!isPrinted) console.error(`${message}\n\nWaiting for a change.`);
    },
    built(door) {
      current.delete(door);
    },
  };
}
