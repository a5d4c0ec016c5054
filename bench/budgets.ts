import {
  HAND_WRITTEN,
  KOA_BARE,
  KOA_ROUTER,
  OURS,
  OURS_WITH_MIDDLEWARE,
  OURS_WITHOUT_DTO,
  oursWithRoutes,
} from './candidates.js';
import type { ByFillers, LambdaFigures, Results, ServerFigures } from './results.js';
import type { Summary } from './statistics.js';

/** Something that twodoors promises, as a ratio within one run. */
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
  if (found === undefined) throw new Error(`The run has no figures of ${name}`);
  return found;
}

function middle(summary: Summary | undefined): number {
  if (summary === undefined) throw new Error('The run lacks a figure that a budget needs');
  return summary.median;
}

/** How many times as much of something one handler takes as another. */
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

/** The rows of ours whose first request is not a good one. */
export const INVALID_POST = 'twodoors, first request an invalid POST';
export const NOT_FOUND = 'twodoors, first request a 404';

/** A cold start of ours in another shape, or with another first request, to the hand-written handler's GET. */
function ownColdRatio(name: string) {
  return ({ cold, lambda }: Results) => named(cold, name).time.median / middle(coldGet(named(lambda, HAND_WRITTEN)));
}

/** A cold start to the hand-written handler's GET, whatever the first request. */
function coldRatio(of: string, figure: (figures: LambdaFigures) => Summary | undefined) {
  return ({ lambda }: Results) => middle(figure(named(lambda, of))) / middle(coldGet(named(lambda, HAND_WRITTEN)));
}

/** The limits. Measurements do not move them. */
export const BUDGETS: readonly Budget[] = [
  most('cold GET, no DTO in the app, to the hand-written handler', 3, coldRatio(OURS_WITHOUT_DTO, coldGet)),
  most('cold GET, a DTO in the app', 3.5, coldRatio(OURS, coldGet)),
  most('cold first valid POST', 5, coldRatio(OURS, coldPost)),
  most('cold GET, one middleware in use:', 4, ownColdRatio(OURS_WITH_MIDDLEWARE)),
  most('cold GET, 100 routes written as classes', 6.5, ownColdRatio(oursWithRoutes(100))),
  most('cold GET, 1,000 routes written as classes', 35, ownColdRatio(oursWithRoutes(1000))),
  most('cold first invalid POST', 15, ownColdRatio(INVALID_POST)),
  most('cold first 404', 10, ownColdRatio(NOT_FOUND)),
  least('cold start of lambda-api, to ours', 3, lambdaRatio('lambda-api', OURS, coldGet)),
  least('cold start of Hono, to ours', 12, lambdaRatio('Hono', OURS, coldGet)),
  least('cold start of Koa behind serverless-http, to ours', 35, lambdaRatio('Koa', OURS, coldGet)),
  most('warm GET through the Lambda door, to the hand-written handler', 2.5, lambdaRatio(OURS, HAND_WRITTEN, warmGet)),
  least('warm GET of lambda-api, to ours', 10, lambdaRatio('lambda-api', OURS, warmGet)),
  least(
    'binding and validation by class-transformer + class-validator, to ours',
    5,
    partRatio('validation, class-transformer + class-validator', 'validation, twodoors'),
  ),
  most(
    'lookup among 1,000 routes, to one among 10',
    1.2,
    partRatio('lookup, twodoors among 1000 routes', 'lookup, twodoors among 10 routes'),
  ),
  least(
    'Koa door, requests a second at 3 routes, to one bare Koa middleware',
    0.9,
    serverRatio(OURS, KOA_BARE, [0, 0]),
  ),
  least(
    'Koa door, requests a second at 1,000 routes, to one bare Koa middleware',
    0.9,
    serverRatio(OURS, KOA_BARE, [1000, 0]),
  ),
  most('entry file of an app with one route, minified and gzip', 10, kilobytes, 'KB'),
];

/** What is possible at all on Koa: a single middleware, to @koa/router at 3 and at 1,000 routes. */
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
