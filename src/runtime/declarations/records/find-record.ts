import { loadCarryOut } from '../calls/carry-out.lazy.js';
import { decorateNow } from '../calls/decorate-now.js';
import { callsByClass } from '../calls/record-call.js';
import { type ControllerRecord, recordOf } from './controller-record.js';

/** What the decorators of this class itself have recorded; undefined where it has none. */
export function findRecord(type: object): ControllerRecord | undefined {
  decorateNow(type);
  const calls = callsByClass.get(type);
  if (calls === undefined) return undefined;
  const record = recordOf(type);
  if (record.carriedOut < calls.length) loadCarryOut().carryOutAll(calls, record);
  return record;
}
