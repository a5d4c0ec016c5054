/**
 * A class whose decorators get nothing but constants: a name that no other such class of the bundle has, and what calls the
 * decorators, until they have been called.
 */
export type ConstantClass = readonly [id: string, decorate?: ((type: object, id: string) => void) | undefined];

const shared = globalThis as unknown as Record<symbol, Map<object, ConstantClass> | undefined>;

/** What a build writes in the first pass, where no name leads here. */
const KEY = Symbol.for('twodoors.constants');

/**
 * By class. `twodoors build` writes into a planned bundle which these are. What they record is as planned, so that nobody
 * compares it; and where nobody reads it, they need not be called.
 */
export const constantClasses = shared[KEY] ?? new Map<object, ConstantClass>();
shared[KEY] = constantClasses;

/**
 * While decorators are called later than they stand in the code: how many parameters the method had that they stand on,
 * should it have defaults. Something may have replaced it since.
 */
export const lateMethod: { parameters: number | undefined } = { parameters: undefined };
