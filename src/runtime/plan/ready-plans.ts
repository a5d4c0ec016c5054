import type { PlanText } from './plan-source.js';

// `twodoors build` replaces this file by one with the plans of the bundle's apps.

/** The plans that were made ahead. */
export const readyPlans: readonly PlanText[] = [];
