import type { DtoPlan, PropertyType } from '../../plan/dto/dto-plan.js';

/** The property that selects a class in a union, and the value that it has there. */
export interface UnionTag {
  readonly property: string;
  readonly value: string;
}

/** By position of the DTO. */
export type UnionTags = ReadonlyMap<number, UnionTag>;

/** The DTOs that only unions refer to, all by the same value. The schema of such a class can say it. */
export function unionTagsOf(dtos: readonly DtoPlan[], used: readonly number[]): UnionTags {
  const tags = new Map<number, UnionTag>();
  const untagged = new Set(used);
  for (const type of dtos.flatMap(({ properties }) => properties.map((property) => property.type))) {
    if (isNested(type)) untagged.add(type.dto);
    if (!isUnion(type)) continue;
    for (const [value, position] of Object.entries(type.members)) {
      const known = tags.get(position);
      if (known !== undefined && (known.property !== type.discriminator || known.value !== value))
        untagged.add(position);
      tags.set(position, { property: type.discriminator, value });
    }
  }
  for (const position of untagged) tags.delete(position);
  return tags;
}

/** Whether the type of a property is a class. */
export function isNested(type: PropertyType | undefined): type is Extract<PropertyType, { dto: number }> {
  return typeof type === 'object' && 'dto' in type;
}

/** Whether the type of a property is a union of classes. */
export function isUnion(type: PropertyType | undefined): type is Extract<PropertyType, { discriminator: string }> {
  return typeof type === 'object' && 'discriminator' in type;
}
