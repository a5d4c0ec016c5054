import type { PropertyType } from '../../plan/dto/dto-plan.js';
import { pathTypeFor, type TextType, textTypeFor } from '../../types/text-types.js';
import type { ValueFormat } from './linked-class.js';

/** How text is converted to a planned scalar or choice; undefined for all other types, and for a choice that is a hole. */
export function scalarOf(type: PropertyType | undefined, format: ValueFormat): TextType | undefined {
  if (type === undefined || type === 'any') return undefined;
  if (typeof type === 'string') return (format === 'path' ? pathTypeFor : textTypeFor)(type);
  return 'choice' in type && type.choice !== null ? textTypeFor({ choice: type.choice }) : undefined;
}
