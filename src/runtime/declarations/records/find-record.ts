import { loadCarryOut } from '../calls/carry-out.lazy.js';
import { findCalls } from '../calls/class-calls.js';
import { type ControllerRecord, storedRecord } from './controller-record.js';

/** What the decorators of this class itself have recorded; undefined where it has none. */
export function findRecord(type: object): ControllerRecord | undefined {
  const calls = findCalls(type);
  if (calls !== undefined && calls.carriedOut < calls.all.length) loadCarryOut().carryOutAll(calls);
  return storedRecord(type);
}
