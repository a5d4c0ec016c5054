import { readParamArguments } from '../../declarations/calls/param-arguments.js';
import { callsByClass } from '../../declarations/calls/record-call.js';
import type { Class } from '../../declarations/class.js';
import { emittedFor } from '../../declarations/reflect.js';
import type { RoutePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { resolveType } from '../../types/lazy.js';

/** A method where its decorators stand. */
export interface MethodPlace {
  /** The controller, or a base class. */
  readonly declaredIn: Class;
  readonly name: string | symbol;
}

/** What an argument is linked with, beside its plan. */
export interface ArgumentContext {
  readonly route: RoutePlan;
  readonly method: MethodPlace;
  /** The position of its parameter. */
  readonly index: number;
  /** The plans of all DTOs, parsed when the first is needed. */
  readonly dtos: () => readonly DtoPlan[];
  /** The most mistakes that are collected. */
  readonly maxErrors: number;
}

/**
 * The type of a parameter, which fills a hole of its plan: what its decorator has got, else what the compiler has emitted;
 * that of the items, where it is a list.
 */
export function typeInHole({ method: { declaredIn, name }, index }: ArgumentContext): unknown {
  const call = callsByClass.get(declaredIn)!.find(({ member, third }) => member === name && third === index)!;
  let type = resolveType(
    readParamArguments(call.args).type ?? emittedFor(declaredIn, name, 'design:paramtypes')?.[index],
  );
  while (Array.isArray(type)) type = type[0];
  return type;
}
