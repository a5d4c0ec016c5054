import type { AppOptions } from '../../app.js';
import { findCalls } from '../calls/class-calls.js';
import type { ClassCalls } from '../calls/decorator-call.js';
import type { Class } from '../class.js';

/**
 * What an app is, in short: its controllers in their order, their prefixes, decorated members and paths; its options, scalars
 * by value and others by presence; but not its public folders, on which no route depends. A plan is that of an app whose
 * outline is the same. Never throws.
 */
export function outlineOf(options: Readonly<AppOptions>): string {
  const { controllers, use } = options;
  let text = `${Array.isArray(use) ? use.length : typeof use}`;
  const names = Object.keys(options).sort() as (keyof AppOptions)[];
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (name !== 'controllers' && name !== 'use' && name !== 'public') text += outlineOfOption(name, options[name]);
  }
  if (!Array.isArray(controllers)) return `${text}\n${typeof controllers}`;
  for (let i = 0; i < controllers.length; i++) text += outlineOfController(controllers[i] as Class);
  return text;
}

/** The calls of a class and its base classes, most derived first. */
function outlineOfController(type: Class): string {
  if (typeof type !== 'function') return '\n-';
  let text = '\n';
  for (let link: unknown = type; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
    const calls = findCalls(link);
    text += calls === undefined ? '\n-' : outlineOfCalls(calls);
  }
  return text;
}

/** Text is appended and nothing else: this runs for each decorator of each controller, at every cold start. */
function outlineOfCalls({ all }: ClassCalls): string {
  let text = '\n';
  let last: unknown;
  for (let i = 0; i < all.length; i++) {
    const { decorator, args, member, isOutlined } = all[i]!;
    if (member !== last) {
      text += `\n ${String(member)}`;
      last = member;
    }
    if (!isOutlined) continue;
    text += ` ${decorator}`;
    for (let j = 0; j < args.length; j++) text += ` ${args[j]}`;
  }
  return text;
}

/** Lists of texts, such as address ranges, count by value. */
function outlineOfOption(name: string, value: unknown): string {
  if (value === undefined) return '';
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const isTexts = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return `\n${name} ${isTexts ? JSON.stringify(value) : isObject ? true : `${typeof value} ${String(value)}`}`;
}
