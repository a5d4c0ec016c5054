import { defineApp } from 'twodoors';
import { securityHeaders } from 'twodoors/middleware';
import { sessions } from 'twodoors/sessions';
import { nunjucks } from 'twodoors/views';
import { AccountController } from './controllers/account.controller.js';
import { HomeController } from './controllers/home.controller.js';
import { LoansController } from './controllers/loans.controller.js';
import { SavedController } from './controllers/saved.controller.js';
import { sessionSecret } from './session-secret.js';
import { signingIn } from './users.js';

/** Formats an amount with two decimals and thousands separators: 1,179.17. */
const money = (amount: number) => amount.toFixed(2).replace(/\B(?=(?:\d{3})+\.)/g, ',');

/** The same without decimals, for axes. */
const whole = (amount: number) => money(amount).slice(0, -'.00'.length);

export const app = defineApp({
  controllers: [HomeController, SavedController, AccountController, LoansController],
  views: nunjucks({ filters: { money, whole } }),
  public: 'src/public',
  // One message for each field of a form.
  stopAtFirstError: true,
  use: [securityHeaders(), sessions({ secret: sessionSecret }), signingIn],
});
