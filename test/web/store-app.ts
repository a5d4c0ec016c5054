import { Body, Controller, defineApp, Get, type HttpRequest, Post, Req } from 'twodoors';
import { flash, getFlashedMessages, Session, type SessionsOptions, sessions } from 'twodoors/sessions';

interface Data {
  user: string;
  n: number;
}

/** Requests that wait until a test lets them go on. */
export const held: (() => void)[] = [];

/** What a handler does that waits, for the test to see that it has come so far. */
let arrive: () => void;
export const arrival = (): Promise<void> =>
  new Promise((resolve) => {
    arrive = resolve;
  });

@Controller()
class StoreController {
  @Get('/show') show(@Session() session: Session<Data>) {
    return session;
  }
  @Get('/untouched') untouched() {
    return 'public';
  }
  @Post('/login') login(@Session() session: Session<Data>, @Body('user') user: string) {
    session.user = user;
    session.regenerate();
    return session;
  }
  @Post('/count') count(@Session() session: Session<Data>) {
    session.n = (session.n ?? 0) + 1;
    return session;
  }
  @Post('/slow-count') async slowCount(@Session() session: Session<Data>) {
    session.n = (session.n ?? 0) + 1;
    arrive();
    await new Promise<void>((resolve) => held.push(resolve));
    return session;
  }
  @Post('/logout') logout(@Session() session: Session<Data>) {
    session.clear();
  }
  @Post('/flash') flash(@Req() request: HttpRequest) {
    flash(request, 'Saved', 'success');
  }
  @Get('/messages') messages(@Req() request: HttpRequest) {
    return getFlashedMessages(request);
  }
}

/** What the app has logged. */
export const logged: Error[] = [];

/** An app whose sessions are in a store. */
export function storeApp(options: SessionsOptions, more: object = {}) {
  return defineApp({
    controllers: [StoreController],
    publicOrigin: 'https://example.com',
    log: (error) => logged.push(error as Error),
    use: [sessions({ secret: 'secret', ...options })],
    ...more,
  });
}
