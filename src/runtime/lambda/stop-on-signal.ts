import type { Dispatcher } from '../dispatch/dispatcher.js';

/** Dispatchers whose `onStop` a signal runs already: several handlers may share one. */
const watched = new WeakSet<Dispatcher>();

/** Runs the app's `onStop` when Lambda shuts the sandbox down. Lambda only signals that if an extension is registered. */
export function stopOnSignal(dispatcher: Dispatcher): void {
  if (watched.has(dispatcher)) return;
  // Outside of Lambda, as in a test, the signal belongs to someone else.
  if (process.env['AWS_LAMBDA_RUNTIME_API'] === undefined) return;
  watched.add(dispatcher);
  process.once('SIGTERM', () => stopApp(dispatcher));
}

async function stopApp({ lifecycle }: Dispatcher): Promise<void> {
  try {
    await lifecycle?.stop();
  } catch (error) {
    console.error('onStop failed:', error);
  }
}
