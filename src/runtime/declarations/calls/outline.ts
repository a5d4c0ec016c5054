import type { AppOptions } from '../../app.js';
import type { Class } from '../class.js';
import { findCalls } from './class-calls.js';
import type { ClassCalls } from './decorator-call.js';

/** What gets an outline, piece by piece. */
type Take = (piece: string) => void;

/**
 * What an app is, in short: its controllers in their order, their prefixes, decorated members and paths; its options, scalars
 * by value and others by presence; but not its public folders, on which no route depends. A plan is that of an app whose
 * outline is the same. Never throws.
 */
export function outlineOf(options: Readonly<AppOptions>): string {
  const pieces: string[] = [];
  giveOutline(options, (piece) => pieces.push(piece));
  return pieces.join('');
}

/** Whether this is the outline of an app. Each cold start asks, so that it is not made as a text, which takes memory. */
export function hasOutline(options: Readonly<AppOptions>, outline: string): boolean {
  let at = 0;
  giveOutline(options, function compare(piece) {
    at = outline.startsWith(piece, at) ? at + piece.length : Number.POSITIVE_INFINITY;
  });
  return at === outline.length;
}

function giveOutline(options: Readonly<AppOptions>, take: Take): void {
  const { controllers, use } = options;
  take(`${Array.isArray(use) ? use.length : typeof use}`);
  const names = Object.keys(options).sort() as (keyof AppOptions)[];
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (name !== 'controllers' && name !== 'use' && name !== 'public') take(outlineOfOption(name, options[name]));
  }
  if (!Array.isArray(controllers)) take(`\n${typeof controllers}`);
  else for (let i = 0; i < controllers.length; i++) giveController(controllers[i] as Class, take);
}

/** The calls of a class and its base classes, most derived first. */
function giveController(type: Class, take: Take): void {
  take(typeof type === 'function' ? '\n' : '\n-');
  for (let link: unknown = type; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
    const calls = findCalls(link);
    if (calls === undefined) take('\n-');
    else giveCalls(calls, take);
  }
}

/** No text is made but for symbols: this runs for each decorator of each controller, at every cold start. */
function giveCalls({ all }: ClassCalls, take: Take): void {
  take('\n');
  let last: unknown;
  for (let i = 0; i < all.length; i++) {
    const { decorator, args, member, isOutlined } = all[i]!;
    if (member !== last) {
      take('\n ');
      take(String(member));
      last = member;
    }
    if (!isOutlined) continue;
    take(' ');
    take(decorator);
    for (let j = 0; j < args.length; j++) {
      take(' ');
      take(String(args[j]));
    }
  }
}

/** Lists of texts, such as address ranges, count by value. */
function outlineOfOption(name: string, value: unknown): string {
  if (value === undefined) return '';
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const isTexts = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return `\n${name} ${isTexts ? JSON.stringify(value) : isObject ? true : `${typeof value} ${String(value)}`}`;
}
