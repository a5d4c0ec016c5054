import fc from 'fast-check';
import type { JsonSchema, MediaTypeObject } from 'twodoors/openapi';
import type { BodyValues, SentBody } from './body-values.js';
import { readText, typesOf } from './parameter-values.js';
import type { SchemaArbitrary } from './schema-arbitrary.js';

/** A field of a form that is text, by its name. */
type Pair = readonly [name: string, text: string];

interface SentFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** A form as it is sent; without fields where its value cannot be a form, such as a list. */
interface Form {
  readonly fields: readonly Pair[] | undefined;
  readonly files: readonly SentFile[];
}

const MULTIPART = 'multipart/form-data';

/** The largest file that is made. */
const MAX_SIZE = 5_000;

/** Forms of both kinds by a schema, with files of the types, the sizes and the number that the document says. */
export function formValues(
  mediaType: string,
  { schema = {}, encoding = {} }: MediaTypeObject,
  arbitrary: SchemaArbitrary,
): BodyValues {
  const properties = arbitrary.propertiesOf(schema);
  const isFile = ([, property]: [string, JsonSchema]) => fileOf(property) !== undefined;
  const uploads = Object.entries(properties).filter(isFile);
  const texts = Object.fromEntries(Object.entries(properties).filter((each) => !isFile(each)));
  const required = arbitrary.requiredOf(schema);
  const isValid = arbitrary.check(schema);
  const files = uploads.map(([name, property]) => {
    const types = encoding[name]?.contentType.split(', ') ?? ['application/octet-stream'];
    return fileArbitrary({ name, property, types, isRequired: required.includes(name) });
  });
  const kind = mediaType === MULTIPART ? (uploads.length > 0 ? 'files' : 'multipart') : 'form';
  const judge = ({ fields, files: sent }: Form): SentBody => ({
    init: initOf(mediaType, fields ?? [], sent),
    isAllowed: fields && verdictOf(fields, sent),
    kind,
  });
  const verdictOf = (fields: readonly Pair[], sent: readonly SentFile[]): boolean | undefined => {
    const form = readForm(fields, texts, arbitrary);
    if (form === undefined) return undefined;
    for (const [name, property] of uploads) {
      const ofName = sent.filter((each) => each.name === name);
      const accepted = encoding[name]?.contentType.split(', ') ?? ['*/*'];
      if (!ofName.every(({ type }) => accepted.some((range) => isInRange(type, range)))) return false;
      const values = ofName.map(({ size }) => 'x'.repeat(size));
      // Several files of one name are no value of one.
      if (values.length > 0)
        form[name] = arbitrary.resolve(property)['type'] === 'array' ? values : values.length > 1 ? values : values[0];
    }
    return isValid(form);
  };
  const values = (value: fc.Arbitrary<unknown>, sent: readonly fc.Arbitrary<readonly SentFile[]>[]) =>
    fc
      .tuple(value, fc.tuple(...sent))
      .map(([fields, lists]) => judge({ fields: toPairs(fields, texts), files: lists.flat() }));
  // Of a schema with files, the fields are made alone.
  const fieldsSchema = { type: 'object', properties: texts, required: required.filter((name) => name in texts) };
  const allowedFields = arbitrary.allowed(fieldsSchema);
  const allowedFiles = files.map(({ allowed }) => allowed);
  const changed = files.map((_, at) => files.map(({ allowed, other }, i) => (i === at ? other : allowed)));
  return {
    allowed: values(allowedFields, allowedFiles).filter(({ isAllowed }) => isAllowed === true),
    other: fc.oneof(
      values(arbitrary.mixed(fieldsSchema), allowedFiles),
      ...changed.map((each) => values(allowedFields, each)),
    ),
  };
}

/** The schema of one file; undefined for a property that is text. */
function fileOf(property: JsonSchema): JsonSchema | undefined {
  const items = property['items'] as JsonSchema | undefined;
  return [property, items].find((each) => each?.['format'] === 'binary');
}

