import { decorateNow } from '../../declarations/calls/decorate-now.js';
import type { DecoratorCall } from '../../declarations/calls/decorator-call.js';
import { callsByClass } from '../../declarations/calls/record-call.js';
import type { Class } from '../../declarations/class.js';
import { emittedFor } from '../../declarations/reflect/reflect.js';
import type { RoutePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { loadGivenType } from './rare/given-type.lazy.js';

/** A method of a controller; its decorators may stand in a base class. */
export interface MethodPlace {
  readonly controller: Class;
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
export function typeInHole({ method: { controller, name }, index }: ArgumentContext): unknown {
  decorateNow(controller);
  let declaredIn = controller;
  let call: DecoratorCall | undefined;
  for (let link = controller; call === undefined; link = Object.getPrototypeOf(link) as Class) {
    call = callsByClass.get(link)?.find(({ member, third }) => member === name && third === index);
    declaredIn = link;
  }
  const { args } = call;
  const emitted = emittedFor(declaredIn, name, 'design:paramtypes')?.[index];
  const type = args.length === 0 ? emitted : args[0];
  return typeof type === 'function' ? type : loadGivenType().givenTypeOf(args, emitted);
}
