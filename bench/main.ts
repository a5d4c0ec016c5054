// npm run bench [-- --quick] [--check]: see docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge } from './budgets.js';
import { renderChart } from './chart.js';
import { figure } from './figures.js';
import { REPOSITORY } from './places.js';
import { renderReport, tables } from './report.js';
import { writeResults } from './results.js';
import { FULL, QUICK } from './rounds.js';
import { runAll } from './run-all.js';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
});

const begin = Date.now();
const say = (text: string) => console.log(`${String(Math.round((Date.now() - begin) / 1000)).padStart(4)} s  ${text}`);
const results = await runAll(options.quick ? QUICK : FULL, say);

console.log(`\n${tables(results)}\n`);
if (options.quick) {
  say('A quick run is not kept. Run npm run bench for bench/results.json and docs/performance.*');
} else {
  const page = join(REPOSITORY, 'docs/performance.md');
  writeResults(results);
  writeFileSync(page, renderReport(results, readFileSync(page, 'utf8')));
  writeFileSync(join(REPOSITORY, 'docs/performance.svg'), renderChart(results));
  say('Written: bench/results.json, docs/performance.md, docs/performance.svg');
}

const missed = judge(results).filter(({ isHeld }) => !isHeld);
for (const { budget, measured } of missed) {
  console.log(
    `Not held: ${budget.name}: ${figure(measured)}, ${budget.isFloor ? 'at least' : 'at most'} ${budget.limit}`,
  );
}
if (options.check && missed.length > 0) process.exitCode = 1;
