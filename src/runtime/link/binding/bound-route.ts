import type { RouteRecords } from '../../declarations/records/route-records.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { RequestHandler } from '../../http/middleware.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import type { RoutePlan } from '../../plan/app-plan.js';
import { dtosOf } from '../../plan/dto/dtos-of.js';
import type { PlanSource } from '../../plan/plan-source.js';
import type { InvalidReplier } from '../forms/invalid-replier.js';
import { loadLinkInvalidPage } from '../forms/link-invalid-page.lazy.js';
import type { LinkedRoute } from '../linked-route.js';
import { handleRoute } from '../request-handler.js';
import type { MethodPlace } from './argument-context.js';
import { assertPath } from './assert-path.js';
import { bodyParserOf } from './body/body-parser.js';
import type { BodyParser, ParsedBody } from './body/parsed-body.js';
import { type LinkedArguments, linkArguments } from './link-arguments.js';

/** A route that does more before it binds its arguments, or when that fails. */
interface BoundRoute extends LinkedRoute, LinkedArguments {
  /** Undefined where nothing binds the body: then it is neither read nor limited. */
  readonly parseBody: BodyParser | undefined;
  /** Shows a form again; undefined where a form's mistakes are errors like any other. */
  readonly onInvalid: InvalidReplier | undefined;
}

/**
 * Makes the handler of a route with arguments that are more than scalars, or with a form that is shown again.
 *
 * @param records are read for functions that make an argument
 */
export function linkBound(
  linked: LinkedRoute,
  plan: RoutePlan,
  place: MethodPlace,
  records: () => RouteRecords,
  source: PlanSource,
): RequestHandler {
  const dtos = () => dtosOf(source);
  const readsBody = plan.args.some((argument) => argument !== null && /^(?:body|files?)$/.test(argument.kind));
  const route: BoundRoute = {
    ...linked,
    ...linkArguments(plan, place, records, dtos, linked.maxErrors),
    parseBody: readsBody ? bodyParserOf(plan) : undefined,
    onInvalid: plan.onInvalid && loadLinkInvalidPage().linkInvalidPage(plan, plan.onInvalid, linked, dtos),
  };
  return (request) => handleBound(route, request);
}

type Handle = (route: BoundRoute, request: HttpRequest, body?: ParsedBody) => HttpReply | Promise<HttpReply>;

/** Checks the path, reads the body, then handles the request as for any route. */
function handleBound(route: BoundRoute, request: HttpRequest): HttpReply | Promise<HttpReply> {
  assertPath(route.pathBinders, request, route.maxErrors);
  const handle = route.onInvalid === undefined ? handleRoute : handleForm;
  const body = route.parseBody?.(request);
  return body instanceof Promise ? handleOnceParsed(handle, route, request, body) : handle(route, request, body);
}

/** Apart, since a function with closures allocates for them in each call. */
function handleOnceParsed(
  handle: Handle,
  route: BoundRoute,
  request: HttpRequest,
  body: Promise<ParsedBody>,
): Promise<HttpReply> {
  return body.then((parsed) => handle(route, request, parsed));
}

/** Shows a form again where it has mistakes. */
function handleForm(route: BoundRoute, request: HttpRequest, body?: ParsedBody): HttpReply | Promise<HttpReply> {
  const { onInvalid } = route;
  try {
    const made = handleRoute(route, request, body);
    return made instanceof Promise ? made.catch((error: unknown) => onInvalid!(error, request, body)) : made;
  } catch (error) {
    return onInvalid!(error, request, body);
  }
}
