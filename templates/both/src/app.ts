import { defineApp } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { BillController } from './controllers/bill.controller.js';
import { BillApiController } from './controllers/bill-api.controller.js';

export const app = defineApp({
  controllers: [BillController, BillApiController],
  views: nunjucks(),
  public: 'src/public',
  // One mistake for each field.
  stopAtFirstError: true,
});
