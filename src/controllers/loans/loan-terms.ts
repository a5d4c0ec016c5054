import { IsInt, IsNumber, Max, Min } from 'class-validator';

/** The limits of a loan. Within them, every amount in cents is a safe integer. */
export const LIMITS = {
  principal: { min: 0.01, max: 1_000_000_000 },
  rate: { min: 0, max: 100 },
  years: { min: 1, max: 50 },
} as const;

/** What each term must be, in the words of the form. */
const AMOUNT = { message: 'Enter an amount from 0.01 to 1,000,000,000, with at most two decimals' };
const RATE = { message: 'Enter a rate from 0 to 100' };
const YEARS = { message: 'Enter whole years, from 1 to 50' };

/** The terms of a loan. */
export class LoanTerms {
  /** The amount lent, to the cent. */
  @IsNumber({ maxDecimalPlaces: 2 }, AMOUNT)
  @Min(LIMITS.principal.min, AMOUNT)
  @Max(LIMITS.principal.max, AMOUNT)
  principal!: number;

  /** Interest per year, in percent. */
  @IsNumber({}, RATE)
  @Min(LIMITS.rate.min, RATE)
  @Max(LIMITS.rate.max, RATE)
  rate!: number;

  /** The duration. */
  @IsInt(YEARS)
  @Min(LIMITS.years.min, YEARS)
  @Max(LIMITS.years.max, YEARS)
  years!: number;
}
