import { defineApp } from 'twodoors';
import { securityHeaders } from 'twodoors/middleware';
import { sessions } from 'twodoors/sessions';
import { nunjucks } from 'twodoors/views';
import { AccountController } from './controllers/account.controller.js';
import { HomeController } from './controllers/home.controller.js';
import { LoansController } from './controllers/loans.controller.js';
import { SavedController } from './controllers/saved.controller.js';
import { signingIn } from './users.js';

/** Formats an amount with two decimals and thousands separators: 1,179.17. */
const money = (amount: number) => amount.toFixed(2).replace(/\B(?=(?:\d{3})+\.)/g, ',');

/** Formats an amount for an axis, where there is little room: 15K. */
const compact = new Intl.NumberFormat('en', { notation: 'compact' }).format;

export const app = defineApp({
  controllers: [HomeController, SavedController, AccountController, LoansController],
  views: nunjucks({ filters: { money, compact } }),
  public: 'src/public',
  // One message for each field of a form.
  stopAtFirstError: true,
  use: [securityHeaders(), sessions({ secret: () => process.env['SESSION_SECRET'] }), signingIn],
});
