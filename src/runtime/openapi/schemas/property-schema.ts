import { kindOf, refusesNothing } from '../../plan/dto/constraint-kinds.js';
import type { CheckPlan, DtoPlan, PropertyPlan, PropertyType } from '../../plan/dto/dto-plan.js';
import type { PlannedValue } from '../../plan/planned-value.js';
import type { JsonSchema } from '../open-api-document.js';
import { addKeywords, keywordsOf } from './check-keywords.js';
import type { DtoShelf, SchemaSide, Warn } from './dto-shelf.js';
import { choiceSchema, orNull, scalarSchema } from './scalar-schema.js';
import { isNested, isUnion, type UnionTag } from './union-tags.js';

/** How the schema of a property is made. */
export interface PropertyContext {
  readonly side: SchemaSide;
  readonly warn: Warn;
  /** The schema of another DTO of the plan. */
  readonly ref: (position: number) => JsonSchema;
  readonly dto: DtoPlan;
  /** The property that selects the class in unions. */
  readonly tag: UnionTag | undefined;
  readonly shelf: DtoShelf;
  /** Whether the value is text, of a query or a form: it cannot be null. Default: false. */
  readonly isText?: boolean;
}

/** The schema of one property of a DTO. */
export function propertySchema(property: PropertyPlan, context: PropertyContext): JsonSchema {
  const { name, collection, hasLists, checks = [], conditions = [] } = property;
  const warn: Warn = (message) => context.warn(`${context.dto.name}.${name}: ${message}`);
  if (conditions.some((condition) => condition.name !== 'isOptional' && condition.name !== 'isPartial')) {
    warn('its @ValidateIf decides what is checked, which a schema cannot say. It is described as any value.');
    return {};
  }
  const told = checks.filter((check) => isTold(check, warn));
  const own = typeSchema(property.type, { ...context, warn });
  let schema = own;
  if (collection !== undefined) {
    const item = told
      .filter(({ each }) => each)
      .reduce((made, check) => withCheck(made, check, warn), hasLists ? {} : own);
    const items = hasLists ? { type: 'array', ...item, ...(Object.keys(own).length > 0 && { items: own }) } : item;
    schema = collection === 'map' ? { type: 'object', additionalProperties: items } : { type: 'array', items };
  }
  schema = told
    .filter(({ each }) => !each || collection === undefined)
    .reduce((made, check) => withCheck(made, check, warn), schema);
  if (context.tag?.property === name) schema = { ...schema, const: tagValue(context.tag.value, property.type) };
  if (context.isText !== true && isNullable(property, context.dto)) schema = orNull(schema);
  return withDefault(schema, property.default);
}

/** What decides with the value of another property cannot be told. */
function isTold({ name, hasCondition }: CheckPlan, warn: Warn): boolean {
  if (hasCondition === true) warn(`${name} has a condition, which a schema cannot say. It is left out.`);
  return hasCondition !== true;
}

function withCheck(schema: JsonSchema, check: CheckPlan, warn: Warn): JsonSchema {
  if (check.name === 'isNotEmpty' && schema['type'] === 'string') return addKeywords(schema, { minLength: 1 });
  if (check.name === 'isEnum') return withEnum(schema, check);
  const keywords = keywordsOf(check);
  if (keywords === undefined) {
    warn(`${check.name} cannot be said in a schema. It is left out.`);
    return schema;
  }
  const kind = kindOf(check);
  const type = isObjectCheck(check) ? 'object' : kind === undefined ? undefined : TYPES[kind];
  const typed = type !== undefined && Object.keys(schema).length === 0 ? { type } : schema;
  return addKeywords(typed, keywords);
}

const TYPES: Readonly<Record<string, string>> = {
  text: 'string',
  number: 'number',
  boolean: 'boolean',
  list: 'array',
};

/** Whether a constraint refuses all values but objects. */
export function isObjectCheck({ name }: { readonly name: string }): boolean {
  return name === 'isObject' || name === 'isNotEmptyObject';
}

function withEnum(schema: JsonSchema, { args = [] }: CheckPlan): JsonSchema {
  const members = args[0];
  if (schema['enum'] !== undefined || typeof members !== 'object' || members === null) return schema;
  const entries = Object.entries(members).filter(([name]) => !/^-?\d+$/.test(name) || Array.isArray(members));
  const values = entries.map(([, value]: [string, PlannedValue]) => value);
  const isPlain = values.every((value) => typeof value === 'string' || typeof value === 'number');
  return isPlain ? { ...choiceSchema(values as (string | number)[]) } : schema;
}

function typeSchema(type: PropertyType | undefined, context: PropertyContext): JsonSchema {
  if (type === undefined || type === 'any') return {};
  if (typeof type === 'string') return scalarSchema(type);
  if (isNested(type)) return context.ref(type.dto);
  if (isUnion(type)) return unionSchema(type, context);
  if (type.choice !== null) return choiceSchema(type.choice);
  context.warn('a value of its enum cannot be JSON. It is described as any value.');
  return {};
}

/** Of classes that say by which value they are selected, a `discriminator`; of all others, a schema for each. */
function unionSchema(
  { discriminator, members }: Extract<PropertyType, { discriminator: string }>,
  { ref, shelf }: PropertyContext,
): JsonSchema {
  const entries = Object.entries(members);
  if (entries.every(([, position]) => shelf.tags.has(position))) {
    const mapping = Object.fromEntries(entries.map(([value, position]) => [value, ref(position)['$ref']]));
    const refs = [...new Set(entries.map(([, position]) => position))].map(ref);
    return { oneOf: refs, discriminator: { propertyName: discriminator, mapping } };
  }
  return {
    oneOf: entries.map(([value, position]) => {
      const type = shelf.dtos[position]!.properties.find(({ name }) => name === discriminator)?.type;
      const tag = {
        type: 'object',
        properties: { [discriminator]: { const: tagValue(value, type) } },
        required: [discriminator],
      };
      return { allOf: [ref(position), tag] };
    }),
  };
}

function tagValue(value: string, type: PropertyType | undefined): string | number | boolean {
  if (type === 'number') return Number(value);
  return type === 'boolean' ? value === 'true' : value;
}

/** Whether null passes. */
function isNullable({ checks = [], conditions = [], nested = [] }: PropertyPlan, { skipsMissing }: DtoPlan): boolean {
  if (conditions.some(({ name }) => name === 'isOptional')) return true;
  if (skipsMissing === true) return !checks.some(({ name }) => name === 'isDefined');
  if (nested.length > 0) return false;
  return !checks.some(({ name, hasCondition, args = [] }) => {
    if (hasCondition === true) return false;
    if (name === 'equals') return args[0] !== null;
    if (name === 'isIn') return Array.isArray(args[0]) && !args[0].includes(null);
    return refusesNothing({ name });
  });
}

function withDefault(schema: JsonSchema, value: PlannedValue | undefined): JsonSchema {
  if (value === undefined || hasHole(value)) return schema;
  return { ...schema, default: value };
}

function hasHole(value: PlannedValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, 'hole') || Object.values(value).some(hasHole);
}
