import { copies } from './copies.js';

/** Says that this process has copies of several versions, where each is, and the fix. */
export function findVersionConflict(): string {
  const places = copies.map(
    ({ version, url }) => `${version} (${decodeURIComponent(url().replace(/^file:\/\//, ''))})`,
  );
  return describeVersionConflict(places);
}

/** Says that there are copies of several versions. `places` are their versions, with their paths. */
export function describeVersionConflict(places: readonly string[]): string {
  return `There are several versions of twodoors: ${[...new Set(places)].join(', ')}. They do not recognise each other's controllers, replies and errors. Install one version: npm dedupe, or make twodoors a peer dependency of the library.`;
}
