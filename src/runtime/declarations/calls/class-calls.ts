import { ownMetadata, writeMetadata } from '../reflect.js';
import type { ClassCalls } from './decorator-call.js';

const KEY = 'twodoors:calls';

/** The class whose decorators have run last, and their calls: the decorators of a class run one after another. */
let lastType: object | undefined;
let lastCalls: ClassCalls | undefined;

/** The calls of the decorators of this class itself; undefined where it has none. */
export function findCalls(type: object): ClassCalls | undefined {
  return ownMetadata(KEY, type) as ClassCalls | undefined;
}

/** The calls of the decorators of this class itself, to add to. */
export function callsOf(type: object): ClassCalls {
  if (type !== lastType) {
    lastCalls = findCalls(type);
    if (lastCalls === undefined) {
      lastCalls = { all: [], carriedOut: 0 };
      writeMetadata(KEY, lastCalls, type);
    }
    lastType = type;
  }
  return lastCalls!;
}
