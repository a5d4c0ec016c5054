import type { BodyArgumentPlan, TypePlan, UploadArgumentPlan } from '../../plan/app-plan.js';
import type { JsonSchema, MediaTypeObject, RequestBodyObject } from '../open-api-document.js';
import type { SchemaSide } from '../schemas/dto-shelf.js';
import { isObjectCheck } from '../schemas/property-schema.js';
import { isNested, isUnion } from '../schemas/union-tags.js';
import { argumentSchema, type OperationContext } from './operation-context.js';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** The body of a route's requests; undefined where nothing binds it. */
export function operationBody(context: OperationContext): RequestBodyObject | undefined {
  const { args } = context.route;
  if (args.some((argument) => argument?.kind === 'body' && argument.isTrimmed === true && hasLimits(argument.type))) {
    context.warn('body: the spaces around its texts are dropped first. It is described without them.');
  }
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
  const fieldsBy = (sideFor: (argument: BodyArgumentPlan) => SchemaSide) => {
    const properties = fields.map(({ argument, index, name }) => [
      name,
      argumentSchema(argument.type, index, sideFor(argument), context),
    ]);
    return objectSchema(Object.fromEntries(properties) as Record<string, JsonSchema>, required);
  };
  const isFlat = fields.every(({ argument, index }) => isFlatField(argument.type, index, context));
  const isRequired = required.length > 0 || files.some(({ isOptional }) => isOptional !== true);
  const schemas = { json: () => orAnything(fieldsBy(jsonSide)), form: () => fieldsBy(formSide), isClosed: false };
  return { ...(isRequired && { required: true }), content: contentOf(schemas, isFlat, files) };
}

/** Whether a value is refused that has the right type. */
function hasLimits(type: TypePlan): boolean {
  return type !== 'string' && type !== 'any';
}

/** The schemas of a body: a form ignores names that JSON may not have. They are made where they are used. */
interface BodySchemas {
  readonly json: () => JsonSchema;
  readonly form: () => JsonSchema;
  /** Whether a form may not have other names either. */
  readonly isClosed: boolean;
}

/** Of JSON that is no object, fields are missing: where none is required, nothing refuses it. */
function orAnything({ type: _, ...rest }: JsonSchema): JsonSchema {
  return rest['required'] === undefined ? rest : { type: 'object', ...rest };
}

function jsonSide({ unknownProperties = 'reject' }: BodyArgumentPlan): SchemaSide {
  return unknownProperties === 'reject' ? 'closed' : 'open';
}

function formSide({ unknownProperties = 'strip' }: BodyArgumentPlan): SchemaSide {
  return unknownProperties === 'reject' ? 'closed' : 'open';
}

function wholeBody(
  argument: BodyArgumentPlan,
  index: number,
  files: readonly UploadArgumentPlan[],
  context: OperationContext,
): RequestBodyObject {
  const { type, isOptional } = argument;
  const required = isOptional === true ? {} : { required: true as const };
  if (type === 'string') {
    const text = { schema: { type: 'string' } };
    return { ...required, content: { 'text/plain': text, 'text/*': text } };
  }
  if (type === 'bytes' || type === 'stream') {
    const bytes = { schema: { type: 'string', format: 'binary' } };
    // The stream of a missing body is empty.
    return { ...(type === 'bytes' && required), content: { 'application/octet-stream': bytes, '*/*': bytes } };
  }
  const schemaOf = (side: SchemaSide) => argumentSchema(type, index, side, context);
  const ownSide = jsonSide(argument);
  const schema = schemaOf(files.length > 0 ? 'open' : ownSide);
  const isObject = schema['$ref'] !== undefined || schema['type'] === 'object' || Object.keys(schema).length === 0;
  if (!isObject && files.length === 0) return { ...required, content: { [JSON_TYPE]: { schema } } };
  const schemas = {
    json: () => schemaOf(ownSide),
    // A file is a name that the class does not have.
    form: () => schemaOf(files.length > 0 ? 'open' : formSide(argument)),
    isClosed: formSide(argument) === 'closed',
  };
  return { ...required, content: contentOf(schemas, isFlatObject(type, schema, context), files) };
}

