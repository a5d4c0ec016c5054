import type { AppOptions } from '../../app.js';
import type { Class } from '../class.js';
import { chainOf } from './controller-chain.js';
import type { ControllerRecord, MethodRecord } from './controller-record.js';

/**
 * What an app is, in short: its controllers in their order, their prefixes, methods and paths; its options, scalars by value
 * and others by presence; but not its public folders, on which no route depends. A plan is that of an app whose outline is
 * the same. Never throws.
 */
export function outlineOf({ controllers, use, public: _, ...others }: Readonly<AppOptions>): string {
  let text = `${Array.isArray(use) ? use.length : typeof use}`;
  for (const name of Object.keys(others).sort()) text += outlineOfOption(name, others[name as keyof typeof others]);
  if (!Array.isArray(controllers)) return `${text}\n${typeof controllers}`;
  for (const type of controllers) text += typeof type === 'function' ? outlineOfController(type) : '\n-';
  return text;
}

function outlineOfController(type: Class): string {
  let text = '\n';
  for (const { record } of chainOf(type)) text += outlineOfRecord(record);
  return text;
}

/** Text is appended and nothing else: this runs for each method of each controller, at every cold start. */
function outlineOfRecord({ prefix, scope, name, mistakes, methods }: ControllerRecord): string {
  let text = `\n${prefix} ${scope} ${mistakes.length}`;
  if (name !== undefined) text += ` ${name}`;
  methods.forEach(({ routes }: MethodRecord, name: string | symbol) => {
    text += `\n ${String(name)}`;
    for (const { method, paths } of routes) {
      text += ` ${method} ${paths.length === 1 ? paths[0] : JSON.stringify(paths)}`;
    }
  });
  return text;
}

/** Lists of texts, such as address ranges, count by value. */
function outlineOfOption(name: string, value: unknown): string {
  if (value === undefined) return '';
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const isTexts = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return `\n${name} ${isTexts ? JSON.stringify(value) : isObject ? true : `${typeof value} ${String(value)}`}`;
}
