import * as v from 'valibot';
import { type Quote, quoteLoan } from './loan-schedule.js';
import { LIMITS } from './loan-terms.js';

/** A number of a query string. */
const decimal = v.pipe(v.string(), v.regex(/^\d+(?:\.\d+)?$/, 'must be a decimal number'), v.transform(Number));

/** What somebody can pay, as a Standard Schema: the other way to say what a request must be. */
export const Budget = v.object({
  payment: v.pipe(decimal, v.minValue(0.01, 'must be at least a cent')),
  rate: v.pipe(decimal, v.maxValue(LIMITS.rate.max)),
  years: v.pipe(decimal, v.integer(), v.minValue(LIMITS.years.min), v.maxValue(LIMITS.years.max)),
});

/** The largest loan, to the cent, whose monthly payment is within the budget; undefined where there is none. */
export function affordableLoan({ payment, rate, years }: v.InferOutput<typeof Budget>): Quote | undefined {
  const isAffordable = (cents: number) => quoteLoan({ principal: cents / 100, rate, years }).monthlyPayment <= payment;
  let least = LIMITS.principal.min * 100;
  let most = LIMITS.principal.max * 100;
  if (!isAffordable(least)) return undefined;
  // A payment never falls as the principal rises.
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (isAffordable(middle)) least = middle;
    else most = middle - 1;
  }
  return quoteLoan({ principal: least / 100, rate, years });
}
