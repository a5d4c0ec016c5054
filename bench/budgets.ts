import { HAND_WRITTEN, KOA_BARE, KOA_ROUTER, OURS, OURS_WITHOUT_DTO } from './candidates.js';
import type { ByFillers, LambdaFigures, Results, ServerFigures } from './results.js';
import type { Summary } from './statistics.js';

/** A promise of twodoors, as a ratio within one run. */
export interface Budget {
  readonly name: string;
  /** `x` times, or kilobytes. */
  readonly unit: 'x' | 'KB';
  /** Whether more is better. */
  readonly isFloor: boolean;
  readonly limit: number;
  measure(results: Results): number;
}

/** A budget beside what was measured. */
export interface Verdict {
  readonly budget: Budget;
  readonly measured: number;
  readonly isHeld: boolean;
}

const most = (name: string, limit: number, measure: Budget['measure'], unit: Budget['unit'] = 'x'): Budget => ({
  name,
  unit,
  isFloor: false,
  limit,
  measure,
});
const least = (name: string, limit: number, measure: Budget['measure']): Budget => ({
  name,
  unit: 'x',
  isFloor: true,
  limit,
  measure,
});

function named<T extends { readonly name: string }>(figures: readonly T[], name: string): T {
  const found = figures.find((each) => each.name === name);
  if (found === undefined) throw new Error(`The run has no figures for ${name}.`);
  return found;
}

function middle(summary: Summary | undefined): number {
  if (summary === undefined) throw new Error('The run has no figure for one of the budgets.');
  return summary.median;
}

/** A figure of one handler divided by that of another. */
function lambdaRatio(of: string, to: string, figure: (figures: LambdaFigures) => Summary | undefined) {
  return ({ lambda }: Results) => middle(figure(named(lambda, of))) / middle(figure(named(lambda, to)));
}

function serverRatio(of: string, to: string, fillers: [number, number]) {
  const at = (figures: ByFillers, n: number) => middle(figures[n]);
  const requests = ({ server }: Results, name: string, n: number) =>
    at((named(server, name) as ServerFigures).requests, n);
  return (results: Results) => requests(results, of, fillers[0]) / requests(results, to, fillers[1]);
}

function partRatio(of: string, to: string) {
  return ({ parts }: Results) => middle(named(parts, of).time) / middle(named(parts, to).time);
}

const coldGet = ({ coldGet: cold }: LambdaFigures) => cold;
const coldPost = ({ coldPost: cold }: LambdaFigures) => cold;
const warmGet = ({ warmGet: warm }: LambdaFigures) => warm['0'];
const kilobytes = ({ helloGzipBytes }: Results) => helloGzipBytes / 1024;

/** The promises. The limits were set before the code was written, and do not move to what it reaches. */
export const BUDGETS: readonly Budget[] = [
  most(
    'cold start without a DTO, relative to the hand-written handler',
    2.2,
    lambdaRatio(OURS_WITHOUT_DTO, HAND_WRITTEN, coldGet),
  ),
  most('cold start with a DTO, relative to the hand-written handler', 3.5, lambdaRatio(OURS, HAND_WRITTEN, coldGet)),
  most(
    'cold start with a validated POST, relative to the hand-written handler',
    5,
    lambdaRatio(OURS, HAND_WRITTEN, coldPost),
  ),
  least("cold start of Hono's adapter, relative to ours", 10, lambdaRatio('Hono', OURS, coldGet)),
  least('cold start of Koa behind serverless-http, relative to ours', 25, lambdaRatio('Koa', OURS, coldGet)),
  most(
    'warm GET through the Lambda door, relative to the hand-written handler',
    4,
    lambdaRatio(OURS, HAND_WRITTEN, warmGet),
  ),
  least('warm GET of lambda-api, relative to ours', 10, lambdaRatio('lambda-api', OURS, warmGet)),
  least(
    'binding and validation with class-transformer + class-validator, relative to ours',
    5,
    partRatio('validation, class-transformer + class-validator', 'validation, twodoors'),
  ),
  most(
    'lookup among 1,000 routes, relative to 10 routes',
    1.2,
    partRatio('lookup, twodoors among 1000 routes', 'lookup, twodoors among 10 routes'),
  ),
  least('Koa door, requests a second at 3 routes, relative to @koa/router', 1.2, serverRatio(OURS, KOA_ROUTER, [0, 0])),
  least(
    'Koa door, requests a second at 1,000 routes, relative to @koa/router',
    5,
    serverRatio(OURS, KOA_ROUTER, [1000, 1000]),
  ),
  most('bundle of an app with one route, minified and gzip', 20, kilobytes, 'KB'),
];

/** The most that any router on Koa can reach: a single middleware, to @koa/router at 3 and at 1,000 routes. */
export const CEILINGS = {
  few: serverRatio(KOA_BARE, KOA_ROUTER, [0, 0]),
  many: serverRatio(KOA_BARE, KOA_ROUTER, [0, 1000]),
};

/** Every budget beside what a run has measured. */
export function judge(results: Results): Verdict[] {
  return BUDGETS.map((budget) => {
    const measured = budget.measure(results);
    return { budget, measured, isHeld: budget.isFloor ? measured >= budget.limit : measured <= budget.limit };
  });
}
