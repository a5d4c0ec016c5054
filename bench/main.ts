// npm run bench [-- --quick] [--check] [--profile] [--cold]: see docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BUDGETS, COLD_BUDGETS, judge, type Verdict } from './budgets.js';
import { renderChart } from './chart.js';
import { figure } from './figures.js';
import { runCold } from './measure-cold.js';
import { REPOSITORY } from './places.js';
import { profileAll } from './profile.js';
import { coldTables, renderReport, tables } from './report.js';
import { type Results, readResults, writeResults } from './results.js';
import { COLD, FULL, QUICK } from './rounds.js';
import { runAll } from './run-all.js';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    cold: { type: 'boolean', default: false },
  },
});
const begin = Date.now();

if (options.profile) await profileAll();
else if (options.cold) await measureColdStarts();
else await measure();

async function measure(): Promise<void> {
  const results = await runAll(options.quick ? QUICK : FULL, say);
  console.log(`\n${tables(results)}\n`);
  if (options.quick) say('A quick run is not kept. Run without --quick to write bench/results.json and docs/.');
  else keep(results);
  report(judge(BUDGETS, results));
}

/** Prints the cold starts, and keeps nothing. */
async function measureColdStarts(): Promise<void> {
  const results = await runCold(options.quick ? QUICK : COLD, say);
  console.log(`\n${coldTables(results)}\n`);
  report(judge(COLD_BUDGETS, results));
}

/** Prints the budgets that are missed; with `--check`, they fail the run. */
function report(verdicts: readonly Verdict[]): void {
  const missed = verdicts.filter(({ state }) => state !== 'held');
  for (const { budget, measured } of missed) {
    const limit = `${budget.isFloor ? 'at least' : 'at most'} ${budget.limit}`;
    console.log(`Not held: ${budget.name} is ${figure(measured)}, must be ${limit}`);
  }
  if (options.check && missed.length > 0) process.exitCode = 1;
}

/** Writes what is measured, and the page that shows it. */
function keep(results: Results): void {
  const page = join(REPOSITORY, 'docs/performance.md');
  writeResults(results);
  // Of the file, whose figures are rounded: so the page can be held to it.
  const kept = readResults();
  writeFileSync(page, renderReport(kept, readFileSync(page, 'utf8')));
  writeFileSync(join(REPOSITORY, 'docs/performance.svg'), renderChart(kept));
  say('Written: bench/results.json, docs/performance.md, docs/performance.svg');
}

/** Says what is going on, and after how long. */
function say(text: string): void {
  console.log(`${String(Math.round((Date.now() - begin) / 1000)).padStart(4)} s  ${text}`);
}
