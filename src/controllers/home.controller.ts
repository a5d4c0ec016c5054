import {
  BadRequestError,
  Body,
  Controller,
  FormError,
  Get,
  type HttpRequest,
  OnInvalid,
  Post,
  Query,
  Redirect,
  Render,
  Req,
  redirectTo,
  UploadedFile,
} from 'twodoors';
import { LOAN_FILE, quoteFile } from './loans/loan-file.js';
import { type Quote, type Schedule, scheduleLoan } from './loans/loan-schedule.js';
import { LIMITS, LoanTerms } from './loans/loan-terms.js';
import { chartOf, type PaymentsChart } from './loans/payments-chart.js';

/** The loan that the empty form shows. */
const EXAMPLE = { principal: 250_000, rate: 3.9, years: 30 };

/** The loan calculator's pages. */
@Controller()
export class HomeController {
  @Get('/')
  @Render('index.html')
  index(): { limits: typeof LIMITS; terms: LoanTerms } {
    return { limits: LIMITS, terms: EXAMPLE };
  }

  /** Takes the form. The quote has an address of its own, which can be kept and sent. */
  @Post('/')
  @OnInvalid('index.html', 'index')
  calculate(@Body({ trim: true }) terms: LoanTerms) {
    return redirectTo(HomeController, 'quote', { ...terms });
  }

  @Get('/quote')
  @Render('quote.html')
  quote(@Query() terms: LoanTerms): { quote: Schedule; chart: PaymentsChart } {
    const quote = scheduleLoan(terms);
    return { quote, chart: chartOf(quote) };
  }

  /** Quotes all loans in a CSV file. */
  @Post('/file')
  @OnInvalid('index.html', 'index')
  @Render('file.html')
  file(@UploadedFile('loans', LOAN_FILE) loans: UploadedFile): { file: string; quotes: Quote[] } {
    try {
      return { file: loans.filename, quotes: quoteFile(loans.text()) };
    } catch (error) {
      throw error instanceof BadRequestError ? new FormError({ loans: error.message }) : error;
    }
  }

  /** Redirects the old address of quotes to the API. */
  @Get('/old-quote')
  @Redirect('/api/loans/quote', 301)
  oldQuote(@Req() request: HttpRequest): string {
    return `/api/loans/quote${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`;
  }
}
