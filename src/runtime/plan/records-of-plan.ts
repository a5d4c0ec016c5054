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

/** Finds the records of a planned route, which every app with the outline of the planned one has. */
export function recordsOfPlan(plan: RoutePlan, controllers: readonly Class[]): PlannedRecords {
  const controller = controllers[plan.controller]!;
  let declaredIn = controller;
  for (let i = 0; i < plan.depth; i++) declaredIn = Object.getPrototypeOf(declaredIn) as Class;
  const ofClass = findRecord(declaredIn)!;
  const methodName = memberNameOf(plan.member, ofClass)!;
  const records = routeRecordsOf(controller, declaredIn, methodName, ofClass.methods.get(methodName)!);
  return { controller, declaredIn, methodName, records };
}
