import * as Sentry from '@sentry/aws-serverless';
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';

Sentry.init({
  dsn: process.env['SENTRY_DSN'],
  beforeSend: (event) => {
    console.log(`To Sentry: ${event.exception?.values?.[0]?.value}`);
    return event;
  },
});

export const handler = Sentry.wrapHandler(createHandler(app));
