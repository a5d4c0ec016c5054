import type { ParamRecord } from '../declarations/records/param-record.js';
import type { RouteRecords } from '../declarations/records/route-records.js';
import { loadTypeText } from './type-text.lazy.js';

/**
 * A text for everything in a method's records that its plan depends on: equal records have equal texts, and others have
 * another one. Middleware and metadata are read when the route is linked.
 */
export function fingerprintOfRoute({ method, types, bodyLimit }: RouteRecords): string {
  const { params, headers, httpCode, contentType, replies, onNull, onUndefined } = method;
  const ofParams: unknown[] = [];
  for (const param of params) ofParams.push(markOfParam(param, types?.[param.index]));
  return JSON.stringify([ofParams, headers, httpCode, contentType, replies, onNull, onUndefined, bodyLimit], asText);
}

function markOfParam(param: ParamRecord, emittedType: unknown): unknown[] {
  const { index, source, name, type, options, hasDefault, upload } = param;
  return [index, source, name, hasDefault, markOf(type), markOf(emittedType), options, upload];
}

/** A type as plain data. */
function markOf(type: unknown): unknown {
  if (type === undefined) return undefined;
  if (Array.isArray(type)) return type.map(markOf);
  return typeof type === 'function' ? nameOfBuiltIn(type) : [loadTypeText().typeText(type)];
}

/** The name of a constructor of JavaScript's; a class of the app may have another name after bundling. */
function nameOfBuiltIn(type: { readonly name: string }): string {
  const { name } = type;
  return (globalThis as Record<string, unknown>)[name] === type ? name : 'class';
}

/** Tells numbers that JSON has no sign for, and what is missing, from null. */
function asText(_name: string, value: unknown): unknown {
  if (value === undefined) return 0;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
}
