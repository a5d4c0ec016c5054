import { findUnseen } from './coverage.js';
import { runParity } from './run-parity.js';

/** Ends the run with what is wrong with its arguments. */
function usage(problem: string): never {
  console.error(`${problem}\nUsage: npm run parity -- [--runs N] [--seed S]`);
  process.exit(2);
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined) usage(`${name} needs a whole number.`);
  if (!/^\d{1,10}$/.test(text)) usage(`${name} must be a whole number, not ${text}.`);
  return Number(text);
}

const options = { runs: 10_000, seed: Math.floor(Math.random() * 2 ** 31) };
const args = process.argv.slice(2);
for (let i = 0; i < args.length; i += 2) {
  if (args[i] === '--runs') options.runs = wholeNumber('--runs', args[i + 1]);
  else if (args[i] === '--seed') options.seed = wholeNumber('--seed', args[i + 1]);
  else usage(`Unknown option ${args[i]}.`);
}

const { isTTY } = process.stdout;
const show = (sent: number) => process.stdout.write(`\r${sent} of ${options.runs} requests, seed ${options.seed}`);

try {
  const report = await runParity({
    requests: options.runs,
    seed: options.seed,
    ...(isTTY ? { progress: show } : {}),
  });
  if (isTTY) process.stdout.write('\r\x1b[K');
  console.log(`${report.requests} requests, 6 doors, 0 differences, seed ${options.seed}`);
  const unseen = findUnseen(report);
  if (unseen.length > 0) {
    console.error(`The requests are too much alike to prove this. They never met: ${unseen.join('; ')}.`);
    process.exitCode = 1;
  }
} catch (error) {
  if (isTTY) process.stdout.write('\r\x1b[K');
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
