/**
 * What the compiler passes to a decorator: the class, or the prototype that has the member; the member's name; and the
 * descriptor of a method, or the position of a parameter.
 */
export type DecoratorTarget = readonly [target: object, name?: string | symbol | undefined, third?: unknown];

/** What decorators stand on. */
export type DecoratorKind = 'methods' | 'classes' | 'classes and methods' | 'parameters';
