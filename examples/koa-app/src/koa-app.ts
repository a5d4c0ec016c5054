import Koa from 'koa';
import { toRouter } from 'twodoors/koa';
import { app } from './app.js';

/** The Koa app that was there before. It sees every reply, and answers what the controllers do not know. */
export function makeKoaApp(): Koa {
  const koa = new Koa();
  koa.use(async (ctx, next) => {
    await next();
    ctx.set('x-served-by', 'koa');
  });
  koa.use(toRouter(app, { basePath: '/api' }).routes());
  koa.use((ctx) => {
    if (ctx.path === '/old') ctx.body = 'still here';
  });
  return koa;
}
