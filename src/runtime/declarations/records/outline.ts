import type { AppOptions } from '../../app.js';
import type { Class } from '../class.js';
import { chainOf } from './controller-chain.js';
import type { ControllerRecord } from './controller-record.js';

/**
 * What an app is, in short: its controllers in their order, their prefixes, methods and paths; its options, scalars by value
 * and others by presence. A plan is that of an app whose outline is the same. Never throws.
 */
export function outlineOf(options: Readonly<AppOptions>): string {
  const { controllers, use, ...others } = options;
  return JSON.stringify([
    Array.isArray(controllers) ? controllers.map(outlineOfController) : null,
    Array.isArray(use) ? use.length : typeof use,
    Object.entries(others)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, outlineOfOption(value)])
      .sort(([a], [b]) => (a! < b! ? -1 : 1)),
  ]);
}

function outlineOfController(type: unknown): unknown {
  return typeof type === 'function' ? chainOf(type as Class).map(({ record }) => outlineOfRecord(record)) : null;
}

function outlineOfRecord({ prefix, scope, mistakes, methods }: ControllerRecord): unknown {
  // The usual case, written as text: one for each method of each controller is made at every cold start.
  let text = '';
  for (const [name, { routes }] of methods) {
    text += `\n${String(name)}`;
    for (const { method, paths } of routes)
      text += ` ${method} ${paths.length === 1 ? paths[0] : JSON.stringify(paths)}`;
  }
  return [prefix, scope, mistakes.length, text];
}

function outlineOfOption(value: unknown): unknown {
  // JSON has no Infinity, which stands for no limit.
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' || typeof value === 'function' ? outlineOfObject(value) : value;
}

/** Lists of texts, such as address ranges, count by value. */
function outlineOfObject(value: unknown): unknown {
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : true;
}
