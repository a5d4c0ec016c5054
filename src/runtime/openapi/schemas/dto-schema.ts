import type { DtoPlan, PropertyPlan } from '../../plan/dto/dto-plan.js';
import type { JsonSchema } from '../open-api-document.js';
import type { DtoShelf } from './dto-shelf.js';
import { type PropertyContext, propertySchema } from './property-schema.js';

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
    // Of a missing value, the getter of an accessor may give one.
    const isRequired = property.isRequired === true && property.isAccessor !== true;
    if (isRequired || shelf.tags.get(position)?.property === name) required.push(name);
  }
  if (context.side !== 'reply') warnOfGetters(dto, context);
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    ...(context.side === 'closed' && { additionalProperties: false }),
  };
}

/** The validators of a getter may refuse what the schema of each property allows. */
function warnOfGetters({ name, properties }: DtoPlan, { warn }: DtoContext): void {
  for (const property of properties) {
    if (!property.isAccessor || property.checks === undefined) continue;
    warn(
      `${name}.${property.name}: it has a getter, whose validators may refuse what a schema allows, and whose value may replace a missing one.`,
    );
  }
}

/** What a client can send; of a reply, what JSON has of an instance. */
export function describedProperties({ properties }: DtoPlan, side: PropertyContext['side']): readonly PropertyPlan[] {
  return properties.filter(({ isReadOnly, isAccessor }) => !isReadOnly && (side !== 'reply' || !isAccessor));
}
