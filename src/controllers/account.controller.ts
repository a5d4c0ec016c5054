import { IsNotEmpty, IsString } from 'class-validator';
import { Body, Controller, FormError, Get, type HttpRequest, OnInvalid, Post, Render, Req, redirectTo } from 'twodoors';
import { CurrentUser, LoginRequired, login, logout, redirectBack, verifyPassword } from 'twodoors/auth';
import { DEMO, findUserByName, type User } from '../users.js';
import { type Schedule, scheduleLoan } from './loans/loan-schedule.js';
import { chartOf, type PaymentsChart } from './loans/payments-chart.js';

/** What the form of the login page sends. */
export class Credentials {
  @IsString() @IsNotEmpty({ message: 'Enter your name' }) name!: string;
  @IsString() @IsNotEmpty({ message: 'Enter your password' }) password!: string;
}

/** Signing in and out, and the page of who is signed in. */
@Controller()
export class AccountController {
  @Get('/login')
  @Render('login.html')
  loginForm(): { demo: typeof DEMO } {
    return { demo: DEMO };
  }

  @Post('/login')
  @OnInvalid('login.html', 'loginForm')
  async login(@Body() { name, password }: Credentials, @Req() request: HttpRequest) {
    const user = findUserByName(name);
    // Without a user it takes the same time, so that nobody learns which names exist.
    const isRight = await verifyPassword(password, user?.passwordHash);
    if (user === undefined || !isRight) throw new FormError<Credentials>({ password: 'Name or password is wrong' });
    login(request, user.id);
    return redirectBack(request, '/account');
  }

  @Post('/logout')
  logout(@Req() request: HttpRequest) {
    logout(request);
    return redirectTo('HomeController.index');
  }

  /** The loan of the user, which nobody else sees. */
  @Get('/account')
  @Render('account.html')
  @LoginRequired()
  account(@CurrentUser() user: User): { quote: Schedule; chart: PaymentsChart } {
    const quote = scheduleLoan(user.loan);
    return { quote, chart: chartOf(quote) };
  }
}
