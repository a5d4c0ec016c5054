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
      return isInstance.call(this, value) || isOfOtherCopy(value, this, type, mark);
    },
  });
}

/**
 * Whether a value is what another copy has made of its class of the same name. A subclass of ours, such as NotFoundError, is
 * known by its name, directly below the marked class.
 *
 * @param type the marked class, or a subclass of it
 */
function isOfOtherCopy(value: unknown, type: AnyClass, marked: AnyClass, mark: symbol): boolean {
  if (typeof value !== 'object' || value === null || (value as Record<symbol, unknown>)[mark] !== true) return false;
  if (type === marked) return true;
  if (isInstance.call(marked, value)) return false;
  let link = Object.getPrototypeOf(value) as object;
  let name: string | undefined;
  while (!Object.hasOwn(link, mark)) {
    name = link.constructor.name;
    link = Object.getPrototypeOf(link) as object;
  }
  return name === type.name;
}
