import { BadRequestError } from 'twodoors';
import { LIMITS, type LoanTerms } from './loan-terms.js';

/** A loan in one line; amounts are exact to the cent. */
export interface Quote extends Readonly<Pick<LoanTerms, 'principal' | 'rate' | 'years'>> {
  /** What is paid every month; the last payment differs by what rounding left. */
  readonly monthlyPayment: number;
  /** The sum of all payments. */
  readonly totalPaid: number;
  /** What was paid beyond the principal. */
  readonly totalInterest: number;
}

/** One month of a loan. */
export interface Instalment {
  /** From 1. */
  readonly month: number;
  readonly payment: number;
  /** The part of the payment that pays the loan back. */
  readonly principal: number;
  /** The part of the payment that is interest on the balance before it. */
  readonly interest: number;
  /** What is owed after the payment; 0 after the last. */
  readonly balance: number;
}

/** A quote with all of its months. */
export interface Schedule extends Quote {
  readonly schedule: readonly Instalment[];
}

/** Decimals of a rate that are calculated with; a double of at most 100 has no more that mean anything. */
const RATE_DECIMALS = 12;

/** Twelve months, and a percentage. */
const RATE_UNIT = 12n * 100n * 10n ** BigInt(RATE_DECIMALS);

/**
 * Quotes an annuity loan.
 *
 * @throws BadRequestError for terms that no loan can have, naming each
 */
export function quoteLoan(terms: LoanTerms): Quote {
  const { schedule: _, ...quote } = scheduleLoan(terms);
  return quote;
}

/**
 * Lists the months of an annuity loan. All is counted in cents: interest is the balance's, rounded to the cent, the
 * payment is rounded to the cent, and the last one pays what is left, so that the principal parts are the principal.
 *
 * @throws BadRequestError for terms that no loan can have, naming each
 */
export function scheduleLoan({ principal, rate, years }: LoanTerms): Schedule {
  assertPossible({ principal, rate, years });
  const months = years * 12;
  const lent = Math.round(principal * 100);
  const interestOf = interestCalculator(rate);
  // An annuity is more than its first interest; at the highest rates by so little that a double may round it below.
  const regular = Math.max(regularPayment(lent, rate, months), interestOf(lent));
  const schedule: Instalment[] = [];
  let balance = lent;
  let paid = 0;
  for (let month = 1; month <= months; month++) {
    const interest = interestOf(balance);
    const due = balance + interest;
    // Where a payment was rounded up the loan is paid off early, and the months that are left cost nothing.
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

/** The annuity, in cents: P·r / (1 - (1 + r)^-n), in the form that stays exact for the smallest rates. */
function regularPayment(lent: number, rate: number, months: number): number {
  const monthly = rate / 1200;
  if (monthly === 0) return Math.round(lent / months);
  return Math.round((lent * monthly) / -Math.expm1(-months * Math.log1p(monthly)));
}

/** A month's interest on a balance in cents, half a cent upwards; in integers, since 3.9 % is not a binary fraction. */
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
  if (mistakes.length > 0) throw new BadRequestError(`There is no such loan: ${mistakes.join('; ')}`);
}
