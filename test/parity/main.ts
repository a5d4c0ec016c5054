import { runParity } from './run-parity.js';

/** Ends the run with what is wrong with how it was asked for. */
function usage(problem: string): never {
  console.error(`${problem}\nUsage: npm run parity -- [--runs N] [--seed S]`);
  process.exit(2);
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined || !/^\d{1,10}$/.test(text)) usage(`${name} takes a whole number, and got ${text ?? 'none'}.`);
  return Number(text);
}

const options = { runs: 10_000, seed: Math.floor(Math.random() * 2 ** 31) };
const args = process.argv.slice(2);
for (let i = 0; i < args.length; i += 2) {
  if (args[i] === '--runs') options.runs = wholeNumber('--runs', args[i + 1]);
  else if (args[i] === '--seed') options.seed = wholeNumber('--seed', args[i + 1]);
  else usage(`There is no option ${args[i]}.`);
}

const { isTTY } = process.stdout;
const show = (sent: number) => process.stdout.write(`\r${sent} of ${options.runs} requests, seed ${options.seed}`);

try {
  const { requests } = await runParity({
    requests: options.runs,
    seed: options.seed,
    ...(isTTY ? { progress: show } : {}),
  });
  if (isTTY) process.stdout.write('\r\x1b[K');
  console.log(`${requests} requests, 6 doors, 0 differences, seed ${options.seed}`);
} catch (error) {
  if (isTTY) process.stdout.write('\r\x1b[K');
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
