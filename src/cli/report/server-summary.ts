import type { ServerBundle } from '../bundle/bundle-server.js';
import { plural } from '../plural.js';

/** What a built server is, and what it needs. @param hasPackages whether packages are in it */
export function summariseServer({ files, leftOut }: ServerBundle, hasPackages: boolean): string {
  const sizes = [...files].filter(([name]) => name.endsWith('.js')).map(([, content]) => content.byteLength);
  const size = (sizes.reduce((sum, each) => sum + each, 0) / 1024).toFixed(1);
  const code = `build/koa/index.js  ${size} KB in ${plural(sizes.length, 'file')}`;
  if (!hasPackages) return `${code}, needs node_modules`;
  if (leftOut.size === 0) return `${code}, needs Node.js only`;
  const names = [...leftOut.keys()].sort().join(', ');
  return `${code}, needs ${names} (on a server: npm install in build/koa)`;
}
