import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { AppModule, validation } from './nest.js';

export const listen = async (): Promise<number> => {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.useGlobalPipes(validation);
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as AddressInfo).port;
};
