/** A type that is not there yet while its file loads. */
export class Lazy {
  readonly get: () => unknown;

  constructor(get: () => unknown) {
    this.get = get;
  }
}

/**
 * A type that is looked up when the app starts, for two files that import each other.
 *
 * @example
 * ```ts
 * // create(@Body(lazy(() => CreateTodo)) input: CreateTodo)
 * ```
 */
export function lazy(get: () => unknown): Lazy {
  return new Lazy(get);
}

/** The type itself, where it was given as {@link lazy}; in a list as well. */
export function resolveType(type: unknown): unknown {
  if (type instanceof Lazy) return resolveType(type.get());
  if (Array.isArray(type)) return type.map(resolveType);
  return type;
}
