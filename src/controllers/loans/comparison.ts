import { ArrayMaxSize, ArrayMinSize, IsEmail, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { Type } from 'twodoors';
import { type Quote, quoteLoan } from './loan-schedule.js';
import { LoanTerms } from './loan-terms.js';

/** The person who compares offers. */
export class Borrower {
  @IsString() @Length(1, 100) name!: string;
  @IsOptional() @IsEmail() email?: string;
}

/** A loan offered by a lender. */
export class Offer extends LoanTerms {
  @IsString() @Length(1, 100) lender!: string;
}

/** The body of a comparison. */
export class Comparison {
  @ValidateNested() borrower!: Borrower;

  @ArrayMinSize(2)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => Offer)
  offers!: Offer[];
}

/** An offer with its quote and rank. */
export interface RankedOffer extends Quote {
  readonly lender: string;
  /** 1 is the cheapest. */
  readonly rank: number;
}

/** Ranks offers by total interest. Equal offers keep their order. */
export function rankOffers(offers: readonly Offer[]): RankedOffer[] {
  return offers
    .map((offer) => ({ lender: offer.lender, ...quoteLoan(offer) }))
    .sort((a, b) => a.totalInterest - b.totalInterest)
    .map((offer, i) => ({ rank: i + 1, ...offer }));
}
