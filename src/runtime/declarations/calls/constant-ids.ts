import { constantClasses } from './constant-classes.js';

/** The names of a class and its base classes, where all of them are constant; else undefined. */
export function constantIdsOf(type: object): string | undefined {
  let ids = '';
  for (let link = type; link !== Function.prototype; link = Object.getPrototypeOf(link)) {
    const constant = constantClasses.get(link);
    if (constant === undefined) return undefined;
    ids += `=${constant[0]}`;
  }
  return ids;
}
