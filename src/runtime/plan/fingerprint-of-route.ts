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
  const { method, types, parameterCount, bodyLimit, isCsrfExempt, uses } = records;
  const { params, headers, httpCode, contentType, replies, onNull, onUndefined, onInvalid } = method;
  const ofParams: unknown[] = [];
  for (const param of params) ofParams.push(markOfParam(param, types?.[param.index]));
  const ofMethod: unknown[] = [headers, httpCode, contentType, replies, onNull, onUndefined, bodyLimit, isCsrfExempt];
  ofMethod.push(onInvalid);
  const login = loginNeedOf(method, uses);
  if (login !== undefined) ofMethod.push(login);
  return JSON.stringify([ofParams, parameterCount, ...ofMethod], asText);
}

function markOfParam(param: ParamRecord, emittedType: unknown): unknown[] {
  const { index, source, name, type, options, hasDefault, upload } = param;
  return [index, source, name, hasDefault, markOf(type), markOf(emittedType), options, upload];
}

/** A type as plain data. A class of the app may have another name after bundling. */
function markOf(type: unknown): unknown {
  if (type === undefined) return undefined;
  if (Array.isArray(type)) return type.map(markOf);
  return isBuiltIn(type) ? type.name : [loadTypeText().typeText(type)];
}

/** Whether this is a constructor of JavaScript's, such as Number. */
function isBuiltIn(type: unknown): type is { readonly name: string } {
  return typeof type === 'function' && (globalThis as Record<string, unknown>)[type.name] === type;
}

/** Tells numbers that JSON has no sign for, and what is missing, from null. */
function asText(_name: string, value: unknown): unknown {
  if (value === undefined) return 0;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
}
