import type { Class } from '../../../declarations/class.js';
import type { PropertyValidation } from '../../../declarations/class-validator-metadata.js';
import { INVALID, type TextType } from '../../../types/text-types.js';
import type { Hydrator, LinkedType, ValueFormat } from '../linked-class.js';

/** A property's class, and what class-validator has recorded for the class. */
export interface PropertyHoles {
  readonly type: Class;
  readonly validations: readonly PropertyValidation[];
}

/** What converts and checks one value of a type. */
export type SingleType = Omit<LinkedType, 'takesBlank'>;

/** Links a type that text is converted to. */
export function linkScalar(textType: TextType, isBoolean: boolean, format: ValueFormat): SingleType {
  const { expected, expectedInJson = expected, accepts } = textType;
  return {
    hydrate: scalarHydrator(textType, isBoolean, format),
    valueCheck: { expected: format === 'json' ? expectedInJson : expected, isEach: false, accepts },
  };
}

function scalarHydrator(textType: TextType, isBoolean: boolean, format: ValueFormat): Hydrator | undefined {
  const { convert } = textType;
  if (format === 'json') {
    if (!textType.isTextInJson) return undefined;
    return function hydrateScalar(value) {
      return typeof value === 'string' ? orUnconverted(convert(value), value) : value;
    };
  }
  const isCheckbox = format === 'form' && isBoolean;
  return function hydrateText(value) {
    const text = Array.isArray(value) ? value[0] : value;
    if (typeof text !== 'string') return value;
    // What browsers send for a checkbox without a value of its own.
    if (isCheckbox && text === 'on') return true;
    return orUnconverted(convert(text), text);
  };
}

function orUnconverted(converted: unknown, value: unknown): unknown {
  return converted === INVALID ? value : converted;
}
