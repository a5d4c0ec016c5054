import { dropPrototypeKeys } from '../../http/body/prototype-keys.js';
import type { Hydration, LinkedClass, LinkedProperty } from './linked-class.js';

/** The values of an object by name. */
export type Values = Record<string, unknown>;

/** An instance that is being filled with what was sent. */
export interface Filling {
  readonly linked: LinkedClass;
  readonly input: Values;
  readonly instance: Values;
  readonly hydration: Hydration;
  readonly depth: number;
  unknownNames: string[] | undefined;
  /** Blank inputs and properties with a setter. */
  later: LinkedProperty[] | undefined;
}

/** Converts what was sent for a property. */
export function hydrated({ name, hydrate }: LinkedProperty, { input, hydration, depth }: Filling): unknown {
  const given = input[name];
  return hydrate === undefined ? dropPrototypeKeys(given) : hydrate(given, hydration, depth);
}
