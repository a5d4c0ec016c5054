import middy from '@middy/core';
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';

export const handler = middy()
  .use({
    before: ({ context }) => console.log(`${context.awsRequestId} begins`),
    after: ({ response, context }) => console.log(`${context.awsRequestId} ends with ${response.statusCode}`),
  })
  .handler(createHandler(app));
