import { kindOf, typeObject } from './type-object.js';

/** A type that may not be defined yet while its file loads. */
export interface Lazy {
  readonly get: () => unknown;
}

/**
 * A type that is looked up at startup, for two files that import each other. In a DTO, `@Type` does the same.
 *
 * @param get returns the type. A function that throws is a startup mistake
 * @example
 * ```ts
 * @Post()
 * create(@Body(lazy(() => CreateTodo)) input: CreateTodo) { … }
 * ```
 */
export function lazy(get: () => unknown): Lazy {
  return typeObject('lazy', { get });
}

/** Looks up a {@link lazy} type, in a list too; gives any other type as it is. */
export function resolveType(type: unknown): unknown {
  if (kindOf(type) === 'lazy') return resolveType((type as Lazy).get());
  if (Array.isArray(type)) return type.map(resolveType);
  return type;
}
