import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonSchema } from '../open-api-document.js';

/** The part of https://standardschema.dev/json-schema that is read. */
interface StandardJsonSchema {
  readonly vendor: string;
  readonly jsonSchema?: Readonly<
    Record<'input' | 'output', (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>>
  >;
}

/** The JSON Schema of a schema: what it takes (`input`) or gives (`output`). Or why it has no JSON Schema. */
export function standardJsonSchema(
  schema: StandardSchemaV1,
  side: 'input' | 'output',
): { readonly schema: JsonSchema } | { readonly failure: string } {
  const { vendor, jsonSchema } = schema['~standard'] as StandardJsonSchema;
  if (jsonSchema === undefined) {
    const cure = vendor === 'valibot' ? ' Wrap it with toStandardJsonSchema() of @valibot/to-json-schema.' : '';
    return { failure: `its schema, of ${vendor}, has no JSON Schema.${cure}` };
  }
  try {
    const { $schema: _, ...rest } = jsonSchema[side]({ target: 'draft-2020-12' });
    return { schema: rest };
  } catch (error) {
    return { failure: `its schema, of ${vendor}, cannot be JSON Schema: ${(error as Error).message}` };
  }
}
