/** Where an object says that it stands for a type; for all copies of twodoors the same. */
const KIND = Symbol.for('twodoors.type');

/** An object that stands for a type which no class and no other value of JavaScript is. */
export interface TypeObject {
  readonly [KIND]: 'lazy' | 'discriminator' | 'one-of';
}

/** Makes an object stand for a type. */
export function typeObject<T extends object>(kind: TypeObject[typeof KIND], members: T): T {
  return Object.defineProperty(members, KIND, { value: kind });
}

/** What kind of type an object stands for; undefined for all other values. */
export function kindOf(type: unknown): TypeObject[typeof KIND] | undefined {
  return typeof type === 'object' && type !== null ? (type as Partial<TypeObject>)[KIND] : undefined;
}
