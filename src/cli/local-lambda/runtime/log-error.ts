import { format } from 'node:util';
import { toReport } from './runtime-error.js';

/** Makes `console` log in Lambda's text format, with the id of the request in each line. */
export function logRequestIds(requestId: () => string): void {
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

/** Logs anything that was thrown, even if its getters throw. */
export function logError(what: string, thrown: unknown): void {
  try {
    console.error(what, thrown);
  } catch {
    console.error(what, JSON.stringify(toReport(thrown)));
  }
}
