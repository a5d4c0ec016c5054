import type { BindingIssue } from '../../http/errors/http-error.js';
import type { HttpRequest } from '../../http/http-request.js';
import { paramValuesOf } from '../../http/request-access.js';
import type { NamedArgumentPlan, RoutePlan } from '../../plan/app-plan.js';

/** The values of one name in a request. */
export interface NamedValue {
  /** The part of the request, as issues name it. */
  readonly location: BindingIssue['in'];
  /** The name in issues. */
  readonly name: string;
  readonly isOptional: boolean;
  /** Reads the first value; undefined where it is missing. */
  readonly readFirst: (request: HttpRequest) => string | undefined;
  /** Reads all values; undefined where they are missing. */
  readonly readAll: (request: HttpRequest) => readonly string[] | undefined;
}

/** Finds how the values of one name are read. */
export function namedValueOf(argument: NamedArgumentPlan, route: RoutePlan): NamedValue {
  const { kind, isOptional = false } = argument;
  // The names of header fields have no case.
  const name = kind === 'header' ? argument.name!.toLowerCase() : argument.name!;
  const value = { location: kind, name, isOptional };
  switch (kind) {
    case 'path':
      return { ...value, ...pathReaders(argument.param ?? undefined, route) };
    case 'query':
      return {
        ...value,
        readFirst: (request) => request.queryValues.get(name)?.[0],
        readAll: (request) => request.queryValues.get(name),
      };
    case 'header':
      return {
        ...value,
        readFirst: (request) => request.headers[name],
        readAll: (request) => splitList(request.headers[name]),
      };
    case 'cookie':
      return {
        ...value,
        readFirst: (request) => request.cookies[name],
        readAll: (request) => {
          const cookie = request.cookies[name];
          return cookie === undefined ? undefined : [cookie];
        },
      };
  }
}

/** Reads all values of a source, for a parameter without a name. */
export function wholeReaderOf(kind: NamedArgumentPlan['kind']): (request: HttpRequest) => Record<string, unknown> {
  switch (kind) {
    case 'path':
      return (request) => request.params;
    case 'query':
      return (request) => request.query;
    case 'header':
      return (request) => ({ ...request.headers });
    case 'cookie':
      return (request) => ({ ...request.cookies });
  }
}

/** @param index undefined where another path of the method has the parameter */
function pathReaders(index: number | undefined, { params }: RoutePlan): Pick<NamedValue, 'readFirst' | 'readAll'> {
  if (index === undefined) return { readFirst: readNothing, readAll: readNothing };
  const isRest = params[index]!.kind === 'rest';
  return {
    readFirst: isRest
      ? (request) => request.route!.params[index]!.read(paramValuesOf(request)[index])
      : (request) => paramValuesOf(request)[index] as string | undefined,
    readAll: (request) => {
      const value = paramValuesOf(request)[index];
      if (value === undefined) return undefined;
      return isRest ? (value as readonly string[]).map(decodeURIComponent) : [value as string];
    },
  };
}

function readNothing(): undefined {}

/** The items of a list field (RFC 9110 §5.6.1): between commas outside of quotes, empty ones left out. */
function splitList(value: string | undefined): string[] | undefined {
  return value
    ?.match(/(?:[^,"]|"(?:[^"\\]|\\[\s\S])*"?)+/g)
    ?.map((item) => item.trim())
    .filter((item) => item !== '');
}
