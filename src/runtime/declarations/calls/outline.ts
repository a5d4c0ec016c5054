import type { AppOptions } from '../../app.js';
import { constantClasses } from './constant-classes.js';
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
    if (name !== 'controllers' && name !== 'use' && name !== 'public' && options[name] !== undefined) {
      lines.push(`${name} ${textOfOption(options[name])}`);
    }
  }
  // Loops by index from here on: this runs for each decorator of each controller, at every cold start.
  const count = Array.isArray(controllers) ? controllers.length : 0;
  for (let i = 0; i < count; i++) {
    const type: unknown = controllers[i];
    lines.push(typeof type);
    // The class and its base classes, most derived first.
    for (let link = type; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
      const constant = constantClasses.get(link);
      if (constant !== undefined) {
        lines.push(`=${constant[0]}`);
        continue;
      }
      lines.push('');
      const calls = callsByClass.get(link);
      let last: unknown;
      for (let j = 0; calls !== undefined && j < calls.length; j++) {
        const { decorator, args, member, isOutlined } = calls[j]!;
        // A symbol has no text of its own.
        if (member !== last) lines.push(` ${String(member)}`);
        last = member;
        if (!isOutlined) continue;
        // Its number says where the arguments end, and the next name begins.
        lines.push(`${args.length}${decorator}`);
        for (let k = 0; k < args.length; k++) lines.push(String(args[k]));
      }
    }
  }
  return lines.join('\n');
}

/** Lists of texts, such as address ranges, count by value, all other objects by their presence. */
function textOfOption(value: unknown): string {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return JSON.stringify(value);
  return Object(value) === value ? 'true' : `${typeof value} ${String(value)}`;
}
