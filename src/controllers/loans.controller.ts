import { Body, ContentType, Controller, Get, Header, Post, Query } from 'twodoors';
import { type Quote, quoteLoan, type Schedule, scheduleLoan } from './loans/loan-schedule.js';
import { LoanTerms } from './loans/loan-terms.js';

/** Loans, for programs. */
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
    // Lines of CSV end with CRLF (RFC 4180 §2).
    return ['month,payment,principal,interest,balance', ...rows, ''].join('\r\n');
  }
}
