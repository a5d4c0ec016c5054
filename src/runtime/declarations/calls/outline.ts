import type { AppOptions } from '../../app.js';
import { constantClasses } from './constant-classes.js';
import { loadOutlineOfCalls } from './outline-of-calls.lazy.js';
import { callsByClass } from './record-call.js';

/**
 * What an app is, in short: its controllers in their order, their prefixes, decorated members and paths; its options, scalars
 * by value and others by presence; but not its public folders, on which no route depends. A plan is that of an app whose
 * outline is the same. Never throws.
 */
export function outlineOf(options: Readonly<AppOptions>): string {
  const { controllers, use } = options;
  const lines = [String(Array.isArray(use) ? use.length : typeof use)];
  // In the order in which they are written: to sort them costs more than all else here.
  for (const name in options) {
    const value = options[name as keyof AppOptions];
    if (value !== undefined && name !== 'controllers' && name !== 'use' && name !== 'public') {
      lines.push(`${name} ${textOfOption(value)}`);
    }
  }
  // Loops by index from here on: this runs for each controller, at every cold start.
  const count = Array.isArray(controllers) ? controllers.length : 0;
  for (let i = 0; i < count; i++) {
    const type: unknown = controllers[i];
    lines.push(typeof type);
    // The class and its base classes, most derived first.
    for (let link = type; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
      const constant = constantClasses.get(link);
      const calls = constant === undefined ? callsByClass.get(link) : undefined;
      lines.push(constant === undefined ? '' : `=${constant[0]}`);
      if (calls !== undefined) loadOutlineOfCalls().outlineCalls(calls, lines);
    }
  }
  return lines.join('\n');
}

/** Lists of texts, such as address ranges, count by value, all other objects by their presence. */
function textOfOption(value: unknown): string {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return JSON.stringify(value);
  return Object(value) === value ? 'true' : `${typeof value} ${String(value)}`;
}
