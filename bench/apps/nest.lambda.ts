import serverlessExpress from '@codegenie/serverless-express';
import { NestFactory } from '@nestjs/core';
import type { Callback, Context, Handler } from 'aws-lambda';
import { AppModule, validation } from './nest.js';

let server: Handler | undefined;

async function bootstrap(): Promise<Handler> {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.useGlobalPipes(validation);
  await app.init();
  return serverlessExpress({ app: app.getHttpAdapter().getInstance() });
}

/** As NestJS's documentation has it for serverless. */
export const handler: Handler = async (event: unknown, context: Context, callback: Callback) => {
  server ??= await bootstrap();
  return server(event, context, callback);
};
