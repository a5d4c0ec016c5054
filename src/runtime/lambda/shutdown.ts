import type { Dispatcher } from '../dispatch/dispatcher.js';

/** Runs the app's `onStop` when Lambda takes the sandbox away; it says so where an extension is registered. */
export function stopOnSignal(dispatcher: Dispatcher): void {
  // Elsewhere, as in a test, the signal is not ours; and one dispatcher may have several handlers.
  if (
    dispatcher.options.onStop === undefined ||
    process.env['AWS_LAMBDA_RUNTIME_API'] === undefined ||
    watched.has(dispatcher)
  )
    return;
  watched.add(dispatcher);
  process.once('SIGTERM', () => stop(dispatcher));
}

const watched = new WeakSet<Dispatcher>();

async function stop({ lifecycle }: Dispatcher): Promise<void> {
  try {
    await lifecycle.stop();
  } catch (error) {
    console.error('onStop failed:', error);
  }
}
