import type { Class } from '../declarations/class.js';
import type { ControllerRecord } from '../declarations/records/controller-record.js';
import { findRecord } from '../declarations/records/find-record.js';

/** A method of a class: its name, or for a symbol its position among the symbols that the class's decorators recorded. */
export type MemberKey = string | { readonly symbol: number };

/** The key of a method. @param type the class that its decorators stand in */
export function memberKeyOf(name: string | symbol, type: Class): MemberKey {
  return typeof name === 'string' ? name : { symbol: symbolsOf(findRecord(type)!).indexOf(name) };
}

/** The name of a method; undefined where the class has no such symbol. */
export function memberNameOf(key: MemberKey, record: ControllerRecord): string | symbol | undefined {
  return typeof key === 'string' ? key : symbolsOf(record)[key.symbol];
}

function symbolsOf({ methods }: ControllerRecord): symbol[] {
  return [...methods.keys()].filter((name) => typeof name === 'symbol');
}
