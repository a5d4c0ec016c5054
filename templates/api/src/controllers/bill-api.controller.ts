import { Body, Controller, Get, HttpCode, Param, Post, Query } from 'twodoors';
import { Bill, shareOf } from '../bill.js';

/** JSON for programs. */
@Controller('/api/bills')
export class BillApiController {
  /** Takes JSON, such as { "total": 84.5, "people": 4 }. Mistakes are a 400 that names each of them. */
  @Post()
  @HttpCode(200)
  split(@Body() bill: Bill): { share: number } {
    return { share: shareOf(bill) };
  }

  /** The tip for a total, such as /api/bills/84.5/tip?percent=15. A total that is not a number is a 404. */
  @Get('/:total/tip')
  tip(@Param('total') total: number, @Query('percent') percent: number = 10): { tip: number } {
    return { tip: Math.round(total * percent) / 100 };
  }
}
