import { BUDGETS, type Budget, COLD_BUDGETS, judge, type Verdict } from './budgets.js';
import { HAND_WRITTEN, KOA_ROUTER } from './candidates.js';
import { figure, spread, times } from './figures.js';
import type { ColdResults, LambdaFigures, Results, ServerFigures } from './results.js';
import type { Summary } from './statistics.js';

const BEGIN = '<!-- made by npm run bench: from here -->';
const END = '<!-- made by npm run bench: to here -->';

/**
 * Puts the tables of a run into the page, between its marks; what is written by hand around them stays.
 *
 * @throws Error where the marks are missing
 */
export function renderReport(results: Results, page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`docs/performance.md must contain the lines "${BEGIN}" and "${END}". Put them back.`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${tables(results)}\n\n${page.slice(end)}`;
}

/** The tables of a run. */
export function tables(results: Results): string {
  return [
    ranOn(results),
    '### Budgets',
    budgetTable(judge(BUDGETS, results)),
    '### Lambda handlers',
    lambdaTable(results),
    ...routesTable(results),
    ...coldTable(results),
    ...releaseTable(results),
    '### Servers',
    serverTable(results),
    '### Parts',
    partTable(results),
    '### Versions',
    versions(results),
  ].join('\n\n');
}

/** The tables of a run that has measured cold starts alone. */
export function coldTables(results: ColdResults): string {
  const floor = floorOf(results);
  const rows = results.lambda.map(({ name, coldGet, coldPost }) => [
    name,
    spread(coldGet, 1),
    ratio(coldGet, floor),
    spread(coldPost, 1),
    ratio(coldPost, floor),
  ]);
  return [
    '### Budgets',
    budgetTable(judge(COLD_BUDGETS, results)),
    '### Lambda handlers',
    table(['handler', 'cold GET, ms', '', 'cold POST, ms', ''], rows),
    ...coldTable(results),
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '--:'));
  return [line(head), `|${rule.join('|')}|`, ...rows.map(line)].join('\n');
}

function ranOn({ machine, rounds }: Results): string {
  const { node, system, processor, cores, memoryGb, loadBefore } = machine;
  return (
    `Node ${node.slice(1)}, ${system}, ${processor}, ${cores} cores, ${memoryGb} GB; system load before the run ${figure(loadBefore)}.\n` +
    `Medians of ${rounds['cold']} cold starts, ${rounds['warm']} processes for warm requests and ${rounds['server']} for servers; ± is half the\n` +
    'distance between the quartiles, relative to the median.'
  );
}

const amount = (value: number, unit: Budget['unit']) => (unit === 'x' ? times(value) : `${figure(value)} ${unit}`);

function budgetTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ budget: { name, limit, goal, isFloor, unit }, measured, state }) => [
    name,
    `${isFloor ? 'at least' : 'at most'} ${amount(limit, unit)}`,
    goal === undefined ? '-' : amount(goal, unit),
    Number.isNaN(measured) ? '-' : amount(measured, unit),
    state === 'not held' ? '**not held**' : state,
  ]);
  return table(['budget', 'limit', 'goal', 'measured', ''], rows);
}

/** The cold GET that all cold starts are compared with. */
function floorOf({ lambda }: ColdResults): Summary | undefined {
  return lambda.find(({ name }) => name === HAND_WRITTEN)?.coldGet;
}

function ratio(summary: Summary | undefined, to: Summary | undefined): string {
  return summary === undefined || to === undefined ? '-' : times(summary.median / to.median);
}

function lambdaTable({ lambda }: Results): string {
  const floor = lambda.find(({ name }) => name === HAND_WRITTEN)!;
  const row = (each: LambdaFigures) => [
    each.name,
    figure(each.gzipBytes / 1024),
    spread(each.coldGet, 1),
    ratio(each.coldGet, floor.coldGet),
    spread(each.coldPost, 1),
    ratio(each.coldPost, floor.coldGet),
    spread(each.warmGet['0'], 1000),
    ratio(each.warmGet['0'], floor.warmGet['0']),
    spread(each.warmPost, 1000),
    ratio(each.warmPost, floor.warmPost),
    figure(each.bytesGet.median / 1024),
  ];
  const head = [
    'handler',
    'KB gzip',
    'cold GET, ms',
    '',
    'cold POST, ms',
    '',
    'warm GET, µs',
    '',
    'warm POST, µs',
    '',
    'KB allocated',
  ];
  return table(head, lambda.map(row));
}

/** No table if the run has not measured these. */
function coldTable(results: ColdResults): string[] {
  const floor = floorOf(results);
  const rows = results.cold.map(({ name, time }) => [name, spread(time, 1), ratio(time, floor)]);
  return rows.length === 0 ? [] : ['### Cold starts of twodoors', table(['cold start', 'ms', ''], rows)];
}

/** The budgets of cold starts under each release of Node.js; no table if only one was measured. */
function releaseTable(results: Results): string[] {
  const all = [{ ...results, node: results.machine.node }, ...results.releases];
  const rows = COLD_BUDGETS.map((budget) => [
    budget.name,
    amount(budget.limit, budget.unit),
    ...all.map((each) => amount(budget.measure(each), budget.unit)),
  ]);
  const head = ['budget', 'limit', ...all.map(({ node }) => `Node ${node.slice(1)}`)];
  return all.length < 2 ? [] : ['### Cold starts by release of Node.js', table(head, rows)];
}

const counts = (figures: readonly { readonly [key: string]: Summary }[]) =>
  [...new Set(figures.flatMap((each) => Object.keys(each)))].map(Number).sort((a, b) => a - b);

const routes = (fillers: number) => `${(fillers === 0 ? 3 : fillers).toLocaleString('en-US')} routes`;

/** Nothing, where they were measured with no other number of routes. */
function routesTable({ lambda }: Results): string[] {
  const all = counts(lambda.map(({ warmGet }) => warmGet));
  const rows = lambda
    .filter(({ warmGet }) => Object.keys(warmGet).length > 1)
    .map(({ name, warmGet }) => [name, ...all.map((n) => spread(warmGet[n], 1000))]);
  return all.length < 2
    ? []
    : ['### Warm requests by number of routes', table(['warm GET, µs', ...all.map(routes)], rows)];
}

const processor = (summary: Summary | undefined) => (summary === undefined ? '-' : figure(summary.median));

function serverTable({ server }: Results): string {
  const all = counts(server.map(({ requests }) => requests));
  const peer = server.find(({ name }) => name === KOA_ROUTER)!;
  const row = ({ name, requests, cpu }: ServerFigures) => [
    name,
    ...all.flatMap((n) => [spread(requests[n], 1), ratio(requests[n], peer.requests[n]), processor(cpu[n])]),
  ];
  const head = ['requests a second', ...all.flatMap((n) => [routes(n), '', 'µs each'])];
  const note = '*µs each* is the processor time of the server for one reply, independent of the load on the machine.';
  return `${table(head, server.map(row))}\n\n${note}`;
}

function partTable({ parts }: Results): string {
  return table(
    ['nanoseconds', 'each'],
    parts.map(({ name, time }) => [name, spread(time, 1)]),
  );
}

function versions({ versions: all }: Results): string {
  return `${Object.entries(all)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.`;
}
