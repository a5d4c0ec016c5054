import encodeUrl from 'encodeurl';
import { asReply, createReply, toReply } from '../http/to-reply.js';
import type { PlanReply } from './reply-maker.js';

/**
 * `@Redirect`: a string that the method returns is the location. Characters that a location cannot have are
 * percent-encoded; escapes in it stay as they are.
 */
export function planRedirect(location: string | undefined, status: number): PlanReply {
  return ({ defaults, complain }) => {
    if (!Number.isInteger(status) || status < 300 || status > 399) {
      complain('@Redirect', 'invalid-status', `${status} is not a status from 300 to 399. Correct it.`);
    }
    if (location === '') complain('@Redirect', 'empty-location', 'the location is empty. Give one.');
    const declared = location === undefined ? undefined : encodeUrl(location);
    return function makeRedirect(result) {
      if (asReply(result)) return toReply(result, defaults);
      const target = typeof result === 'string' ? encodeUrl(result) : (result ?? declared);
      if (typeof target !== 'string') {
        const kind = result === null ? 'null' : `a value of type ${typeof result}`;
        throw new TypeError(`@Redirect needs a location: return a string, not ${kind}.`);
      }
      return createReply(status, { ...defaults.headers, location: target }, undefined, defaults.cookies);
    };
  };
}
