import { openRoom } from '../../src/runtime/invoke/room.js';
import { app } from './twodoors/src/app.js';

const { table } = openRoom(app);

/** From a method and a path to a route and the values of its parameters. */
export const run = ({ path }: { path: string }): unknown => table.match('GET', path);
