import { Body, ContentType, Controller, Get, Header, HttpCode, OnUndefined, Post, Query, UploadedFile } from 'twodoors';
import type { InferOutput } from 'valibot';
import { affordableLoan, Budget } from './loans/affordable.js';
import { Comparison, type RankedOffer, rankOffers } from './loans/comparison.js';
import { LOAN_FILE, quoteFile } from './loans/loan-file.js';
import { type Quote, quoteLoan, type Schedule, scheduleLoan } from './loans/loan-schedule.js';
import { LoanTerms } from './loans/loan-terms.js';

/** The loan API. */
@Controller('/api/loans')
export class LoansController {
  @Get('/quote')
  quote(@Query() terms: LoanTerms): Quote {
    return quoteLoan(terms);
  }

  @Post('/schedule')
  schedule(@Body() terms: LoanTerms): Schedule {
    return scheduleLoan(terms);
  }

  @Get('/schedule.csv')
  @ContentType('text/csv')
  @Header('content-disposition', 'attachment; filename="schedule.csv"')
  download(@Query() terms: LoanTerms): string {
    const rows = scheduleLoan(terms).schedule.map(({ month, payment, principal, interest, balance }) =>
      [month, ...[payment, principal, interest, balance].map((amount) => amount.toFixed(2))].join(','),
    );
    // CSV lines end with CRLF (RFC 4180 §2).
    return ['month,payment,principal,interest,balance', ...rows, ''].join('\r\n');
  }

  /** Finds the largest loan for a monthly payment; a 404 if the payment is too small for any loan. */
  @Get('/affordable')
  @OnUndefined(404)
  affordable(@Query(Budget) budget: InferOutput<typeof Budget>): Quote | undefined {
    return affordableLoan(budget);
  }

  @Post('/compare')
  @HttpCode(200)
  compare(@Body() { borrower, offers }: Comparison): { borrower: string; offers: RankedOffer[] } {
    return { borrower: borrower.name, offers: rankOffers(offers) };
  }

  /** Quotes all loans in a CSV file. */
  @Post('/quotes')
  quotes(@UploadedFile('loans', LOAN_FILE) loans: UploadedFile): { file: string; quotes: Quote[] } {
    return { file: loans.filename, quotes: quoteFile(loans.text()) };
  }
}
