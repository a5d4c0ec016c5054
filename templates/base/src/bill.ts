import { IsInt, IsNumber, Max, Min } from 'class-validator';

/**
 * A restaurant bill that friends split: what the form and the API take. Its validators run before a method is called, the
 * one next to the property first.
 */
export class Bill {
  @Max(100_000, { message: 'At most 100,000' })
  @Min(0.01, { message: 'More than nothing' })
  @IsNumber({ maxDecimalPlaces: 2 }, { message: 'An amount, such as 84.50' })
  total!: number;

  @Max(100, { message: 'At most 100 people' })
  @Min(1, { message: 'At least one person' })
  @IsInt({ message: 'A whole number' })
  people!: number;

  /** In percent of the total. */
  @Max(100, { message: 'At most 100 %' })
  @Min(0, { message: 'Not less than nothing' })
  @IsInt({ message: 'A whole number of percent' })
  tip: number = 10;
}

/** What everybody pays, in whole cents, rounded up. */
export function shareOf({ total, people, tip }: Bill): number {
  const cents = Math.round(total * 100);
  return Math.ceil((cents * (100 + tip)) / (100 * people)) / 100;
}
