import type { CheckPlan } from '../../plan/dto/dto-plan.js';
import type { PlannedValue } from '../../plan/planned-value.js';
import type { JsonSchema } from '../open-api-document.js';
import { literalSource, patternSource } from './pattern-source.js';

/** Makes the keywords of one constraint; undefined where no keyword says what it checks. */
type ToKeywords = (...args: readonly (PlannedValue | undefined)[]) => JsonSchema | undefined;

const pattern =
  (source: string): ToKeywords =>
  () => ({ pattern: source });
const format =
  (name: string): ToKeywords =>
  () => ({ format: name });
/** It says nothing beyond the type. */
const nothing: ToKeywords = () => ({});
const keyword =
  (name: string): ToKeywords =>
  (value) =>
    typeof value === 'number' ? { [name]: value } : undefined;

/** The constraints of class-validator that JSON Schema can say. */
const KEYWORDS: Readonly<Record<string, ToKeywords>> = {
  isDefined: nothing,
  isString: nothing,
  isBoolean: nothing,
  isDate: nothing,
  isArray: nothing,
  isObject: nothing,
  isInstance: nothing,
  isEnum: nothing,
  isInt: () => ({ type: 'integer' }),
  isNumber: (options) => {
    const { maxDecimalPlaces } = (options ?? {}) as { maxDecimalPlaces?: number };
    return maxDecimalPlaces === undefined ? {} : { multipleOf: Number(`1e-${maxDecimalPlaces}`) };
  },
  min: keyword('minimum'),
  max: keyword('maximum'),
  isPositive: () => ({ exclusiveMinimum: 0 }),
  isNegative: () => ({ exclusiveMaximum: 0 }),
  isDivisibleBy: keyword('multipleOf'),
  minLength: keyword('minLength'),
  maxLength: keyword('maxLength'),
  isLength: (least, most) => ({
    ...(typeof least === 'number' && least > 0 && { minLength: least }),
    ...(typeof most === 'number' && { maxLength: most }),
  }),
  isNotEmpty: () => ({ not: { const: '' } }),
  matches: (expression, modifiers) => {
    const [, source, flags] =
      typeof expression === 'string'
        ? [undefined, expression, typeof modifiers === 'string' ? modifiers : '']
        : (/^\/([\s\S]*)\/([a-z]*)$/.exec(String((expression as { text?: string } | undefined)?.text)) ?? []);
    const found = source === undefined ? undefined : patternSource(source, flags ?? '');
    return found === undefined ? undefined : { pattern: found };
  },
  contains: (text) => (typeof text === 'string' ? { pattern: literalSource(text) } : undefined),
  notContains: (text) => (typeof text === 'string' ? { not: { pattern: literalSource(text) } } : undefined),
  equals: (value) => (isPlain(value) ? { const: value } : undefined),
  notEquals: (value) => (isPlain(value) ? { not: { const: value } } : undefined),
  isIn: (values) => (Array.isArray(values) && values.every(isPlain) ? { enum: values } : undefined),
  isNotIn: (values) => (Array.isArray(values) && values.every(isPlain) ? { not: { enum: values } } : undefined),
  isEmail: format('email'),
  isUuid: format('uuid'),
  isRFC3339: format('date-time'),
  isIso8601: format('date-time'),
  isDateString: format('date-time'),
  isFqdn: format('hostname'),
  isUrl: (options) =>
    (options as { require_protocol?: boolean } | undefined)?.require_protocol ? { format: 'uri' } : {},
  isIp: (version) => {
    const name = { 4: 'ipv4', 6: 'ipv6' }[String(version)];
    return name === undefined ? { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] } : { format: name };
  },
  isJson: () => ({ contentMediaType: 'application/json' }),
  isMongoId: pattern('^[0-9a-fA-F]{24}$'),
  isHexadecimal: pattern('^(0x|0h)?[0-9A-Fa-f]+$'),
  isHexColor: pattern('^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$'),
  isMilitaryTime: pattern('^([01][0-9]|2[0-3]):([0-5][0-9])$'),
  isBooleanString: () => ({ enum: ['true', 'false', '1', '0'] }),
  isAlpha: (locale) => (isEnglish(locale) ? { pattern: '^[A-Za-z]+$' } : undefined),
  isAlphanumeric: (locale) => (isEnglish(locale) ? { pattern: '^[0-9A-Za-z]+$' } : undefined),
  isAscii: pattern('^[\\x00-\\x7F]+$'),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayMinSize: keyword('minItems'),
  arrayMaxSize: keyword('maxItems'),
  arrayUnique: (identifier) => (identifier === undefined ? { uniqueItems: true } : undefined),
  arrayContains: (values) =>
    Array.isArray(values) && values.every(isPlain)
      ? { allOf: values.map((value) => ({ contains: { const: value } })) }
      : undefined,
  arrayNotContains: (values) =>
    Array.isArray(values) && values.every(isPlain) ? { not: { contains: { enum: values } } } : undefined,
  isNotEmptyObject: () => ({ minProperties: 1 }),
};

function isPlain(value: PlannedValue | undefined): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isEnglish(locale: PlannedValue | undefined): boolean {
  return locale === undefined || locale === 'en-US';
}

/** What a constraint says in JSON Schema; undefined where it cannot be said. */
export function keywordsOf({ name, args = [] }: CheckPlan): JsonSchema | undefined {
  return Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name]!(...args) : undefined;
}

/** Adds keywords to a schema. Those that it has already stand beside them in `allOf`; of two types the narrower one counts. */
export function addKeywords(schema: JsonSchema, keywords: JsonSchema): JsonSchema {
  const clashing: JsonSchema = {};
  const merged = { ...schema };
  for (const [name, value] of Object.entries(keywords)) {
    if (merged[name] === undefined || name === 'type') merged[name] = value;
    else if (JSON.stringify(merged[name]) !== JSON.stringify(value)) clashing[name] = value;
  }
  if (Object.keys(clashing).length === 0) return merged;
  return { ...merged, allOf: [...((merged['allOf'] as JsonSchema[] | undefined) ?? []), clashing] };
}
