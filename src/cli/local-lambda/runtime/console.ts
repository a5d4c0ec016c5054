import { format } from 'node:util';
import { tellError } from './runtime-error.js';

/** Names the request in each line that is logged, as Lambda's text format does; line breaks stay what they are. */
export function nameRequests(requestId: () => string): void {
  const log =
    (level: string) =>
    (message?: unknown, ...rest: unknown[]) => {
      const line = [new Date().toISOString(), requestId(), level, format(message, ...rest)].join('\t');
      process.stdout.write(`${line}\n`);
    };
  console.trace = log('TRACE');
  console.debug = log('DEBUG');
  console.info = console.log = log('INFO');
  console.warn = log('WARN');
  console.error = log('ERROR');
}

/** Logs what was thrown, whatever that is: its getters may throw as well. */
export function logError(what: string, thrown: unknown): void {
  try {
    console.error(what, thrown);
  } catch {
    console.error(what, JSON.stringify(tellError(thrown)));
  }
}
