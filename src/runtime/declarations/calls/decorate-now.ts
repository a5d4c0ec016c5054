import { constantClasses, lateMethod } from './constant-classes.js';

/** Lets decorators that have been put off record now: those of a class, and of its base classes. */
export function decorateNow(type: unknown): void {
  for (let link = type; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
    const [id, decorate] = constantClasses.get(link) ?? [];
    if (decorate === undefined) continue;
    const { parameters } = lateMethod;
    // What records meanwhile is what makes it constant.
    constantClasses.delete(link);
    lateMethod.parameters = Number.POSITIVE_INFINITY;
    decorate(link, id!);
    lateMethod.parameters = parameters;
    constantClasses.set(link, [id!]);
  }
}

/** Ends what was known of a class: something else decorates it as well. */
export function endConstancy(type: object): void {
  decorateNow(type);
  constantClasses.delete(type);
}
