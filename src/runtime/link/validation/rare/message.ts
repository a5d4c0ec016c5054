import type { Constraint, PropertyValidation, ValidationCall } from '../../../declarations/class-validator-metadata.js';
import { isHttpError } from '../is-http-error.js';

/** Replaces `$value` by the value that was sent, as class-validator does: strings, numbers and booleans only. */
function showValue(message: string, value: unknown): string {
  return ['string', 'boolean', 'number'].includes(typeof value)
    ? message.replace(/\$value/g, value as string)
    : message;
}

/**
 * The message of a constraint that failed: the decorator's own, else the constraint's. There is always one, unless
 * messages are exactly those of class-validator (`isExact`): a constraint may have none, and a function that makes one may
 * throw.
 */
export function messageOf(
  { message }: PropertyValidation,
  constraint: Constraint | undefined,
  call: ValidationCall,
  isExact: boolean,
): string {
  let text: unknown;
  try {
    const own = message || constraint?.defaultMessage?.(call);
    text = fill(typeof own === 'function' ? own(call) : own, call, isExact);
  } catch (error) {
    if (isHttpError(error)) throw error;
  }
  if (typeof text === 'string' && text !== '') return text;
  return isExact ? '' : `${call.property} is invalid`;
}

/** Fills class-validator's tokens, in its order and by its rules. */
function fill(
  message: unknown,
  { constraints, property, targetName, value }: ValidationCall,
  isExact: boolean,
): unknown {
  if (typeof message !== 'string') return message;
  let text = message;
  if (Array.isArray(constraints)) {
    constraints.forEach((constraint: unknown, i) => {
      text = text.replace(new RegExp(`\\$constraint${i + 1}`, 'g'), textOf(constraint));
    });
  }
  // The word `value`, so that no reply echoes input.
  return (isExact ? showValue(text, value) : text.replace(/\$value/g, 'value'))
    .replace(/\$property/g, property)
    .replace(/\$target/g, targetName);
}

function textOf(constraint: unknown): string {
  if (Array.isArray(constraint)) return constraint.join(', ');
  return `${typeof constraint === 'symbol' ? constraint.description : constraint}`;
}
