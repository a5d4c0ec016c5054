import type { PlanSource } from '../plan-source.js';
import type { DtoPlan } from './dto-plan.js';

/** The plans of all DTOs, parsed when the first is needed. */
export function dtosOf(source: PlanSource): readonly DtoPlan[] {
  if (typeof source.dtos === 'string') source.dtos = JSON.parse(source.dtos) as DtoPlan[];
  return source.dtos;
}
