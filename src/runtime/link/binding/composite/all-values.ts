import type { HttpRequest } from '../../../http/http-request.js';
import { toRecord } from '../../../http/named-values.js';
import { paramValuesOf } from '../../../http/request-access.js';
import type { NamedArgumentPlan, RoutePlan } from '../../../plan/app-plan.js';

/** Reads all values of one name; undefined where they are missing. */
export type ReadAll = (request: HttpRequest) => readonly string[] | undefined;

/** Finds how all values of one name are read. @param name as issues name it */
export function allValuesOf({ kind, param }: NamedArgumentPlan, name: string, { params }: RoutePlan): ReadAll {
  switch (kind) {
    case 'path':
      return typeof param === 'number' ? pathReader(param, params[param]!.kind === 'rest') : () => undefined;
    case 'query':
      return (request) => request.queryValues.get(name);
    case 'header':
      return (request) => splitList(request.headers[name]);
    case 'cookie':
      return (request) => {
        const cookie = request.cookies[name];
        return cookie === undefined ? undefined : [cookie];
      };
  }
}

/** Reads all values of a source, for a parameter without a name. */
export function wholeReaderOf(kind: NamedArgumentPlan['kind']): (request: HttpRequest) => Record<string, unknown> {
  switch (kind) {
    case 'path':
      return (request) => request.params;
    case 'query':
      return (request) => toRecord(request.queryValues);
    case 'header':
      return (request) => ({ ...request.headers });
    case 'cookie':
      return (request) => ({ ...request.cookies });
  }
}

function pathReader(index: number, isRest: boolean): ReadAll {
  return (request) => {
    const value = paramValuesOf(request)[index];
    if (value === undefined) return undefined;
    return isRest ? (value as readonly string[]).map(decodeURIComponent) : [value as string];
  };
}

/** The items of a list field (RFC 9110 §5.6.1): between commas outside of quotes, empty ones left out. */
function splitList(value: string | undefined): string[] | undefined {
  return value
    ?.match(/(?:[^,"]|"(?:[^"\\]|\\[\s\S])*"?)+/g)
    ?.map((item) => item.trim())
    .filter((item) => item !== '');
}
