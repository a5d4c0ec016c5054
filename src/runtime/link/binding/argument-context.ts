import type { ParamRecord } from '../../declarations/records/param-record.js';
import type { RoutePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { resolveType } from '../../types/lazy.js';

/** What an argument is linked with, beside its plan. */
export interface ArgumentContext {
  readonly route: RoutePlan;
  /** What the parameter's decorator has recorded: it fills the holes of the plan. */
  readonly record: ParamRecord;
  /** The type that the compiler has emitted for the parameter. */
  readonly emittedType: unknown;
  /** The plans of all DTOs, parsed when the first is needed. */
  readonly dtos: () => readonly DtoPlan[];
  /** The most mistakes that are collected. */
  readonly maxErrors: number;
}

/** The type of a parameter, which fills a hole of its plan: that of the items, where it is a list. */
export function typeInHole({ record, emittedType }: ArgumentContext): unknown {
  let type = resolveType(record.type ?? emittedType);
  while (Array.isArray(type)) type = type[0];
  return type;
}
