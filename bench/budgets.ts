import {
  HAND_WRITTEN,
  KOA_BARE,
  MANY_ROUTES,
  MOST_ROUTES,
  OURS,
  OURS_WITHOUT_DTO,
  WITH_MIDDLEWARE,
} from './candidates.js';
import { INVALID_POST, NOT_FOUND } from './cold-starts.js';
import type { ColdResults, HandlerColdFigures, LambdaFigures, Results } from './results.js';
import type { Summary } from './statistics.js';

/** A promise of twodoors, as a ratio within one run or as a size. */
export interface Budget<R = Results> {
  readonly name: string;
  /** `x` times, or kilobytes. */
  readonly unit: 'x' | 'KB';
  /** Whether more is better. */
  readonly isFloor: boolean;
  readonly limit: number;
  /** What would be better still. It is shown, and not checked. */
  readonly goal?: number;
  /** Returns NaN if the run lacks a figure. */
  measure(results: R): number;
}

/** A budget beside what was measured. */
export interface Verdict {
  readonly budget: Omit<Budget, 'measure'>;
  readonly measured: number;
  readonly state: 'held' | 'not held' | 'not measured';
}

/** The limit, and the goal where there is one. */
type Limits = readonly [limit: number, goal?: number];
type Measure<R> = Budget<R>['measure'];

/** A budget of at most a limit. */
function most<R>(name: string, [limit, goal]: Limits, measure: Measure<R>, unit: Budget['unit'] = 'x'): Budget<R> {
  return { name, unit, isFloor: false, limit, ...(goal !== undefined && { goal }), measure };
}

/** A budget of at least a limit. */
function least<R>(name: string, limits: Limits, measure: Measure<R>): Budget<R> {
  return { ...most(name, limits, measure), isFloor: true };
}

type Named = { readonly name: string };

/** The median of one figure of a row; NaN if the run lacks it. */
function middle<T extends Named>(rows: readonly T[], name: string, figure: (row: T) => Summary | undefined): number {
  const row = rows.find((each) => each.name === name);
  return (row && figure(row)?.median) ?? Number.NaN;
}

const coldGet = ({ coldGet: cold }: HandlerColdFigures) => cold;
const coldPost = ({ coldPost: cold }: HandlerColdFigures) => cold;
const warmGet = ({ warmGet: warm }: LambdaFigures) => warm['0'];
const time = ({ time: summary }: { readonly time: Summary }) => summary;
const kilobytes = ({ helloGzipBytes }: Results) => helloGzipBytes / 1024;

const floor = ({ lambda }: ColdResults) => middle(lambda, HAND_WRITTEN, coldGet);

/** A cold start of a handler, relative to the hand-written handler's GET. */
function coldRatio(name: string, figure: typeof coldGet | typeof coldPost) {
  return (results: ColdResults) => middle(results.lambda, name, figure) / floor(results);
}

/** A cold start that only twodoors is measured with, relative to the hand-written handler's GET. */
function ownColdRatio(name: string) {
  return (results: ColdResults) => middle(results.cold, name, time) / floor(results);
}

/** The cold GET of a peer, relative to twodoors with a DTO. */
function coldPeerRatio(name: string) {
  return ({ lambda }: ColdResults) => middle(lambda, name, coldGet) / middle(lambda, OURS, coldGet);
}

function warmRatio(of: string, to: string) {
  return ({ lambda }: Results) => middle(lambda, of, warmGet) / middle(lambda, to, warmGet);
}

/** Requests a second of twodoors with this number of fillers, relative to Koa with one middleware. */
function koaRatio(fillers: number) {
  return ({ server }: Results) =>
    middle(server, OURS, ({ requests }) => requests[fillers]) / middle(server, KOA_BARE, ({ requests }) => requests[0]);
}

function partRatio(of: string, to: string) {
  return ({ parts }: Results) => middle(parts, of, time) / middle(parts, to, time);
}

/** The promises about cold starts. */
export const COLD_BUDGETS: readonly Budget<ColdResults>[] = [
  most('cold GET, no DTO in the app, relative to the hand-written GET', [3, 2], coldRatio(OURS_WITHOUT_DTO, coldGet)),
  most('cold GET, a DTO in the app, relative to the hand-written GET', [3.5, 2], coldRatio(OURS, coldGet)),
  most('cold first valid POST, relative to the hand-written GET', [5, 3], coldRatio(OURS, coldPost)),
  most(
    'cold GET, one middleware in `use:`, relative to the hand-written GET',
    [4, 2.5],
    ownColdRatio(WITH_MIDDLEWARE.name),
  ),
  most(
    'cold GET, 100 routes written as classes, relative to the hand-written GET',
    [6.5, 4],
    ownColdRatio(MANY_ROUTES.name),
  ),
  most(
    'cold GET, 1,000 routes written as classes, relative to the hand-written GET',
    [35, 12],
    ownColdRatio(MOST_ROUTES.name),
  ),
  most('cold first invalid POST, relative to the hand-written GET', [15, 10], ownColdRatio(INVALID_POST)),
  most('cold first 404, relative to the hand-written GET', [10, 6], ownColdRatio(NOT_FOUND)),
  least('cold GET of lambda-api, relative to ours with a DTO', [3], coldPeerRatio('lambda-api')),
  least('cold GET of Hono, relative to ours with a DTO', [12], coldPeerRatio('Hono')),
  least('cold GET of Koa behind serverless-http, relative to ours with a DTO', [35], coldPeerRatio('Koa')),
];

/** The promises. Their limits do not move to what the code reaches. */
export const BUDGETS: readonly Budget[] = [
  ...COLD_BUDGETS,
  most('warm GET at the Lambda door, relative to the hand-written GET', [2.5, 1.5], warmRatio(OURS, HAND_WRITTEN)),
  least('warm GET of lambda-api, relative to ours', [10], warmRatio('lambda-api', OURS)),
  least(
    'validation with class-transformer + class-validator, relative to ours',
    [5, 10],
    partRatio('validation, class-transformer + class-validator', 'validation, twodoors'),
  ),
  most(
    'lookup among 1,000 routes, relative to 10 routes',
    [1.2],
    partRatio('lookup, twodoors among 1000 routes', 'lookup, twodoors among 10 routes'),
  ),
  least('Koa door, requests a second at 3 routes, relative to Koa with one middleware', [0.9], koaRatio(0)),
  least('Koa door, requests a second at 1,000 routes, relative to Koa with one middleware', [0.9], koaRatio(1000)),
  most('entry file of an app with one route, minified and gzip', [10, 5], kilobytes, 'KB'),
];

/** Budgets beside what a run has measured. */
export function judge<R>(budgets: readonly Budget<R>[], results: R): Verdict[] {
  return budgets.map((budget) => {
    const measured = budget.measure(results);
    return { budget, measured, state: stateOf(budget, measured) };
  });
}

function stateOf({ isFloor, limit }: Pick<Budget, 'isFloor' | 'limit'>, measured: number): Verdict['state'] {
  if (Number.isNaN(measured)) return 'not measured';
  return (isFloor ? measured >= limit : measured <= limit) ? 'held' : 'not held';
}
