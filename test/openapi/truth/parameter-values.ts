import fc from 'fast-check';
import type { JsonSchema, ParameterObject } from 'twodoors/openapi';
import type { SchemaArbitrary } from './schema-arbitrary.js';

/** What is sent for one parameter, and whether the document allows it; undefined where it does not say so. */
export interface SentParameter {
  readonly parameter: ParameterObject;
  /** Undefined where nothing is sent. */
  readonly texts: readonly string[] | undefined;
  readonly isAllowed: boolean | undefined;
}

/** Texts that most types are not written as. */
const STRANGE = ['zz', '-3', '1e6', '1.5', 'TRUE', '2026-02-30', 'x'.repeat(300), '0x10'];

/** What may be sent for a parameter. */
export interface ParameterValues {
  readonly allowed: fc.Arbitrary<SentParameter>;
  readonly other: fc.Arbitrary<SentParameter>;
}

/** Values of a parameter by its schema and style. */
export function parameterValues(parameter: ParameterObject, arbitrary: SchemaArbitrary): ParameterValues {
  const { schema, required } = parameter;
  const isValid = arbitrary.check(schema);
  const full = arbitrary.resolve(schema);
  const isList = typesOf(full).includes('array');
  const judge = (texts: readonly string[] | undefined): SentParameter => {
    // An empty list cannot be sent.
    const sent = texts?.length === 0 ? undefined : texts;
    return { parameter, texts: sent, isAllowed: sent === undefined ? required !== true : verdictOf(sent) };
  };
  const verdictOf = (texts: readonly string[]): boolean | undefined => {
    if (!texts.every((text) => isSendable(text, parameter, isList))) return undefined;
    const items = arbitrary.resolve((full['items'] as JsonSchema | undefined) ?? {});
    return isValid(isList ? texts.map((text) => readText(text, items)) : readText(texts[0]!, full));
  };
  const strange = fc.constantFrom(...STRANGE).map((text) => judge([text]));
  const sent = arbitrary.allowed(schema).map((value) => judge((Array.isArray(value) ? value : [value]).map(String)));
  const values = sent.filter(({ isAllowed }) => isAllowed === true);
  return {
    allowed: required === true ? values : fc.oneof({ weight: 3, arbitrary: values }, fc.constant(judge(undefined))),
    other:
      parameter.in === 'path' ? strange : fc.oneof({ weight: 3, arbitrary: strange }, fc.constant(judge(undefined))),
  };
}

/** The types that a schema has, in all its alternatives. */
export function typesOf(schema: JsonSchema): unknown[] {
  const options = [...((schema['anyOf'] as JsonSchema[]) ?? []), ...((schema['oneOf'] as JsonSchema[]) ?? [])];
  return [schema['type'], ...options.map((each) => each['type'])].flat();
}

/** A text as a schema sees it: a number where the schema has numbers, a boolean where it has those. */
export function readText(text: string, schema: JsonSchema): unknown {
  const values = [...((schema['enum'] as unknown[]) ?? []), schema['const']];
  const types = [...typesOf(schema), ...values.map((value) => typeof value)];
  if (types.includes('string') && types.includes('number') && values.includes(text)) return text;
  const isNumber = types.includes('number') || types.includes('integer');
  if (isNumber && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** Whether a text can be sent in a place, and nothing but its value decides what it means there. */
function isSendable(text: string, { in: source, explode, style }: ParameterObject, isList: boolean): boolean {
  // A blank value may be a missing one.
  if (text === '' || text.trim() !== text) return false;
  if (source === 'path') return text !== '.' && text !== '..' && !text.includes('/');
  if (source === 'query') return explode !== false || !text.includes(separatorOf(style));
  return /^[\x21-\x7e]+$/.test(text) && !/[%";]/.test(text) && !(isList && text.includes(','));
}

function separatorOf(style: string | undefined): string {
  return style === 'pipeDelimited' ? '|' : style === 'spaceDelimited' ? ' ' : ',';
}

/** The target and the headers of a request with parameters. */
export function withParameters(
  path: string,
  sent: readonly SentParameter[],
): { readonly target: string; readonly headers: Record<string, string> } {
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  let target = path;
  for (const { parameter, texts } of sent) {
    if (texts === undefined) continue;
    const { name, in: source, explode, style } = parameter;
    if (source === 'path') target = target.replace(`{${name}}`, encodeURIComponent(texts[0]!));
    else if (source === 'header') headers[name] = texts.join(',');
    else if (source === 'cookie') cookies.push(`${name}=${texts[0]}`);
    else if (explode === false) query.append(name, texts.join(separatorOf(style)));
    else for (const text of texts) query.append(name, text);
  }
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
  return { target: [...query].length > 0 ? `${target}?${query}` : target, headers };
}
