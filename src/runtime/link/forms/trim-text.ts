import { isPasswordName } from '../../http/forms/field-path.js';
import type { TypePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { nestedDtoOf } from './nested-dto.js';

/**
 * A copy of a body, or of one field of it, whose texts have lost the spaces around them, at every depth. Passwords and secret
 * properties keep them.
 */
export function trimText(value: unknown, type: TypePlan, dtos: () => readonly DtoPlan[]): unknown {
  if (typeof type === 'object' && 'list' in type && Array.isArray(value)) {
    return value.map((item) => trimText(item, type.list, dtos));
  }
  return typeof type === 'object' && 'dto' in type
    ? trimmed(value, dtos()[type.dto], dtos())
    : trimmed(value, undefined, []);
}

function trimmed(value: unknown, dto: DtoPlan | undefined, dtos: readonly DtoPlan[]): unknown {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item) => trimmed(item, dto, dtos));
  const copy = Object.create(Object.getPrototypeOf(value)) as object;
  for (const [name, each] of Object.entries(value)) {
    const property = dto?.properties.find((declared) => declared.name === name);
    const isKept = property?.isSecret === true || isPasswordName(name);
    const text = isKept ? each : trimmedIn(each, property, dtos);
    // Not by assignment: a client may send the name "__proto__".
    Object.defineProperty(copy, name, { value: text, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

/** The items of a list in a form may be in an object, by their indexes. */
function trimmedIn(value: unknown, property: DtoPlan['properties'][number] | undefined, dtos: readonly DtoPlan[]) {
  const { type, collection } = property ?? {};
  if (collection === undefined || typeof value !== 'object' || value === null) {
    return trimmed(value, nestedDtoOf(type, value, dtos), dtos);
  }
  const trimItem = (item: unknown) => trimmed(item, nestedDtoOf(type, item, dtos), dtos);
  if (Array.isArray(value)) return value.map(trimItem);
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [name, item] of Object.entries(value)) copy[name] = trimItem(item);
  return copy;
}
