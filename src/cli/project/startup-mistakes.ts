import { CommandError } from '../command-error.js';

/** What planning an app gives. @throws CommandError with every mistake of the app */
export function orStartupMistakes<T>(plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if ((error as Error).name === 'StartupError') throw new CommandError((error as Error).message);
    throw error;
  }
}
