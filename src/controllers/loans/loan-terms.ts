import { IsInt, IsNumber, Max, Min } from 'class-validator';

/** What a loan may be. Below the upper bounds every amount in cents is a safe integer. */
export const LIMITS = {
  principal: { min: 0.01, max: 1_000_000_000 },
  rate: { min: 0, max: 100 },
  years: { min: 1, max: 50 },
} as const;

/** What somebody asks a loan for. */
export class LoanTerms {
  /** The amount lent, to the cent. */
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(LIMITS.principal.min)
  @Max(LIMITS.principal.max)
  principal!: number;

  /** Interest, in percent a year. */
  @IsNumber()
  @Min(LIMITS.rate.min)
  @Max(LIMITS.rate.max)
  rate!: number;

  /** How long it runs. */
  @IsInt()
  @Min(LIMITS.years.min)
  @Max(LIMITS.years.max)
  years!: number;
}
