import type { RouteRecords } from '../declarations/records/route-records.js';
import { fingerprint } from './fingerprint.js';
import { typeMark } from './type-mark.js';

/** A number for everything in a method's records that its plan depends on; middleware and metadata are read when it is linked. */
export function fingerprintOfRoute({ method, types, parameterCount, bodyLimit }: RouteRecords): number {
  const { params, headers, httpCode, contentType, replies, onNull, onUndefined } = method;
  const ofParams = params.map(({ read: _, type, ...param }) => [typeMark(type), typeMark(types?.[param.index]), param]);
  return fingerprint([
    ofParams,
    parameterCount,
    headers,
    httpCode,
    contentType,
    replies,
    onNull,
    onUndefined,
    bodyLimit,
  ]);
}
