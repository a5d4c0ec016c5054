import { Body, Controller, Get, NotFoundError, Param, Post, Render, redirectTo } from 'twodoors';
import { Session } from 'twodoors/sessions';
import { type Quote, quoteLoan } from './loans/loan-schedule.js';
import { LoanTerms } from './loans/loan-terms.js';

/** As many fit into a session's cookie, and into a table that can be compared. */
const MAX_SAVED = 10;

declare module 'twodoors/sessions' {
  interface SessionData {
    /** The terms of the saved quotes, the oldest first. */
    saved: LoanTerms[];
  }
}

/** Quotes that a visitor has saved, to compare them. They are in the session. */
@Controller('/saved')
export class SavedController {
  @Get()
  @Render('saved.html')
  list(@Session() session: Session): { quotes: Quote[]; cheapest: number } {
    const quotes = (session.saved ?? []).map(quoteLoan);
    return { quotes, cheapest: Math.min(...quotes.map(({ totalInterest }) => totalInterest)) };
  }

  @Post()
  save(@Body() { principal, rate, years }: LoanTerms, @Session() session: Session) {
    const others = (session.saved ?? []).filter(
      (saved) => saved.principal !== principal || saved.rate !== rate || saved.years !== years,
    );
    session.saved = [...others, { principal, rate, years }].slice(-MAX_SAVED);
    return redirectTo(SavedController, 'list', {}, { flash: ['The quote is saved.', 'success'] });
  }

  @Post('/:number/remove')
  remove(@Param('number') number: number, @Session() session: Session) {
    const saved = session.saved ?? [];
    if (saved[number - 1] === undefined) throw new NotFoundError('There is no such quote');
    session.saved = saved.filter((_, i) => i !== number - 1);
    return redirectTo(SavedController, 'list', {}, { flash: ['The quote is removed.', 'success'] });
  }
}
