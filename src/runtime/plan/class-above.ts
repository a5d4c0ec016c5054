import type { Class } from '../declarations/class.js';

/** The class so many steps above a class. */
export function classAbove(type: Class, depth: number): Class {
  let base = type;
  for (let i = 0; i < depth; i++) base = Object.getPrototypeOf(base) as Class;
  return base;
}
