import type { AppOptions } from '../app.js';
import { sharedByCopies } from '../identity/copies.js';
import type { RouteCheck } from '../views/view-engine.js';
import type { Mistakes } from './mistakes.js';

/** Checks options of an app. Adds what is wrong to `mistakes`. @param routes checks names of routes */
export type AppCheck = (options: Readonly<AppOptions>, mistakes: Mistakes, routes: RouteCheck) => void;

/** The checks of modules that only some apps load: each module adds its own while it is loaded. */
export const appChecks = sharedByCopies<Set<AppCheck>>('app-checks', new Set());
