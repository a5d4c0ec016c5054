import type { Room } from '../invoke/room.js';

/** Runs the app's `onStop` when Lambda takes the sandbox away; it says so where an extension is registered. */
export function stopOnSignal(room: Room): void {
  // Elsewhere, as in a test, the signal is not ours; and one room may have several handlers.
  if (room.options.onStop === undefined || process.env['AWS_LAMBDA_RUNTIME_API'] === undefined || watched.has(room))
    return;
  watched.add(room);
  process.once('SIGTERM', () => stop(room));
}

const watched = new WeakSet<Room>();

async function stop({ lifecycle }: Room): Promise<void> {
  try {
    await lifecycle.stop();
  } catch (error) {
    console.error('onStop failed:', error);
  }
}