function isInRange(type: string, range: string): boolean {
  return range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

interface FileField {
  readonly name: string;
  readonly property: JsonSchema;
  readonly types: readonly string[];
  readonly isRequired: boolean;
}

function fileArbitrary({ name, property, types, isRequired }: FileField): {
  allowed: fc.Arbitrary<readonly SentFile[]>;
  other: fc.Arbitrary<readonly SentFile[]>;
} {
  const isList = property['type'] === 'array';
  const most = (fileOf(property)!['maxLength'] as number | undefined) ?? MAX_SIZE;
  const maxItems = isList ? ((property['maxItems'] as number | undefined) ?? 4) : 1;
  const file = (sizes: fc.Arbitrary<number>, type = fc.constantFrom(...types)) =>
    fc.record({ name: fc.constant(name), type: type.map((each) => each.replace('*', 'x-any')), size: sizes });
  const sizes = fc.oneof(fc.integer({ min: 1, max: Math.min(most, MAX_SIZE) }), fc.constant(Math.min(most, MAX_SIZE)));
  const minLength = isRequired ? 1 : 0;
  const one = (each: ReturnType<typeof file>) => fc.tuple(each);
  return {
    allowed: fc.array(file(sizes), { minLength, maxLength: Math.min(maxItems, 4) }),
    other: fc.oneof(
      fc.constant([]),
      one(file(sizes, fc.constant('x-other/x-other'))),
      fc.array(file(fc.constant(1)), { minLength: maxItems + 1, maxLength: maxItems + 1 }),
      ...(most < MAX_SIZE ? [one(file(fc.constant(most + 1)))] : []),
    ),
  };
}

/** The fields of a form for an object: undefined where the value is none, or has values that are neither texts nor lists. */
function toPairs(value: unknown, properties: Readonly<Record<string, JsonSchema>>): Pair[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const pairs: Pair[] = [];
  for (const [name, each] of Object.entries(value)) {
    if (each === null && name in properties) continue;
    for (const item of Array.isArray(each) ? each : [each]) {
      if (typeof item === 'object') return undefined;
      pairs.push([name, String(item)]);
    }
  }
  return pairs;
}

/** What fields of text are for a schema. Undefined where a blank or a repeated field may mean more than one thing. */
function readForm(
  pairs: readonly Pair[],
  properties: Readonly<Record<string, JsonSchema>>,
  arbitrary: SchemaArbitrary,
): Record<string, unknown> | undefined {
  const form: Record<string, unknown> = {};
  for (const name of new Set(pairs.map(([each]) => each))) {
    const values = pairs.flatMap(([each, text]) => (each === name ? [text] : []));
    const property = arbitrary.resolve(properties[name] ?? {});
    const types = typesOf(property);
    const isText = property['type'] === 'string' && property['format'] === undefined;
    if (values.some((text) => text === '' || text.trim() !== text) && !isText) return undefined;
    if (values.length === 1 && values[0] === '' && property['default'] !== undefined) return undefined;
    // `1` and `0` are booleans too, and of those a document has no way to say how they are written.
    if (types.includes('boolean') && values.some((text) => text === '0' || text === '1')) return undefined;
    if (types.includes('array')) {
      const items = arbitrary.resolve((property['items'] as JsonSchema | undefined) ?? {});
      form[name] = values.map((text) => readText(text, items));
    } else {
      if (values.length > 1) return undefined;
      form[name] = readText(values[0]!, property);
    }
  }
  return form;
}

function initOf(mediaType: string, fields: readonly Pair[], files: readonly SentFile[]): SentBody['init'] {
  if (mediaType !== MULTIPART) return { form: fields };
  // As a client does, one that no part has in it (RFC 2046, section 5.1.1): a generated text may be `--b`.
  let boundary = 'b';
  while (fields.some((field) => field.some((text) => text.includes(`--${boundary}`)))) boundary += 'b';
  const parts = [
    ...fields.map(
      ([name, text]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
    ),
    ...files.map(
      ({ name, type, size }) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="a.bin"\r\ncontent-type: ${type}\r\n\r\n${'x'.repeat(size)}\r\n`,
    ),
  ];
  return {
    body: `${parts.join('')}--${boundary}--\r\n`,
    headers: { 'content-type': `${MULTIPART}; boundary=${boundary}` },
  };
}
