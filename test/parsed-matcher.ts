import type { App } from 'twodoors';
import { Mistakes } from '../src/runtime/declarations/mistakes.js';
import { readControllers } from '../src/runtime/declarations/read-controllers.js';
import { findMatch, type Matcher, type SearchedPaths } from '../src/runtime/link/matching/matcher.js';
import type { Route } from '../src/runtime/link/route.js';
import type { TreeNode } from '../src/runtime/plan/app-plan.js';
import { orderRoutes } from '../src/runtime/plan/paths/order-routes.js';
import { planTree } from '../src/runtime/plan/paths/plan-tree.js';

/** A matcher whose tree was text in between, and what it is made of. */
export interface ParsedMatcher {
  readonly tree: TreeNode;
  readonly match: Matcher;
  /** Every route that the matcher has asked for, in order. */
  readonly asked: number[];
}

/** Makes a matcher of an app's declared routes. They are not linked. */
export function parsedMatcher({ options }: App): ParsedMatcher {
  const paths = { strict: options.strict === true, caseSensitive: options.caseSensitive === true };
  const mistakes = new Mistakes();
  const routes = orderRoutes(readControllers({ controllers: options.controllers, ...paths }, mistakes));
  expect(mistakes.found).toEqual([]);
  const tree: TreeNode = JSON.parse(JSON.stringify(planTree(routes)));
  expect(tree).toEqual(planTree(routes));
  const asked: number[] = [];
  const routeAt = (route: number) => {
    asked.push(route);
    return routes[route] as unknown as Route;
  };
  const searched: SearchedPaths<Route> = { source: { tree, options: paths }, kept: new Map(), linked: [], routeAt };
  return { tree, match: (method, path) => findMatch(searched, method, path), asked };
}

/** What a match says, without the functions that a linked route has. */
export function sayMatch(match: ReturnType<Matcher>): unknown {
  if (match.kind !== 'route') return match;
  const { route, paramValues } = match;
  return { route: `${route.controller.name}.${String(route.methodName)} ${route.method} ${route.path}`, paramValues };
}
