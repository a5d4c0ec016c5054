import type { Class } from '../../declarations/class.js';

/**
 * The names of a controller's methods. Their results are not looked at, so that TypeScript can infer the result of a
 * method that links to itself.
 */
export type MethodName<C extends Class> = {
  [Name in keyof InstanceType<C>]: InstanceType<C>[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof InstanceType<C>] &
  string;

/** The name of a route: that of its controller, a dot, and that of its method. */
export type RouteName = `${string}.${string}`;

/** A route, with the values and options of one link to it. */
export interface RouteTarget<Options> {
  /** Undefined where the route is given by its name alone. */
  readonly controller: Class | undefined;
  /** The method, or the whole name. */
  readonly name: string;
  readonly values: object;
  readonly options: Partial<Options>;
}

/** Reads the arguments of either form: a controller and a method, or a name; then values and options. */
export function readTarget<Options>(args: readonly unknown[]): RouteTarget<Options> {
  const controller = typeof args[0] === 'string' ? undefined : (args[0] as Class);
  const [name, values, options] = controller === undefined ? args : args.slice(1);
  return {
    controller,
    name: String(name),
    values: (values as object | undefined) ?? {},
    options: (options as Partial<Options> | undefined) ?? {},
  };
}
