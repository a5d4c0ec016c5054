import type { Class } from '../class.js';
import type { ControllerRecord } from './controller-record.js';
import { findRecord } from './find-record.js';

/** A class in the chain of base classes, and what its own decorators have recorded. */
export interface ChainLink {
  readonly type: Class;
  readonly record: ControllerRecord;
}

/** A class and its base classes, most derived first; those without decorators are left out. */
export function chainOf(type: Class): ChainLink[] {
  const chain: ChainLink[] = [];
  for (let link: unknown = type; typeof link === 'function' && link !== Function.prototype; ) {
    const record = findRecord(link);
    if (record !== undefined) chain.push({ type: link as Class, record });
    link = Object.getPrototypeOf(link);
  }
  return chain;
}