/** A required file can only come in a multipart form. */
function contentOf(
  { json, form, isClosed }: BodySchemas,
  isFlat: boolean,
  files: readonly UploadArgumentPlan[],
): Record<string, MediaTypeObject> {
  if (files.length === 0) {
    const content: Record<string, MediaTypeObject> = { [JSON_TYPE]: { schema: json() } };
    return isFlat ? { ...content, [FORM]: { schema: form() }, [MULTIPART]: { schema: form() } } : content;
  }
  const properties = Object.fromEntries(files.map((file) => [file.name, fileSchema(file)]));
  const required = files.filter(({ isOptional }) => isOptional !== true).map(({ name }) => name);
  const types = files.flatMap(({ name, types: accepted }) =>
    accepted === undefined ? [] : [[name, { contentType: accepted.join(', ') }] as const],
  );
  const fields = form();
  const multipart: MediaTypeObject = {
    schema: withFiles(fields, objectSchema(properties, required), isClosed),
    ...(types.length > 0 && { encoding: Object.fromEntries(types) }),
  };
  const hasFields =
    fields['$ref'] !== undefined || Object.keys((fields['properties'] as object | undefined) ?? {}).length > 0;
  if (required.length > 0 || !hasFields) return { [MULTIPART]: multipart };
  return { [MULTIPART]: multipart, [JSON_TYPE]: { schema: json() }, ...(isFlat && { [FORM]: { schema: fields } }) };
}

/** The fields of a form and its files. */
function withFiles(fields: JsonSchema, files: JsonSchema, isClosed: boolean): JsonSchema {
  if (Object.keys(fields).length === 0) return files;
  if (fields['$ref'] !== undefined || fields['properties'] === undefined)
    return { allOf: [fields, files], ...(isClosed && { unevaluatedProperties: false }) };
  const required = [...((fields['required'] as string[]) ?? []), ...((files['required'] as string[]) ?? [])];
  return objectSchema({ ...(fields['properties'] as object), ...(files['properties'] as object) }, required);
}

/** Of a file, OpenAPI counts the length in bytes. */
function fileSchema({ kind, max, maxBytes }: UploadArgumentPlan): JsonSchema {
  const file = { type: 'string', format: 'binary', ...(maxBytes !== null && { maxLength: maxBytes }) };
  return kind === 'file' ? file : { type: 'array', items: file, ...(max !== null && { maxItems: max }) };
}

function objectSchema(properties: Record<string, JsonSchema>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, ...(required.length > 0 && { required: [...required] }) };
}

/** Whether each value is one field of a form, or several of one name. */
function isFlatObject(type: TypePlan, schema: JsonSchema, { shelf }: OperationContext): boolean {
  if (typeof type === 'object' && 'dto' in type) {
    return shelf.dtos[type.dto]!.properties.every(
      ({ type: own, collection, checks = [] }) =>
        !isNested(own) && !isUnion(own) && collection !== 'map' && !checks.some(isObjectCheck),
    );
  }
  // A schema gets the fields of a form as they are: texts.
  const properties = schema['properties'] as Record<string, JsonSchema> | undefined;
  return Object.values(properties ?? {}).every(isText);
}

function isText(schema: JsonSchema): boolean {
  return Object.keys(schema).length === 0 || schema['type'] === 'string';
}

function isFlatField(type: TypePlan, index: number, context: OperationContext): boolean {
  if (type === 'schema') return isText(argumentSchema(type, index, 'open', context));
  return isFlatType(type);
}

function isFlatType(type: TypePlan): boolean {
  return typeof type !== 'object' || 'choice' in type || ('list' in type && isFlatType(type.list));
}
