import { sessionUsers } from '../../session-users.js';
import type { Identifier } from './identifier.js';

/** Knows the users who have signed in by `login()`, by their session: what `auth()` does where nothing else is said. */
export const session: Identifier<never> = {
  scheme: 'session',
  // login() takes no other id than that of the app's users.
  identify: (request) => sessionUsers.of?.(request)?.userId as undefined,
  forget: (request) => sessionUsers.of?.(request)?.forgetUser(),
};
