import { IsInt, IsNumber, Max, Min } from 'class-validator';

/** The limits of a loan. Within them, every amount in cents is a safe integer. */
export const LIMITS = {
  principal: { min: 0.01, max: 1_000_000_000 },
  rate: { min: 0, max: 100 },
  years: { min: 1, max: 50 },
} as const;

/** The terms of a loan. */
export class LoanTerms {
  /** The amount lent, to the cent. */
  @IsNumber({ maxDecimalPlaces: 2 }, { message: '$property must be an amount with at most two decimals' })
  @Min(LIMITS.principal.min)
  @Max(LIMITS.principal.max)
  principal!: number;

  /** Interest per year, in percent. */
  @IsNumber()
  @Min(LIMITS.rate.min)
  @Max(LIMITS.rate.max)
  rate!: number;

  /** The duration. */
  @IsInt()
  @Min(LIMITS.years.min)
  @Max(LIMITS.years.max)
  years!: number;
}
