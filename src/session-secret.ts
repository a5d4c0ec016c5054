import { randomUUID } from 'node:crypto';

let made: string | undefined;

/**
 * Signs the cookies of sessions. The example must start without settings, so that without SESSION_SECRET it makes a secret
 * that is over when the process ends. An app of yours needs none of this: `secret: () => process.env.SESSION_SECRET`, without
 * which it does not start in production.
 */
export function sessionSecret(): string {
  made ??= process.env['SESSION_SECRET'] ?? randomUUID();
  return made;
}
