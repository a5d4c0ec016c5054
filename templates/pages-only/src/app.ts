import { defineApp } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { BillController } from './controllers/bill.controller.js';

export const app = defineApp({
  controllers: [BillController],
  views: nunjucks(),
  public: 'src/public',
  // One mistake for each field.
  stopAtFirstError: true,
});
