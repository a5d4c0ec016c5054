import { IsInt, IsNumber, Max, Min } from 'class-validator';

/** A restaurant bill that friends split: what the form and the API take. Its validators run before a method is called. */
export class Bill {
  @IsNumber({ maxDecimalPlaces: 2 }, { message: 'An amount, such as 84.50' })
  @Min(0.01, { message: 'More than nothing' })
  @Max(100_000, { message: 'At most 100,000' })
  total!: number;

  @IsInt({ message: 'A whole number' })
  @Min(1, { message: 'At least one person' })
  @Max(100, { message: 'At most 100 people' })
  people!: number;

  /** In percent of the total. */
  @IsInt({ message: 'A whole number of percent' })
  @Min(0, { message: 'Not less than nothing' })
  @Max(100, { message: 'At most 100 %' })
  tip: number = 10;
}

/** What everybody pays, in whole cents, rounded up. */
export function shareOf({ total, people, tip }: Bill): number {
  const cents = Math.round(total * 100);
  return Math.ceil((cents * (100 + tip)) / (100 * people)) / 100;
}
