import { nameOf } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { choicesOf } from '../../types/scalar-type.js';
import { textTypeOf } from '../../types/text-types.js';
import { kindOf, type ValueKind } from './constraint-kinds.js';
import type { Condition, RecordedCheck } from './recorded-check.js';
import type { ResolvedProperty } from './resolve-property.js';

/** Values of each type. A constraint on another kind of values rejects all of them. */
const SAMPLES = new Map<unknown, readonly unknown[]>([
  [String, ['', 'a', '1']],
  [Number, [0, 1, -1.5]],
  [Boolean, [true, false]],
  [Date, [new Date(0), new Date(4e12)]],
  [BigInt, [0n, 1n, -1n]],
  [URL, [new URL('https://example.com')]],
  [Array, [[], ['a'], [1]]],
  [Set, [new Set(), new Set(['a'])]],
  [Map, [new Map(), new Map([['a', 1]])]],
]);

const KIND_OF_TYPE = new Map<unknown, ValueKind>([
  [String, 'text'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  [Array, 'list'],
]);

const WORDS: Record<ValueKind, string> = {
  text: 'strings',
  number: 'numbers',
  boolean: 'true and false',
  date: 'dates',
  list: 'arrays',
};

/** What is checked of a property. */
interface CheckedProperty {
  readonly name: string;
  readonly checks: readonly RecordedCheck[];
  readonly conditions: readonly Condition[];
}

/** Adds a mistake for each constraint that rejects every value of the property's type. */
export function findContradictions(
  { name, checks, conditions }: CheckedProperty,
  { collection, type, isInferred, hasLists }: ResolvedProperty,
  mistakes: Mistakes,
): void {
  for (const check of checks) {
    if (check.validation.validateIf !== undefined) continue;
    const ofItem = collection === undefined || check.validation.each === true;
    if (ofItem && isInferred) continue;
    const itemType = hasLists && collection !== undefined ? Array : type;
    const subject = ofItem ? itemType : collection;
    const mayHold = (samples: readonly unknown[]) => samples.some((sample) => accepts(check, conditions, name, sample));
    const samples = samplesFor(check, subject);
    if (samples === undefined || mayHold(samples)) continue;
    mistakes.add('validator-contradicts-type', describe(check, subject, ofItem && collection !== undefined));
  }
}

/** What a constraint is tried with; undefined where the type does not decide. */
function samplesFor(check: RecordedCheck, type: unknown): readonly unknown[] | undefined {
  const [first] = check.validation.constraints ?? [];
  const candidates = check.name === 'isIn' ? first : check.name === 'equals' ? [first] : undefined;
  const textType = textTypeOf(type);
  if (Array.isArray(candidates)) return textType && candidates.filter((value) => textType.accepts(value));
  if (check.name === 'isEnum') {
    return textType && Object.values((first as object | undefined) ?? {}).filter((value) => textType.accepts(value));
  }
  const kind = kindOf(check);
  const isByType = kind !== undefined || ['isObject', 'isNotEmptyObject', 'isInstance'].includes(check.name);
  if (!isByType || (kind !== undefined && KIND_OF_TYPE.get(type) === kind)) return undefined;
  return SAMPLES.get(type) ?? choicesOf(type) ?? samplesOfClass(type);
}

function samplesOfClass(type: unknown): readonly unknown[] | undefined {
  if (typeof type !== 'function' || [Object, Function, Symbol, Promise].includes(type as never)) return undefined;
  return [Object.assign(Object.create(type.prototype as object) as object, { sample: 1 })];
}

/** Whether a constraint may accept a value; true where that cannot be known. */
function accepts(check: RecordedCheck, conditions: readonly Condition[], property: string, value: unknown): boolean {
  const object = { [property]: value };
  try {
    if (!conditions.every((condition) => condition(object, value))) return true;
    const { constraints } = check.validation;
    return check.constraint.validate(value, { targetName: '', property, object, value, constraints }) !== false;
  } catch {
    return true;
  }
}

function describe(check: RecordedCheck, type: unknown, isItem: boolean): string {
  const kind = kindOf(check);
  const name = typeof type === 'function' ? nameOf(type) : textTypeOf(type)!.expected;
  const what = kind === undefined ? 'values of another type' : WORDS[kind];
  const cure =
    kind === 'text' && type === Date
      ? 'Use @IsDate(), or declare a string'
      : isListed(check, type)
        ? 'Add { each: true } to check the items, or change the type'
        : 'Use a validator of its type, or change the type';
  return `its ${isItem ? 'items are' : 'type is'} ${name}, but ${check.name} accepts ${what} and rejects every ${name}. ${cure}.`;
}

/** Whether the validator was perhaps meant for the items. */
function isListed(check: RecordedCheck, type: unknown): boolean {
  return kindOf(check) !== 'list' && check.validation.each !== true && [Array, Set, Map].includes(type as never);
}
