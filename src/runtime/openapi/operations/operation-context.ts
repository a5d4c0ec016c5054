import type { RouteRecords } from '../../declarations/records/route-records.js';
import type { RoutePlan, TypePlan } from '../../plan/app-plan.js';
import { resolveType } from '../../types/lazy.js';
import { isSchema } from '../../types/standard-schema.js';
import type { JsonSchema } from '../open-api-document.js';
import type { DtoShelf, SchemaSide, Warn } from '../schemas/dto-shelf.js';
import { scalarSchema } from '../schemas/scalar-schema.js';
import type { SchemaBook } from '../schemas/schema-book.js';
import { standardJsonSchema } from '../schemas/standard-json-schema.js';

/** What the description of a route is made of. */
export interface OperationContext {
  readonly route: RoutePlan;
  readonly records: RouteRecords;
  readonly book: SchemaBook;
  readonly shelf: DtoShelf;
  readonly warn: Warn;
}

/** The schema of a planned type. @param index of the parameter, whose records have what fills its holes */
export function argumentSchema(type: TypePlan, index: number, side: SchemaSide, context: OperationContext): JsonSchema {
  if (typeof type === 'object') {
    if ('list' in type) return { type: 'array', items: argumentSchema(type.list, index, side, context) };
    if ('dto' in type) return context.book.refTo(context.shelf, type.dto, side);
    return scalarSchema(type);
  }
  switch (type) {
    case 'any':
      return {};
    case 'bytes':
    case 'stream':
      return { type: 'string', format: 'binary' };
    case 'schema':
      return schemaInHole(index, context);
    default:
      return scalarSchema(type);
  }
}

function schemaInHole(index: number, { records, warn }: OperationContext): JsonSchema {
  const record = records.method.params.find((param) => param.index === index);
  let type = resolveType(record?.type ?? records.types?.[index]);
  while (Array.isArray(type)) type = type[0];
  const found = isSchema(type) ? standardJsonSchema(type, 'input') : { failure: 'its schema is not known.' };
  if ('schema' in found) return found.schema;
  warn(`parameter ${index + 1}: ${found.failure} It is described as any value.`);
  return {};
}
