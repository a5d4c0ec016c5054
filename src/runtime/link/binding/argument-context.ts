import { findCalls } from '../../declarations/calls/class-calls.js';
import type { Class } from '../../declarations/class.js';
import { paramTypesOf } from '../../declarations/types/compiler-types.js';
import type { RoutePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { loadGivenType } from './rare/given-type.lazy.js';

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
  const { args } = findCalls(declaredIn)!.all.find(({ member, third }) => member === name && third === index)!;
  const emitted = paramTypesOf(declaredIn, name)?.[index];
  const type = args.length === 0 ? emitted : args[0];
  return typeof type === 'function' ? type : loadGivenType().givenTypeOf(args, emitted);
}
