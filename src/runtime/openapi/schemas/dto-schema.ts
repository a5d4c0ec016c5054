import type { DtoPlan, PropertyPlan } from '../../plan/app-plan.js';
import type { JsonSchema } from '../open-api-document.js';
import { type PropertyContext, propertySchema } from './property-schema.js';
import type { DtoShelf } from './schema-book.js';

/** How the schema of a DTO is made. */
export type DtoContext = Pick<PropertyContext, 'side' | 'warn' | 'ref'>;

/** The schema of a DTO's objects. */
export function dtoSchema(shelf: DtoShelf, position: number, context: DtoContext): JsonSchema {
  const dto = shelf.dtos[position]!;
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const property of describedProperties(dto, context.side)) {
    const { name } = property;
    properties[name] = propertySchema(property, { ...context, dto, tag: shelf.tags.get(position), shelf });
    if (property.isRequired === true || shelf.tags.get(position)?.property === name) required.push(name);
  }
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    ...(context.side === 'closed' && { additionalProperties: false }),
  };
}

/** What a client can send; of a reply, what JSON has of an instance. */
export function describedProperties({ properties }: DtoPlan, side: PropertyContext['side']): readonly PropertyPlan[] {
  return properties.filter(({ isReadOnly, isAccessor }) => !isReadOnly && (side !== 'reply' || !isAccessor));
}
