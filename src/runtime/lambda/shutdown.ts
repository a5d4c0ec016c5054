import type { Room } from '../invoke/room.js';

/** Runs the app's `onStop` when Lambda takes the sandbox away; it says so where an extension is registered. */
export function stopOnSignal(room: Room): void {
  if (room.options.onStop !== undefined) process.once('SIGTERM', () => stop(room));
}

async function stop({ lifecycle }: Room): Promise<void> {
  try {
    await lifecycle.stop();
  } catch (error) {
    console.error('onStop failed:', error);
  }
}
