import fc from 'fast-check';
import type { MediaTypeObject, RequestBodyObject } from 'twodoors/openapi';
import type { TestRequestInit } from 'twodoors/testing';
import { formValues } from './form-values.js';
import type { SchemaArbitrary } from './schema-arbitrary.js';

/** A body, and whether the document allows it; undefined where it does not say so. */
export interface SentBody {
  readonly init: Omit<TestRequestInit, 'headers'> & { readonly headers?: Record<string, string> };
  readonly isAllowed: boolean | undefined;
  /** What kind of body it is, for the figures. */
  readonly kind: string;
}

/** What may be sent as a body. */
export interface BodyValues {
  readonly allowed: fc.Arbitrary<SentBody>;
  readonly other: fc.Arbitrary<SentBody>;
}

const NOTHING: SentBody = { init: {}, isAllowed: true, kind: 'none' };

/** Types of which each is one that few routes take. */
const OTHER_TYPES = ['image/png', 'application/zip'];

/** Bodies of each media type of an operation, and bodies of other types. */
export function bodyValues(requestBody: RequestBodyObject | undefined, arbitrary: SchemaArbitrary): BodyValues {
  if (requestBody === undefined) return { allowed: fc.constant(NOTHING), other: fc.constant(NOTHING) };
  const { content, required } = requestBody;
  const ranges = Object.keys(content);
  const each = Object.entries(content).flatMap(([type, media]) => valuesOf(type, media, arbitrary) ?? []);
  const missing: SentBody = { init: {}, isAllowed: required !== true, kind: 'none' };
  const otherType = fc.constantFrom(...OTHER_TYPES).map((type): SentBody => {
    const isAllowed = ranges.some((range) => range === '*/*' || range === type);
    return { init: { body: 'some bytes', headers: { 'content-type': type } }, isAllowed, kind: 'of another type' };
  });
  // A form without fields has no bytes: it is a missing body, where that is allowed.
  const orMissing = (sent: SentBody) => (required !== true && isEmptyForm(sent) ? missing : sent);
  return {
    allowed: fc.oneof(...each.map(({ allowed }) => allowed)).map(orMissing),
    other: fc.oneof(
      { weight: 6, arbitrary: fc.oneof(...each.map(({ other }) => other)).map(orMissing) },
      { weight: 1, arbitrary: fc.constant(missing) },
      { weight: 1, arbitrary: otherType },
    ),
  };
}

function isEmptyForm({ init: { form } }: SentBody): boolean {
  return Array.isArray(form) && form.length === 0;
}

function valuesOf(type: string, media: MediaTypeObject, arbitrary: SchemaArbitrary): BodyValues | undefined {
  switch (type) {
    case 'application/json':
      return jsonValues(media, arbitrary);
    case 'application/x-www-form-urlencoded':
    case 'multipart/form-data':
      return formValues(type, media, arbitrary);
    default:
      // Of a range, the type that is chosen is one of another operation.
      return type.endsWith('/*') && type !== 'text/*' ? undefined : rawValues(type.replace('*', 'csv'), media);
  }
}

function jsonValues({ schema = {} }: MediaTypeObject, arbitrary: SchemaArbitrary): BodyValues {
  const isValid = arbitrary.check(schema);
  const sent = (json: unknown): SentBody => ({ init: { json }, isAllowed: isValid(json), kind: 'JSON' });
  const broken: SentBody = {
    init: { body: '{"a":', headers: { 'content-type': 'application/json' } },
    isAllowed: false,
    kind: 'JSON',
  };
  return {
    allowed: arbitrary.allowed(schema).map(sent),
    other: fc.oneof(
      { weight: 9, arbitrary: arbitrary.mixed(schema).map(sent) },
      { weight: 1, arbitrary: fc.constant(broken) },
    ),
  };
}

/** Text and bytes: whatever is sent is allowed. */
function rawValues(type: string, { schema = {} }: MediaTypeObject): BodyValues {
  const isBinary = schema['format'] === 'binary';
  const contents = isBinary
    ? fc.uint8Array({ minLength: 1, maxLength: 20 })
    : fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
  const sent = contents.map((body): SentBody => {
    return { init: { body, headers: { 'content-type': type } }, isAllowed: true, kind: isBinary ? 'bytes' : 'text' };
  });
  // Bytes that are no text.
  const broken: SentBody = {
    init: { body: new Uint8Array([0x61, 0xff]), headers: { 'content-type': type } },
    isAllowed: false,
    kind: 'text',
  };
  return { allowed: sent, other: isBinary ? sent : fc.constant(broken) };
}
