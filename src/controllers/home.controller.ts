import { BadRequestError, Controller, Get, type HttpRequest, Query, Redirect, Render, Req } from 'twodoors';
import { type Quote, quoteLoan } from './loans/loan-schedule.js';
import { LIMITS } from './loans/loan-terms.js';

/** The loan that the empty form shows. */
const EXAMPLE = { principal: 250_000, rate: 3.9, years: 30 };

/** The loan calculator's page. */
@Controller()
export class HomeController {
  /** Shows the form. The form sends its values here, and the page then shows the quote too. */
  @Get('/')
  @Render('index.html')
  index(
    @Query('principal?') principal?: number,
    @Query('rate?') rate?: number,
    @Query('years?') years?: number,
  ): { limits: typeof LIMITS; terms: typeof EXAMPLE; quote?: Quote } {
    if (principal === undefined && rate === undefined && years === undefined) return { limits: LIMITS, terms: EXAMPLE };
    if (principal === undefined || rate === undefined || years === undefined) {
      throw new BadRequestError('principal, rate and years are all required');
    }
    const terms = { principal, rate, years };
    return { limits: LIMITS, terms, quote: quoteLoan(terms) };
  }

  /** Redirects the old address of quotes to the API. */
  @Get('/old-quote')
  @Redirect('/api/loans/quote', 301)
  oldQuote(@Req() request: HttpRequest): string {
    return `/api/loans/quote${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`;
  }
}
