import type { NamedArgumentPlan, TypePlan } from '../../plan/app-plan.js';
import type { PropertyPlan } from '../../plan/dto/dto-plan.js';
import type { JsonSchema, ParameterObject } from '../open-api-document.js';
import { describedProperties } from '../schemas/dto-schema.js';
import { propertySchema } from '../schemas/property-schema.js';
import { argumentSchema, type OperationContext } from './operation-context.js';
import type { PathTemplate } from './path-templates.js';

/** OpenAPI describes these elsewhere, and ignores parameters of these names. */
const OTHER_HEADERS: readonly string[] = ['accept', 'content-type', 'authorization'];

/** The parameters of a route at one of its paths. */
export function operationParameters(template: PathTemplate, context: OperationContext): ParameterObject[] {
  const { route } = context;
  const parameters = route.args.flatMap((argument, index) =>
    argument !== null && isNamed(argument) ? describeArgument(argument, index, context) : [],
  );
  const byKey = new Map<string, ParameterObject>();
  for (const parameter of parameters) {
    if (parameter.in === 'path' && !template.params.includes(parameter.name)) continue;
    if (parameter.in === 'header' && OTHER_HEADERS.includes(parameter.name.toLowerCase())) continue;
    const key = `${parameter.in} ${parameter.name}`;
    // Two parameters of the method may read the same value.
    if (!byKey.has(key)) byKey.set(key, parameter);
  }
  for (const name of template.params) {
    const key = `path ${name}`;
    if (!byKey.has(key)) byKey.set(key, { name, in: 'path', required: true, schema: { type: 'string' } });
    if (template.rests.includes(name)) {
      const rest = byKey.get(key)!;
      byKey.set(key, { ...rest, description: 'One or more segments of the path.' });
      context.warn(`*${name} takes several segments, which OpenAPI cannot say. It is described as one.`);
    }
  }
  return [...byKey.values()];
}

function isNamed(argument: { readonly kind: string }): argument is NamedArgumentPlan {
  return ['path', 'query', 'header', 'cookie'].includes(argument.kind);
}

function describeArgument(argument: NamedArgumentPlan, index: number, context: OperationContext): ParameterObject[] {
  const { kind, name, type, separator, isOptional } = argument;
  if (name === undefined) return describeWhole(argument, index, context);
  const schema = argumentSchema(type, index, 'open', context);
  const isList = typeof type === 'object' && 'list' in type;
  return [
    {
      name,
      in: kind,
      ...((kind === 'path' || isOptional !== true) &&
        !(kind !== 'path' && takesMissing(schema, type)) && { required: true }),
      ...(isList && listStyle(kind, separator, name, context)),
      schema: kind === 'path' ? withoutBlank(schema) : schema,
    },
  ];
}

/** A schema may have a default of its own. */
function takesMissing(schema: JsonSchema, type: TypePlan): boolean {
  return type === 'schema' && 'default' in schema;
}

/** A value of the path is never empty. */
function withoutBlank(schema: JsonSchema): JsonSchema {
  const isPlainText = schema['type'] === 'string' && Object.keys(schema).length === 1;
  return isPlainText ? { ...schema, minLength: 1 } : schema;
}

function listStyle(
  kind: NamedArgumentPlan['kind'],
  separator: string | undefined,
  name: string,
  { warn }: OperationContext,
): Pick<ParameterObject, 'style' | 'explode'> {
  if (kind !== 'query') return {};
  switch (separator) {
    case undefined:
      return { style: 'form', explode: true };
    case ',':
      return { style: 'form', explode: false };
    case '|':
      return { style: 'pipeDelimited', explode: false };
    case ' ':
      return { style: 'spaceDelimited', explode: false };
    default:
      warn(`query ${name}: OpenAPI has no style for the separator ${JSON.stringify(separator)}.`);
      return { style: 'form', explode: true };
  }
}

/** A parameter without a name binds all values: each property of its type is a parameter of the operation. */
function describeWhole(argument: NamedArgumentPlan, index: number, context: OperationContext): ParameterObject[] {
  const { kind, type } = argument;
  if (typeof type === 'object' && 'dto' in type) return describeDto(argument, type.dto, context);
  if (type !== 'schema') return [];
  const schema = argumentSchema(type, index, 'open', context);
  const properties = schema['properties'] as Record<string, JsonSchema> | undefined;
  if (properties === undefined) {
    context.warn(`${kind}: its schema is not an object with properties. It is left out.`);
    return [];
  }
  const required = (schema['required'] as string[] | undefined) ?? [];
  return Object.entries(properties).map(([name, own]) => ({
    name,
    in: kind,
    ...((kind === 'path' || required.includes(name)) && { required: true as const }),
    schema: own,
  }));
}

function describeDto({ kind }: NamedArgumentPlan, position: number, context: OperationContext): ParameterObject[] {
  const { book, shelf, warn } = context;
  const dto = shelf.dtos[position]!;
  return describedProperties(dto, 'open').flatMap((property: PropertyPlan): ParameterObject[] => {
    const { name, collection, type } = property;
    if (collection === 'map' || (typeof type === 'object' && ('dto' in type || 'discriminator' in type))) {
      warn(`${kind} ${name}: it is an object, which OpenAPI cannot say of a ${kind}. It is left out.`);
      return [];
    }
    const ref = (other: number) => book.refTo(shelf, other, 'open');
    const schema = propertySchema(property, { side: 'open', warn, ref, dto, tag: undefined, shelf, isText: true });
    return [
      {
        name,
        in: kind,
        ...((kind === 'path' || property.isRequired === true) && { required: true as const }),
        ...(collection !== undefined && kind === 'query' && { style: 'form', explode: true }),
        schema,
      },
    ];
  });
}
