import type { AddressInfo } from 'node:net';
import { app } from './fastify.js';

export const listen = async (): Promise<number> => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
};
