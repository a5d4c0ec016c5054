import type { ScalarName } from '../../types/scalar-type.js';
import type { PlannedValue } from '../planned-value.js';

/** What a plan says of a route for documents and lists of routes alone. */
export interface RouteDescription {
  /**
   * The names of the arguments, by position: that in the decorator, else that of the class, else the source. The compiler
   * keeps no names of parameters. Null for a parameter that no decorator gives a value.
   */
  readonly args: readonly (string | null)[];
  /**
   * What the method is declared to return: a scalar, or a class by its name. The class is a hole, whose address is that of
   * the method. Undefined for a promise, and for what is unknown at run time, such as interfaces and unions.
   */
  readonly returns?: ScalarName | { readonly class: string };
  /** The values of named route metadata, such as a summary, by name: the method's, else the class's, else a base class's. */
  readonly metadata?: Readonly<Record<string, PlannedValue>>;
}
