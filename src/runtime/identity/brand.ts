import './copies.js';

/** A class, whatever its constructor takes. */
type AnyClass = abstract new (...args: never[]) => object;

const isInstance = Function.prototype[Symbol.hasInstance];

/**
 * Makes `instanceof` recognise what the same class of another copy of twodoors has made. A library may bring its own copy,
 * and a monorepo may have one for each set of peers. Subclasses in an app keep the
 * ordinary meaning.
 */
export function brand(type: AnyClass, name: string): void {
  const mark = Symbol.for(`twodoors.${name}`);
  Object.defineProperty(type.prototype, mark, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: AnyClass, value: unknown): boolean {
      if (isInstance.call(this, value)) return true;
      const isMarked = typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[mark] === true;
      if (this === type || !isMarked || isInstance.call(type, value)) return this === type && isMarked;
      return isNamedAlike(this, value, mark);
    },
  });
}

/** Whether the other copy's object has a class of this name, directly below the marked one. */
function isNamedAlike(type: unknown, value: object, mark: symbol): boolean {
  for (
    let link = Object.getPrototypeOf(value) as object;
    !Object.hasOwn(link, mark);
    link = Object.getPrototypeOf(link)
  ) {
    const isBelow = Object.hasOwn(Object.getPrototypeOf(link) as object, mark);
    if (isBelow && link.constructor.name === (type as AnyClass).name) return true;
  }
  return false;
}
