import { OURS, SHAPES, WITH_PAGES } from './candidates.js';
import type { FirstRequest } from './measure-lambda.js';

/** A cold start that only twodoors is measured with. */
export interface OwnColdStart {
  /** The name of its row. */
  readonly name: string;
  /** The name of the candidate. */
  readonly candidate: string;
  readonly request: FirstRequest;
  /** The number of filler routes. */
  readonly fillers: number;
}

/** The row of an invalid POST. */
export const INVALID_POST = 'twodoors, first request an invalid POST';
/** The row of a path without a route. */
export const NOT_FOUND = 'twodoors, first request a 404';

/** Other shapes of the app, and other first requests. Routes made in a loop cannot be planned ahead. */
export const OWN_COLD_STARTS: readonly OwnColdStart[] = [
  ...SHAPES.map(({ name }) => ({ name, candidate: name, request: 'get', fillers: 0 }) as const),
  { name: `${WITH_PAGES.name}: its page`, candidate: WITH_PAGES.name, request: 'page', fillers: 0 },
  { name: `${WITH_PAGES.name}: the form with a mistake`, candidate: WITH_PAGES.name, request: 'form', fillers: 0 },
  ...[100, 1000].map(
    (fillers) =>
      ({
        name: `twodoors, ${fillers.toLocaleString('en-US')} routes made in a loop`,
        candidate: OURS,
        request: 'get',
        fillers,
      }) as const,
  ),
  { name: INVALID_POST, candidate: OURS, request: 'invalid', fillers: 0 },
  { name: NOT_FOUND, candidate: OURS, request: 'missing', fillers: 0 },
];
