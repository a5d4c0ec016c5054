import type { BodyArgumentPlan, TypePlan, UploadArgumentPlan } from '../../plan/app-plan.js';
import type { JsonSchema, MediaTypeObject, RequestBodyObject } from '../open-api-document.js';
import type { SchemaSide } from '../schemas/dto-shelf.js';
import { isNested, isUnion } from '../schemas/union-tags.js';
import { argumentSchema, type OperationContext } from './operation-context.js';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** The body of a route's requests; undefined where nothing binds it. */
export function operationBody(context: OperationContext): RequestBodyObject | undefined {
  const { args } = context.route;
  const whole = args.findIndex((argument) => argument?.kind === 'body' && argument.name === undefined);
  const fields = args.flatMap((argument, index) =>
    argument?.kind === 'body' && argument.name !== undefined ? [{ argument, index, name: argument.name }] : [],
  );
  const files = args.filter(
    (argument): argument is UploadArgumentPlan => argument?.kind === 'file' || argument?.kind === 'files',
  );
  if (whole !== -1) return wholeBody(args[whole] as BodyArgumentPlan, whole, files, context);
  if (fields.length === 0 && files.length === 0) return undefined;
  const required = fields.filter(({ argument }) => argument.isOptional !== true).map(({ name }) => name);
  const properties = fields.map(({ argument, index, name }) => [
    name,
    argumentSchema(argument.type, index, sideOf(argument), context),
  ]);
  const schema = objectSchema(Object.fromEntries(properties) as Record<string, JsonSchema>, required);
  const isFlat = fields.every(({ argument }) => isFlatType(argument.type));
  const isRequired = required.length > 0 || files.some(({ isOptional }) => isOptional !== true);
  return { ...(isRequired && { required: true }), content: contentOf(schema, isFlat, files) };
}

function sideOf({ unknownProperties }: BodyArgumentPlan): SchemaSide {
  return (unknownProperties ?? 'reject') === 'reject' ? 'closed' : 'open';
}

function wholeBody(
  argument: BodyArgumentPlan,
  index: number,
  files: readonly UploadArgumentPlan[],
  context: OperationContext,
): RequestBodyObject {
  const { type, isOptional } = argument;
  const required = isOptional === true ? {} : { required: true as const };
  if (type === 'string') return { ...required, content: { 'text/plain': { schema: { type: 'string' } } } };
  if (type === 'bytes' || type === 'stream') {
    return { ...required, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } };
  }
  // Forms ignore other names, and a file is one.
  const schema = argumentSchema(type, index, files.length > 0 ? 'open' : sideOf(argument), context);
  const isFlat = isFlatObject(type, schema, context);
  const isObject = schema['$ref'] !== undefined || schema['type'] === 'object' || Object.keys(schema).length === 0;
  if (!isObject && files.length === 0) return { ...required, content: { [JSON_TYPE]: { schema } } };
  return { ...required, content: contentOf(schema, isFlat, files) };
}

/** A required file can only come in a multipart form. */
function contentOf(
  schema: JsonSchema,
  isFlat: boolean,
  files: readonly UploadArgumentPlan[],
): Record<string, MediaTypeObject> {
  if (files.length === 0) {
    return { [JSON_TYPE]: { schema }, ...(isFlat && { [FORM]: { schema }, [MULTIPART]: { schema } }) };
  }
  const properties = Object.fromEntries(files.map((file) => [file.name, fileSchema(file)]));
  const required = files.filter(({ isOptional }) => isOptional !== true).map(({ name }) => name);
  const types = files.flatMap(({ name, types: accepted }) =>
    accepted === undefined ? [] : [[name, { contentType: accepted.join(', ') }] as const],
  );
  const multipart: MediaTypeObject = {
    schema: withFiles(schema, objectSchema(properties, required)),
    ...(types.length > 0 && { encoding: Object.fromEntries(types) }),
  };
  const hasFields =
    schema['$ref'] !== undefined || Object.keys((schema['properties'] as object | undefined) ?? {}).length > 0;
  if (required.length > 0 || !hasFields) return { [MULTIPART]: multipart };
  return { [MULTIPART]: multipart, [JSON_TYPE]: { schema }, ...(isFlat && { [FORM]: { schema } }) };
}

/** The fields of a form and its files. Where the fields are a class, other names are ignored in a form. */
function withFiles(fields: JsonSchema, files: JsonSchema): JsonSchema {
  if (Object.keys(fields).length === 0) return files;
  if (fields['$ref'] !== undefined || fields['properties'] === undefined) return { allOf: [fields, files] };
  const required = [...((fields['required'] as string[]) ?? []), ...((files['required'] as string[]) ?? [])];
  return objectSchema({ ...(fields['properties'] as object), ...(files['properties'] as object) }, required);
}

function fileSchema({ kind, max }: UploadArgumentPlan): JsonSchema {
  const file = { type: 'string', format: 'binary' };
  return kind === 'file' ? file : { type: 'array', items: file, ...(max !== null && { maxItems: max }) };
}

function objectSchema(properties: Record<string, JsonSchema>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, ...(required.length > 0 && { required: [...required] }) };
}

/** Whether each value is one field of a form, or several of one name. */
function isFlatObject(type: TypePlan, schema: JsonSchema, { shelf }: OperationContext): boolean {
  if (typeof type === 'object' && 'dto' in type) {
    return shelf.dtos[type.dto]!.properties.every(
      (property) => !isNested(property.type) && !isUnion(property.type) && property.collection !== 'map',
    );
  }
  const properties = schema['properties'] as Record<string, JsonSchema> | undefined;
  return Object.values(properties ?? {}).every((each) => each['type'] !== 'object' && each['$ref'] === undefined);
}

function isFlatType(type: TypePlan): boolean {
  return typeof type !== 'object' || 'choice' in type || ('list' in type && isFlatType(type.list));
}
