import type { ScalarType } from '../../types/scalar-type.js';
import type { JsonSchema } from '../open-api-document.js';

/** The schema of a scalar, in JSON as in text. */
export function scalarSchema(type: ScalarType): JsonSchema {
  if (typeof type === 'object') return choiceSchema(type.choice);
  switch (type) {
    case 'date':
      return { type: 'string', anyOf: [{ format: 'date-time' }, { format: 'date' }] };
    case 'bigint':
      return { type: 'string', pattern: '^-?(0|[1-9][0-9]*)$', maxLength: 1000 };
    case 'url':
      return { type: 'string', format: 'uri' };
    default:
      return { type };
  }
}

/** The schema of the values of an enum or a `oneOf`. */
export function choiceSchema(values: readonly (string | number)[]): JsonSchema {
  const types = [...new Set(values.map((value) => typeof value))];
  return { ...(types.length === 1 ? { type: types[0] } : {}), enum: [...values] };
}

/** The schema of a value or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  if (Object.keys(schema).length === 0) return schema;
  const { type } = schema;
  if (
    typeof type === 'string' &&
    schema['enum'] === undefined &&
    schema['const'] === undefined &&
    !isCombined(schema)
  ) {
    return { ...schema, type: [type, 'null'] };
  }
  return { anyOf: [schema, { type: 'null' }] };
}

function isCombined(schema: JsonSchema): boolean {
  return ['anyOf', 'oneOf', 'allOf', '$ref', 'not'].some((name) => schema[name] !== undefined);
}
