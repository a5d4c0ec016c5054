import { jsonTextOf } from '../cookies/json-text.js';
import type { FlashedMessage } from '../flashed-messages.js';
import type { UserId } from '../session-users.js';

/** What is in the record of a session beside the app's data. */
export interface KeptInSession {
  flashes: FlashedMessage[];
  /** Who has signed in. */
  user?: UserId | undefined;
  /** How long this session lives after it was written, in seconds; undefined for what the options say. */
  lifetime?: number | undefined;
}

/** The names of these in the record, and who writes them. */
const NAMES = { flashes: '_flashes', user: '_user', lifetime: '_lifetime' } as const;
const WRITERS: Readonly<Record<string, string>> = { _flashes: 'flash()', _user: 'login()', _lifetime: 'login()' };

/** Takes what is not the app's data out of a record. */
export function takeKept(record: Record<string, unknown>): KeptInSession {
  const kept: KeptInSession = {
    flashes: (record[NAMES.flashes] as FlashedMessage[] | undefined) ?? [],
    user: record[NAMES.user] as UserId | undefined,
    lifetime: record[NAMES.lifetime] as number | undefined,
  };
  for (const name of Object.values(NAMES)) delete record[name];
  return kept;
}

/**
 * The whole record as JSON; empty for a session that holds nothing.
 *
 * @throws TypeError for a value that JSON would change, and for a name that is reserved
 */
export function addKept(data: Record<string, unknown>, { flashes, user, lifetime }: KeptInSession): string {
  for (const name of Object.values(NAMES)) {
    if (name in data) {
      throw new TypeError(`session.${name} is reserved for ${WRITERS[name]}. Choose another name.`);
    }
  }
  const text = jsonTextOf(data, 'session');
  const kept = JSON.stringify({
    [NAMES.flashes]: flashes.length > 0 ? flashes : undefined,
    [NAMES.user]: user,
    [NAMES.lifetime]: lifetime,
  });
  if (kept === '{}') return text === '{}' ? '' : text;
  return text === '{}' ? kept : `${text.slice(0, -1)},${kept.slice(1)}`;
}

/** The lifetime that a record says for itself, in seconds; undefined where it says none. */
export function lifetimeIn(text: string): number | undefined {
  if (!text.includes(`"${NAMES.lifetime}":`)) return undefined;
  return takeKept(JSON.parse(text) as Record<string, unknown>).lifetime;
}
