export { type RunningServer, type ServeOptions, serve } from './serve.js';
export { type KoaOptions, toKoa } from './to-koa.js';
export { type RouterOptions, toRouter } from './to-router.js';
