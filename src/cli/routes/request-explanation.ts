import { allowedBesideFile, comesBeforeFiles } from '../../runtime/files/public-files.js';
import type { ParamValue } from '../../runtime/http/request-route.js';
import { decodeSegments } from '../../runtime/link/matching/encoded-path.js';
import { findMatch } from '../../runtime/link/matching/matcher.js';
import { readTarget } from '../../runtime/link/matching/target-path.js';
import type { AppPlan, RoutePlan } from '../../runtime/plan/app-plan.js';
import { compareSegments } from '../../runtime/routes/segment.js';
import type { ScalarType } from '../../runtime/types/scalar-type.js';
import { INVALID, pathTypeFor } from '../../runtime/types/text-types.js';
import type { ListedRoute } from './listed-route.js';
import { fitPath, type PathFit, segmentWords } from './path-fit.js';

/** A request, as far as routing looks at it. */
export interface RoutedRequest {
  readonly method: string;
  readonly path: string;
}

/** Which route answers a request, and why the others do not. */
export interface RequestExplanation extends RoutedRequest {
  /** What the app does with the request, in words. */
  readonly outcome: string;
  /** Undefined where no route answers. */
  readonly route?: ListedRoute;
  /** The public file that answers, relative to the project. */
  readonly file?: string;
  /** The values of the route's path parameters, by name. */
  readonly params?: Readonly<Record<string, string>>;
  /** The methods for `Allow`, where the path is known and the method is not. */
  readonly allowed?: readonly string[];
  readonly others: readonly OtherRoute[];
}

/** A route that does not answer. */
export interface OtherRoute {
  readonly route: ListedRoute;
  /** Whether its path and its method match, so that only the order of routes decides. */
  readonly isMatching: boolean;
  readonly reason: string;
}

/** What an app has: its plan, and what is listed of it. */
export interface ExplainedApp {
  readonly plan: AppPlan;
  readonly routes: readonly ListedRoute[];
  /** The public file at a path, relative to the project. */
  readonly fileAt: (path: string) => string | undefined;
}

/** Explains which route or file answers a request; the matcher of the doors decides. */
export function explainRequest(
  { method, path }: RoutedRequest,
  { plan, routes, fileAt }: ExplainedApp,
): RequestExplanation {
  const routeAt = (index: number) => plan.routes[index]!;
  const found = findMatch({ source: plan, kept: new Map(), linked: plan.routes, routeAt }, method, path);
  const raw = readTarget(path, plan.options.strict)?.raw ?? [];
  const target = decodeSegments(raw);
  const request = { method, path };
  if (found.kind === 'malformed' || target === undefined) {
    return { ...request, outcome: '400: the path is malformed', others: [] };
  }
  const fits = plan.routes.map((route) => fitPath(route.path, target, plan.options));
  const others = (winner?: number) =>
    plan.routes.flatMap((route, i): OtherRoute[] => {
      if (i === winner) return [];
      const isMatching = fits[i]!.variant !== undefined && answers(route.method, method);
      const reason = reasonOf(
        route,
        fits[i]!,
        request,
        winner === undefined ? undefined : { fit: fits[winner]!, route: plan.routes[winner]! },
      );
      return [{ route: routes[i]!, isMatching, reason }];
    });
  const file = path === '*' || comesBeforeFiles(found, method) ? undefined : fileAt(path);
  if (file !== undefined && (method === 'GET' || method === 'HEAD')) {
    return { ...request, outcome: `the file ${file}`, file, others: others().map(isLessSpecific) };
  }
  const match = file === undefined ? found : { kind: 'methods' as const, allowed: allowedBesideFile(found) };
  if (match.kind === 'route') {
    const { route } = match;
    const index = plan.routes.indexOf(route);
    const params = paramsOf(route, match.paramValues);
    return {
      ...request,
      outcome: outcomeOf(route, params),
      route: routes[index]!,
      params,
      others: others(index),
    };
  }
  if (match.kind === 'methods') {
    const { allowed } = match;
    const list = allowed.join(', ');
    const outcome =
      method === 'OPTIONS'
        ? `204 with Allow: ${list}`
        : plan.methods.includes(method)
          ? `405 with Allow: ${list}`
          : `501: no route knows the method ${method}`;
    return { ...request, outcome, allowed, others: others() };
  }
  const isKnown = plan.methods.includes(method);
  return {
    ...request,
    outcome: isKnown ? '404: no path matches' : `501: no route knows the method ${method}`,
    others: others(),
  };
}

function isLessSpecific(other: OtherRoute): OtherRoute {
  return other.isMatching
    ? { ...other, reason: 'a file is more specific than a route without exactly its path' }
    : other;
}

/** Whether a route for one method answers requests of another. */
function answers(declared: string, method: string): boolean {
  return declared === method || declared === 'ALL' || (declared === 'GET' && method === 'HEAD');
}

interface Winner {
  readonly fit: PathFit;
  readonly route: RoutePlan;
}

function reasonOf(
  route: RoutePlan,
  { variant, miss }: PathFit,
  { method }: RoutedRequest,
  winner: Winner | undefined,
): string {
  if (variant === undefined) return miss;
  if (!answers(route.method, method)) return `it is for ${route.method}`;
  const better = winner?.fit.variant;
  if (better === undefined) return `it does not answer ${method}`;
  for (let i = 0; i < Math.max(better.segments.length, variant.segments.length); i++) {
    const [own, other] = [variant.segments[i], better.segments[i]];
    if (own === undefined || other === undefined) return 'its path is shorter';
    if (compareSegments(own, other) !== 0) {
      return `segment ${i + 1}: ${segmentWords(other)} is more specific than ${segmentWords(own)}`;
    }
  }
  return `a route for ${winner!.route.method} comes before one for ${route.method}`;
}

function paramsOf({ params }: RoutePlan, values: readonly ParamValue[]): Record<string, string> {
  return Object.fromEntries(
    params.flatMap(({ name }, i) => {
      const value = values[i];
      return value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join('/')]];
    }),
  );
}

/** A value of the path that does not convert is a 404. */
function outcomeOf({ args, params }: RoutePlan, values: Readonly<Record<string, string>>): string {
  for (const argument of args) {
    if (argument?.kind !== 'path' || typeof argument.param !== 'number') continue;
    const { name } = params[argument.param]!;
    const { type } = argument;
    const value = values[name];
    if (value === undefined || !isScalar(type)) continue;
    const { convert, expected } = pathTypeFor(type);
    if (convert(value) === INVALID) return `404: ${name} must be ${expected}`;
  }
  return 'answered';
}

function isScalar(type: unknown): type is ScalarType {
  const names: readonly unknown[] = ['string', 'number', 'boolean', 'date', 'bigint', 'url'];
  return names.includes(type) || (typeof type === 'object' && type !== null && 'choice' in type);
}
