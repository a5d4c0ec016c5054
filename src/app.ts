import { defineApp } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { HomeController } from './controllers/home.controller.js';
import { LoansController } from './controllers/loans.controller.js';

/** Formats an amount with two decimals and thousands separators: 1,179.17. */
const money = (amount: number) => amount.toFixed(2).replace(/\B(?=(?:\d{3})+\.)/g, ',');

export const app = defineApp({
  controllers: [HomeController, LoansController],
  views: nunjucks({ filters: { money } }),
});
