import { CommandError } from './command-error.js';

/** What a command prints to the standard output, and whether it succeeded. */
export interface Printed {
  readonly text: string;
  readonly isSuccess: boolean;
}

/**
 * Runs a command that loads an app into this process, prints what it gives, and ends the process: the app may have opened
 * connections or started timers, which would keep it alive.
 */
export async function printAndExit(run: () => Promise<Printed>): Promise<never> {
  let isSuccess = false;
  try {
    const printed = await run();
    isSuccess = printed.isSuccess;
    await new Promise<void>((resolve) => process.stdout.write(`${printed.text}\n`, () => resolve()));
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
  }
  process.exit(isSuccess ? 0 : 1);
}
