import type { Constraint, PropertyValidation, ValidationCall } from './class-validator-metadata.js';

/** Replaces `$value` in a message. */
export type ShowValue = (message: string, value: unknown) => string;

/** Replaces `$value` by the value that was sent, as class-validator does: strings, numbers and booleans only. */
export const showValue: ShowValue = (message, value) =>
  ['string', 'boolean', 'number'].includes(typeof value) ? message.replace(/\$value/g, value as string) : message;

/** Replaces `$value` by the word `value`, so that no reply echoes input. */
export const hideValue: ShowValue = (message) => message.replace(/\$value/g, 'value');

/** The message of a constraint that failed: the decorator's own, else the constraint's. */
export function messageOf(
  { message }: PropertyValidation,
  constraint: Constraint | undefined,
  call: ValidationCall,
  show: ShowValue,
): string {
  const own = message || (constraint?.defaultMessage?.(call) ?? '');
  return fill(typeof own === 'function' ? own(call) : own, call, show);
}

/** Fills class-validator's tokens, in its order and by its rules. */
function fill(message: string, { constraints, property, targetName, value }: ValidationCall, show: ShowValue): string {
  let text = message;
  if (!text) return text;
  if (Array.isArray(constraints)) {
    constraints.forEach((constraint: unknown, i) => {
      text = text.replace(new RegExp(`\\$constraint${i + 1}`, 'g'), textOf(constraint));
    });
  }
  return show(text, value)
    .replace(/\$property/g, property)
    .replace(/\$target/g, targetName);
}

function textOf(constraint: unknown): string {
  if (Array.isArray(constraint)) return constraint.join(', ');
  return `${typeof constraint === 'symbol' ? constraint.description : constraint}`;
}
