import { createServer } from 'node:http';
import Koa from 'koa';
import { listening } from './listening.js';

/** Koa with one middleware that handles `GET /hello/:name` and nothing else: the ceiling for everything on Koa. */
const koa = new Koa();
koa.use((context) => {
  const { path } = context;
  if (!path.startsWith('/hello/')) return;
  context.body = { hello: path.slice('/hello/'.length), x: Number(context.query['x']) };
});

export const listen = (): Promise<number> => listening(createServer(koa.callback()));
