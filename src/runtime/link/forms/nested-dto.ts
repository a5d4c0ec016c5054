import type { DtoPlan, PropertyType } from '../../plan/dto/dto-plan.js';

/** The DTO that a value of a property is made of; undefined where it is of none, or its discriminator names none. */
export function nestedDtoOf(
  type: PropertyType | undefined,
  value: unknown,
  dtos: readonly DtoPlan[],
): DtoPlan | undefined {
  if (typeof type !== 'object') return undefined;
  if ('dto' in type) return dtos[type.dto];
  if (!('discriminator' in type) || typeof value !== 'object' || value === null) return undefined;
  const mark = String((value as Record<string, unknown>)[type.discriminator]);
  return Object.hasOwn(type.members, mark) ? dtos[type.members[mark]!] : undefined;
}
