import type { AppOptions } from '../../app.js';
import { callsByClass } from './record-call.js';

/**
 * What an app is, in short: its controllers in their order, their prefixes, decorated members and paths; its options, scalars
 * by value and others by presence; but not its public folders, on which no route depends. A plan is that of an app whose
 * outline is the same. Never throws.
 */
export function outlineOf(options: Readonly<AppOptions>): string {
  const { controllers, use } = options;
  const lines = [String(Array.isArray(use) ? use.length : typeof use)];
  for (const name of Object.keys(options).sort() as (keyof AppOptions)[]) {
    const value: unknown = options[name];
    if (name === 'controllers' || name === 'use' || name === 'public' || value === undefined) continue;
    const isObject = Object(value) === value;
    // Lists of texts, such as address ranges, count by value.
    const isTexts = Array.isArray(value) && value.every((each) => typeof each === 'string');
    lines.push(`${name} ${isTexts ? JSON.stringify(value) : isObject ? true : `${typeof value} ${String(value)}`}`);
  }
  for (const type of Array.isArray(controllers) ? controllers : []) {
    lines.push(typeof type);
    // The class and its base classes, most derived first.
    for (let link: unknown = type; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
      lines.push('');
      let last: unknown;
      for (const { decorator, args, member, isOutlined } of callsByClass.get(link) ?? []) {
        // A symbol has no text of its own.
        if (member !== last) lines.push(String(member));
        last = member;
        if (isOutlined) lines.push(decorator, ...args.map(String));
      }
    }
  }
  return lines.join('\n');
}
