import { sharedByCopies } from '../identity/copies.js';

/** The base paths of requests whose door has one. */
const basePaths = sharedByCopies('base-paths', () => new WeakMap<object, string>());

/** Notes what a door has taken off the path of a request. */
export function setBasePath(request: object, path: string): void {
  basePaths.set(request, path);
}

/** What stands before `request.path` in the URL that the client knows: the door's `basePath`; empty without one. */
export function basePathOf(request: object): string {
  return basePaths.get(request) ?? '';
}
