import * as v from 'valibot';
import { type Quote, quoteLoan } from './loan-schedule.js';
import { LIMITS } from './loan-terms.js';

/** A number in a query string. */
const decimal = v.pipe(v.string(), v.regex(/^\d+(?:\.\d+)?$/, 'must be a decimal number'), v.transform(Number));

/** A monthly budget, validated by a Standard Schema instead of a DTO. */
export const Budget = v.object({
  payment: v.pipe(decimal, v.minValue(0.01, 'must be at least 0.01')),
  rate: v.pipe(decimal, v.maxValue(LIMITS.rate.max)),
  years: v.pipe(decimal, v.integer(), v.minValue(LIMITS.years.min), v.maxValue(LIMITS.years.max)),
});

/** Finds the largest loan, to the cent, with a monthly payment within the budget; undefined if there is no such loan. */
export function affordableLoan({ payment, rate, years }: v.InferOutput<typeof Budget>): Quote | undefined {
  const isAffordable = (cents: number) => quoteLoan({ principal: cents / 100, rate, years }).monthlyPayment <= payment;
  let least = LIMITS.principal.min * 100;
  let most = LIMITS.principal.max * 100;
  if (!isAffordable(least)) return undefined;
  // The payment never decreases as the principal grows.
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (isAffordable(middle)) least = middle;
    else most = middle - 1;
  }
  return quoteLoan({ principal: least / 100, rate, years });
}
