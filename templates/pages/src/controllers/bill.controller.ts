import { Body, Controller, Get, OnInvalid, Post, Render } from 'twodoors';
import { Bill, shareOf } from '../bill.js';

/** What `bill.html` shows. */
interface BillPage {
  readonly share?: number;
}

/** The page with the form. */
@Controller('/')
export class BillController {
  @Get()
  @Render('bill.html')
  page(): BillPage {
    return {};
  }

  /** A form with mistakes is shown again by `page`, with each mistake beside its field. */
  @Post()
  @OnInvalid('bill.html', 'page')
  @Render('bill.html')
  split(@Body({ trim: true }) bill: Bill): BillPage {
    return { share: shareOf(bill) };
  }
}
