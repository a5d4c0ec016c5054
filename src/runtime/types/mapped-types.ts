import { type Class, nameOf } from '../declarations/class.js';
import { type DerivedCondition, deriveClass } from '../declarations/derived-class.js';
import { isClass } from '../declarations/is-class.js';

/** What {@link PartialType} takes. */
export interface PartialTypeOptions {
  /** Whether `null` counts as missing, as with `@IsOptional()`. Default: true. */
  readonly skipNullProperties?: boolean | undefined;
}

/** A class whose instances are made without arguments. */
export type DerivedClass<T> = new () => T;

/** An object with the properties of all instances of the classes. */
export type Intersection<Types extends readonly Class[]> = Types extends readonly [
  Class<infer First>,
  ...infer Others extends readonly Class[],
]
  ? First & Intersection<Others>
  : unknown;

const NOT_NULL: DerivedCondition = { name: 'isOptional', holds: (value) => value !== undefined && value !== null };
const NOT_UNDEFINED: DerivedCondition = { name: 'isPartial', holds: (value) => value !== undefined };

/**
 * Makes a DTO class with the properties of another one, all of them optional: what a PATCH may change. Property defaults are
 * left out, so that the instance has only what the client has sent.
 *
 * @param type a class with validators
 * @throws TypeError where it is not a class
 * @example
 * ```ts
 * class ChangeTodo extends PartialType(CreateTodo) {}
 * ```
 */
export function PartialType<T extends object>(
  type: Class<T>,
  { skipNullProperties = true }: PartialTypeOptions = {},
): DerivedClass<Partial<T>> {
  assertClass('PartialType', type);
  return deriveClass({
    name: `Partial${nameOf(type)}`,
    sources: [{ type, has: () => true }],
    hasDefaults: false,
    condition: skipNullProperties ? NOT_NULL : NOT_UNDEFINED,
  }) as DerivedClass<Partial<T>>;
}

/**
 * Makes a DTO class with some of the properties of another one. Their defaults are kept.
 *
 * @param type a class with validators
 * @param names the properties that it has
 * @throws TypeError where it is not a class
 * @example
 * ```ts
 * class RenameTodo extends PickType(CreateTodo, ['title']) {}
 * ```
 */
export function PickType<T extends object, const Name extends keyof T>(
  type: Class<T>,
  names: readonly Name[],
): DerivedClass<Pick<T, Name>> {
  assertClass('PickType', type);
  const kept = new Set<PropertyKey>(names);
  return deriveClass({
    name: `Pick${nameOf(type)}`,
    sources: [{ type, has: (name) => kept.has(name) }],
    hasDefaults: true,
  }) as DerivedClass<Pick<T, Name>>;
}

/**
 * Makes a DTO class with the properties of another one, except some. Their defaults are kept.
 *
 * @param type a class with validators
 * @param names the properties that it does not have
 * @throws TypeError where it is not a class
 * @example
 * ```ts
 * class CreateTodo extends OmitType(Todo, ['id']) {}
 * ```
 */
export function OmitType<T extends object, const Name extends keyof T>(
  type: Class<T>,
  names: readonly Name[],
): DerivedClass<Omit<T, Name>> {
  assertClass('OmitType', type);
  const left = new Set<PropertyKey>(names);
  return deriveClass({
    name: `Omit${nameOf(type)}`,
    sources: [{ type, has: (name) => !left.has(name) }],
    hasDefaults: true,
  }) as DerivedClass<Omit<T, Name>>;
}

/**
 * Makes a DTO class with the properties of several others, and their defaults. Where two have the same property, the
 * validators of both run; the type and the default are those of the first that has them.
 *
 * @param types classes with validators
 * @throws TypeError where one is not a class
 * @example
 * ```ts
 * class SearchTodos extends IntersectionType(Page, TodoFilter) {}
 * ```
 */
export function IntersectionType<const Types extends readonly Class[]>(
  ...types: Types
): DerivedClass<Intersection<Types>> {
  for (const type of types) assertClass('IntersectionType', type);
  return deriveClass({
    name: types.map(nameOf).join('And'),
    sources: types.map((type) => ({ type, has: () => true })),
    hasDefaults: true,
  }) as DerivedClass<Intersection<Types>>;
}

/** In files that import each other, a class may not be defined yet. */
function assertClass(called: string, type: unknown): void {
  if (isClass(type)) return;
  const kind = type === undefined ? 'undefined' : `a value of type ${typeof type}`;
  throw new TypeError(
    `${called} needs a class, and got ${kind}. Check the name where it is imported, and whether two files import each other.`,
  );
}
