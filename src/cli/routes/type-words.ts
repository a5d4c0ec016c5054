import type { TypePlan } from '../../runtime/plan/app-plan.js';
import type { DtoPlan } from '../../runtime/plan/dto/dto-plan.js';

/** A planned type as TypeScript would write it. */
export function typeWords(type: TypePlan, dtos: readonly DtoPlan[]): string {
  switch (type) {
    case 'any':
      return 'unknown';
    case 'date':
      return 'Date';
    case 'url':
      return 'URL';
    case 'bytes':
      return 'Uint8Array';
    case 'stream':
      return 'Readable';
    default:
      if (typeof type === 'string') return type;
  }
  if ('dto' in type) return dtos[type.dto]!.name;
  if ('choice' in type)
    return type.choice.map((value) => (typeof value === 'string' ? `'${value}'` : value)).join(' | ');
  const item = typeWords(type.list, dtos);
  return item.includes(' ') ? `(${item})[]` : `${item}[]`;
}
