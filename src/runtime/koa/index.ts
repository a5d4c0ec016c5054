export { type RunningServer, type ServeOptions, serve } from './serve.js';
export { toKoa } from './to-koa.js';
export { type RouterOptions, toRouter } from './to-router.js';
