import { Option } from 'commander';
import { RUNTIMES, type RuntimeName } from '../local-lambda/function/runtime-command.js';

/** `--runtime`, for the commands that run the function on this machine. */
export function runtimeOption(): Option {
  return new Option(
    '--runtime <name>',
    "the Lambda runtime that calls the handler: the one in twodoors, or AWS's own package if your project has it",
  )
    .choices(RUNTIMES)
    .default('twodoors' satisfies RuntimeName);
}
