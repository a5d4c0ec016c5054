import { BadRequestError } from 'twodoors';
import { LIMITS, type LoanTerms } from './loan-terms.js';

/** The costs of a loan. Amounts are exact to the cent. */
export interface Quote extends Readonly<Pick<LoanTerms, 'principal' | 'rate' | 'years'>> {
  /** The payment of every month. The last one differs by the rounding difference. */
  readonly monthlyPayment: number;
  /** The sum of all payments. */
  readonly totalPaid: number;
  /** All payments minus the principal. */
  readonly totalInterest: number;
}

/** One month of a loan. */
export interface Instalment {
  /** From 1. */
  readonly month: number;
  readonly payment: number;
  /** The part of the payment that repays the loan. */
  readonly principal: number;
  /** The part of the payment that is interest, on the balance before the payment. */
  readonly interest: number;
  /** The debt after the payment; 0 after the last one. */
  readonly balance: number;
}

/** A quote with every month. */
export interface Schedule extends Quote {
  readonly schedule: readonly Instalment[];
}

/** The decimals of a rate that count: a double of at most 100 has no more significant ones. */
const RATE_DECIMALS = 12;

/** Converts a yearly percentage to a monthly factor. */
const RATE_UNIT = 12n * 100n * 10n ** BigInt(RATE_DECIMALS);

/**
 * Quotes an annuity loan.
 *
 * @throws BadRequestError that names each invalid term
 */
export function quoteLoan(terms: LoanTerms): Quote {
  const { schedule: _, ...quote } = scheduleLoan(terms);
  return quote;
}

/**
 * Lists the months of an annuity loan. It calculates in cents: interest and payment are rounded to the cent, and the last
 * payment settles the rest, so that the principal parts add up to the principal.
 *
 * @throws BadRequestError that names each invalid term
 */
export function scheduleLoan({ principal, rate, years }: LoanTerms): Schedule {
  assertPossible({ principal, rate, years });
  const months = years * 12;
  const lent = Math.round(principal * 100);
  const interestOf = interestCalculator(rate);
  // An annuity is higher than its first interest. At the highest rates, the difference can be lost in a double.
  const regular = Math.max(regularPayment(lent, rate, months), interestOf(lent));
  const schedule: Instalment[] = [];
  let balance = lent;
  let paid = 0;
  for (let month = 1; month <= months; month++) {
    const interest = interestOf(balance);
    const due = balance + interest;
    // If the payment was rounded up, the loan is repaid early and the remaining months cost nothing.
    const payment = month === months ? due : Math.min(regular, due);
    balance = due - payment;
    paid += payment;
    schedule.push({
      month,
      payment: payment / 100,
      principal: (payment - interest) / 100,
      interest: interest / 100,
      balance: balance / 100,
    });
  }
  return {
    principal,
    rate,
    years,
    monthlyPayment: regular / 100,
    totalPaid: paid / 100,
    totalInterest: (paid - lent) / 100,
    schedule,
  };
}

/** The annuity in cents: P·r / (1 - (1 + r)^-n), in a form that is exact for very small rates too. */
function regularPayment(lent: number, rate: number, months: number): number {
  const monthly = rate / 1200;
  if (monthly === 0) return Math.round(lent / months);
  return Math.round((lent * monthly) / -Math.expm1(-months * Math.log1p(monthly)));
}

/** Calculates a month's interest in cents, rounding half up. It uses integers because 3.9 % is not a binary fraction. */
function interestCalculator(rate: number): (balance: number) => number {
  const units = BigInt(rate.toFixed(RATE_DECIMALS).replace('.', ''));
  return (balance) => Number((2n * BigInt(balance) * units + RATE_UNIT) / (2n * RATE_UNIT));
}

function assertPossible(terms: LoanTerms): void {
  const mistakes: string[] = [];
  for (const name of ['principal', 'rate', 'years'] as const) {
    const { min, max } = LIMITS[name];
    if (!(terms[name] >= min && terms[name] <= max)) mistakes.push(`${name} must be from ${min} to ${max}`);
  }
  if (!Number.isInteger(terms.years)) mistakes.push('years must be a whole number');
  if (Number(terms.principal.toFixed(2)) !== terms.principal)
    mistakes.push('principal must be a whole number of cents');
  if (mistakes.length > 0) throw new BadRequestError(`Invalid loan: ${mistakes.join('; ')}`);
}
