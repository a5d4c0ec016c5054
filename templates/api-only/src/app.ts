import { defineApp } from 'twodoors';
import { BillApiController } from './controllers/bill-api.controller.js';

export const app = defineApp({
  controllers: [BillApiController],
  // One mistake for each property.
  stopAtFirstError: true,
});
