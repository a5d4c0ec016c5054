import { BadRequestError, Controller, Get, type HttpRequest, Query, Redirect, Render, Req } from 'twodoors';
import { type Quote, quoteLoan } from './loans/loan-schedule.js';
import { LIMITS } from './loans/loan-terms.js';

/** What the form shows before anybody has asked. */
const EXAMPLE = { principal: 250_000, rate: 3.9, years: 30 };

/** Loans, for people. */
@Controller()
export class HomeController {
  /** The form; it sends its values here, and the page comes back with the answer. */
  @Get('/')
  @Render('index.html')
  index(
    @Query('principal?') principal?: number,
    @Query('rate?') rate?: number,
    @Query('years?') years?: number,
  ): { limits: typeof LIMITS; terms: typeof EXAMPLE; quote?: Quote } {
    if (principal === undefined && rate === undefined && years === undefined) return { limits: LIMITS, terms: EXAMPLE };
    if (principal === undefined || rate === undefined || years === undefined) {
      throw new BadRequestError('A loan needs all of the three: principal, rate and years');
    }
    const terms = { principal, rate, years };
    return { limits: LIMITS, terms, quote: quoteLoan(terms) };
  }

  /** Where quotes were before they had a home below /api. */
  @Get('/old-quote')
  @Redirect('/api/loans/quote', 301)
  oldQuote(@Req() request: HttpRequest): string {
    return `/api/loans/quote${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`;
  }
}
