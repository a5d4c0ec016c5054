import { setTimeout } from 'node:timers/promises';
import { ContentType, Controller, defineApp, Get, Header, type HttpRequest, Query, Req, sse } from 'twodoors';

@Controller()
class StreamController {
  /** One event a second, until the client leaves or has seen them all. */
  @Get('/clock')
  clock(@Req() request: HttpRequest, @Query('ticks') ticks: number = 60, @Query('interval') interval: number = 1000) {
    return sse(tick(ticks, interval, request.signal));
  }

  /** Is made while it is sent: no more than one line is in memory at a time. */
  @Get('/numbers.csv')
  @ContentType('text/csv')
  @Header('content-disposition', 'attachment; filename="numbers.csv"')
  async *numbers(@Query('rows') rows: number = 1_000_000) {
    yield 'number,square\r\n';
    for (let n = 1; n <= rows; n++) yield `${n},${n * n}\r\n`;
  }
}

async function* tick(ticks: number, interval: number, signal: AbortSignal) {
  for (let n = 1; n <= ticks; n++) {
    yield { id: String(n), event: 'tick', data: { n } };
    if (n < ticks) await setTimeout(interval, undefined, { signal });
  }
}

export const app = defineApp({ controllers: [StreamController] });
