import leven from 'leven';
import type { Class } from '../../declarations/class.js';
import { routesOfController } from '../../declarations/named-routes.js';

/** A route that a client may have meant. */
export interface NearRoute {
  readonly method: string;
  readonly path: string;
  /** Such as `PostController.show`. */
  readonly name: string;
}

/** The most routes that are named. */
const MAX_ROUTES = 5;

/** The routes whose paths are most like a path that no route has, the nearest first. */
export function findNearestRoutes(controllers: readonly Class[], path: string): NearRoute[] {
  return controllers
    .flatMap(routesOfController)
    .map((route) => ({ route, distance: distanceOf(route.path, path) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_ROUTES)
    .map(({ route }) => route);
}

/** How many characters have to be changed. A parameter is like any segment. */
function distanceOf(declared: string, path: string): number {
  const target = path.toLowerCase().split('/');
  const own = declared
    .replace(/[{}]/g, '')
    .toLowerCase()
    .split('/')
    .map((segment, i) => (/^[:*]/.test(segment) && target[i] ? target[i] : segment));
  return leven(own.join('/'), target.join('/'));
}
