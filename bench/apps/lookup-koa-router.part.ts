import Router from '@koa/router';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';

const router = new Router();
for (const path of [...FILLERS_BEFORE, '/hello/:name', ...FILLERS_AFTER]) router.get(path, () => {});

/** From a method and a path to the layers that match. */
export const run = ({ path }: { path: string }): unknown => router.match(path, 'GET');
