import { ArrayMaxSize, ArrayMinSize, IsEmail, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { Type } from 'twodoors';
import { type Quote, quoteLoan } from './loan-schedule.js';
import { LoanTerms } from './loan-terms.js';

/** Who compares. */
export class Borrower {
  @IsString() @Length(1, 100) name!: string;
  @IsOptional() @IsEmail() email?: string;
}

/** A loan that a lender offers. */
export class Offer extends LoanTerms {
  @IsString() @Length(1, 100) lender!: string;
}

/** Offers to be compared. */
export class Comparison {
  @ValidateNested() borrower!: Borrower;

  @ArrayMinSize(2)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => Offer)
  offers!: Offer[];
}

/** An offer and what it comes to. */
export interface RankedOffer extends Quote {
  readonly lender: string;
  /** From 1, the cheapest. */
  readonly rank: number;
}

/** Ranks offers by what they cost beyond the principal; of equals the first stays first. */
export function rankOffers(offers: readonly Offer[]): RankedOffer[] {
  return offers
    .map((offer) => ({ lender: offer.lender, ...quoteLoan(offer) }))
    .sort((a, b) => a.totalInterest - b.totalInterest)
    .map((offer, i) => ({ rank: i + 1, ...offer }));
}
