import type { AccessEntry } from './access-entry.js';

/** An entry as one line of JSON. */
export function toJsonLine({ fields, aborted, ...entry }: AccessEntry): string {
  const line = JSON.stringify({ ...entry, ...(aborted && { aborted }), ...fields });
  // Control characters and marks that turn the direction of text would change what a terminal shows.
  return line.replace(/[\x7f-\uffff]/g, (character) => `\\u${hex(character, 4)}`);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An entry in the Common Log Format; the user is not known. */
export function toCommonLine(entry: AccessEntry): string {
  const { client, time, method, path, protocol, status, bytes } = entry;
  const [, year, month, day, clock] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(time)!;
  const date = `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
  const request = escapeQuoted(`${method} ${path} ${protocol}`);
  return `${client ?? '-'} - - [${date}] "${request}" ${status} ${bytes === 0 ? '-' : bytes}`;
}

/** As Apache does: a quote in a path must not end the field. */
function escapeQuoted(text: string): string {
  return text.replace(/["\\]/g, '\\$&').replace(/[\x00-\x1f\x7f-\uffff]/g, (character) => `\\x${hex(character, 2)}`);
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
