import type { AppOptions } from '../../app.js';
import type { Class } from '../class.js';
import { chainOf } from './controller-chain.js';
import type { ControllerRecord, MethodRecord } from './controller-record.js';

/**
 * What an app is, in short: its controllers in their order, their prefixes, methods and paths; its options, scalars by value
 * and others by presence; but not its public folders, on which no route depends. A plan is that of an app whose outline is
 * the same. Never throws.
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

function outlineOfController(type: Class): string {
  if (typeof type !== 'function') return '\n-';
  let text = '\n';
  const chain = chainOf(type);
  for (let i = 0; i < chain.length; i++) text += outlineOfRecord(chain[i]!.record);
  return text;
}

/** Text is appended and nothing else: this runs for each method of each controller, at every cold start. */
function outlineOfRecord({ prefix, scope, name, mistakes, methods }: ControllerRecord): string {
  let text = `\n${prefix} ${scope} ${mistakes.length}`;
  if (name !== undefined) text += ` ${name}`;
  const addMethod = ({ routes }: MethodRecord, key: string | symbol) => {
    text += `\n ${String(key)}`;
    for (let i = 0; i < routes.length; i++) {
      const { method, paths } = routes[i]!;
      text += ` ${method} ${paths.length === 1 ? paths[0] : JSON.stringify(paths)}`;
    }
  };
  methods.forEach(addMethod);
  return text;
}

/** Lists of texts, such as address ranges, count by value. */
function outlineOfOption(name: string, value: unknown): string {
  if (value === undefined) return '';
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const isTexts = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return `\n${name} ${isTexts ? JSON.stringify(value) : isObject ? true : `${typeof value} ${String(value)}`}`;
}
