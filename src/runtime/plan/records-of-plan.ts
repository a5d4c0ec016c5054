import type { Class } from '../declarations/class.js';
import { findRecord } from '../declarations/records/find-record.js';
import { type RouteRecords, routeRecordsOf } from '../declarations/records/route-records.js';
import type { RoutePlan } from './app-plan.js';
import { memberNameOf } from './member-key.js';

/** Where a planned route was declared, and what was recorded there. */
export interface PlannedRecords {
  readonly controller: Class;
  /** The class that the decorators stand in; the same, or a base class. */
  readonly declaredIn: Class;
  readonly methodName: string | symbol;
  readonly records: RouteRecords;
}

/** Finds the records of a planned route; undefined where its class has no such method. */
export function recordsOfPlan(plan: RoutePlan, controllers: readonly Class[]): PlannedRecords | undefined {
  const controller = controllers[plan.controller]!;
  let declaredIn = controller;
  for (let i = 0; i < plan.depth; i++) declaredIn = Object.getPrototypeOf(declaredIn) as Class;
  const ofClass = findRecord(declaredIn);
  const methodName = ofClass && memberNameOf(plan.member, ofClass);
  const record = methodName === undefined ? undefined : ofClass!.methods.get(methodName);
  if (record === undefined) return undefined;
  return {
    controller,
    declaredIn,
    methodName: methodName!,
    records: routeRecordsOf(controller, declaredIn, methodName!, record),
  };
}
