import { openDispatcher } from '../../src/runtime/dispatch/dispatcher.js';
import { app } from './twodoors/src/app.js';

const { table } = openDispatcher(app);

/** From a method and a path to a route and the values of its parameters. */
export const run = ({ path }: { path: string }): unknown => table.match('GET', path);
