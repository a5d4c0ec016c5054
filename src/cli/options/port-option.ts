import { Option } from 'commander';
import { CommandError } from '../command-error.js';

/** An option that people try, and that there is not: the app reads its port from the environment, here and in production. */
export function portOption(command: string): Option {
  return new Option('-p, --port <number>').hideHelp().argParser((port) => {
    throw new CommandError(`There is no --port. Set the variable PORT: PORT=${port} twodoors ${command}`);
  });
}
