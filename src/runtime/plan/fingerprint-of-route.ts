import { loginNeedOf } from '../declarations/records/middleware-role.js';
import type { ParamRecord } from '../declarations/records/param-record.js';
import type { RouteRecords } from '../declarations/records/route-records.js';
import { loadTypeText } from './types/type-text.lazy.js';

/**
 * A text for everything in a method's records that its plan depends on: equal records have equal texts, and others have
 * another one. Other middleware and metadata are read when the route is linked.
 *
 * @param page the records of the method that shows its form again
 */
export function fingerprintOfRoute(records: RouteRecords, page?: RouteRecords): string {
  return fingerprintOfRecords(records) + (page === undefined ? '' : fingerprintOfRecords(page));
}

function fingerprintOfRecords(records: RouteRecords): string {
  const { method, types, uses } = records;
  const { params } = method;
  const ofParams: unknown[] = [];
  for (let i = 0; i < params.length; i++) ofParams.push(markOfParam(params[i]!, types));
  const ofMethod: unknown[] = [
    ofParams,
    records.parameterCount,
    method.headers,
    method.httpCode,
    method.contentType,
    method.replies,
    method.onNull,
    method.onUndefined,
    records.bodyLimit,
    records.isCsrfExempt,
    method.onInvalid,
  ];
  // What the parameters need of signing in, their decorators say.
  if (uses.length > 0) ofMethod.push(loginNeedOf(method, uses));
  return JSON.stringify(ofMethod, asText);
}

function markOfParam(param: ParamRecord, types: readonly unknown[] | undefined): unknown[] {
  const { index } = param;
  return [
    index,
    param.decorator,
    param.source,
    param.name,
    param.hasDefault,
    markOf(param.type),
    markOf(types?.[index]),
    param.options,
    param.upload,
  ];
}

/** A type as plain data: a constructor of JavaScript's by its name. A class of the app may have another one after bundling. */
function markOf(type: unknown): unknown {
  if (type === undefined) return undefined;
  const isBuiltIn = typeof type === 'function' && (globalThis as Record<string, unknown>)[type.name] === type;
  if (isBuiltIn) return type.name;
  return Array.isArray(type) ? type.map(markOf) : [loadTypeText().typeText(type)];
}

/** Tells numbers that JSON has no sign for, and what is missing, from null. */
function asText(_name: string, value: unknown): unknown {
  if (value === undefined) return 0;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
}
