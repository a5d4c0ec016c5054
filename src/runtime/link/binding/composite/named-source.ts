import type { BindingIssue } from '../../../http/errors/http-error.js';
import type { HttpRequest } from '../../../http/http-request.js';
import { paramValuesOf } from '../../../http/request-access.js';
import type { NamedArgumentPlan, RoutePlan } from '../../../plan/app-plan.js';

/** The value of one name in a request. */
export interface NamedValue {
  /** The part of the request, as issues name it. */
  readonly location: BindingIssue['in'];
  /** The name in issues. */
  readonly name: string;
  readonly isOptional: boolean;
  /** Reads the first value; undefined where it is missing. */
  readonly readFirst: (request: HttpRequest) => string | undefined;
}

/** Finds how the value of one name is read. */
export function namedValueOf(argument: NamedArgumentPlan, route: RoutePlan): NamedValue {
  const { kind, isOptional = false } = argument;
  // The names of header fields have no case.
  const name = kind === 'header' ? argument.name!.toLowerCase() : argument.name!;
  return { location: kind, name, isOptional, readFirst: readerOf(kind, name, argument.param, route) };
}

function readerOf(
  kind: NamedArgumentPlan['kind'],
  name: string,
  index: number | null | undefined,
  route: RoutePlan,
): NamedValue['readFirst'] {
  switch (kind) {
    case 'path':
      return pathTextReader(index, route);
    case 'query':
      return (request) => request.queryValues.get(name)?.[0];
    case 'header':
      return (request) => request.headers[name];
    case 'cookie':
      return (request) => request.cookies[name];
  }
}

/** @param index no number where another path of the method has the parameter */
function pathTextReader(index: number | null | undefined, { params }: RoutePlan): NamedValue['readFirst'] {
  if (typeof index !== 'number') return () => undefined;
  return params[index]!.kind === 'rest'
    ? (request) => request.route!.params[index]!.read(paramValuesOf(request)[index])
    : (request) => paramValuesOf(request)[index] as string | undefined;
}
