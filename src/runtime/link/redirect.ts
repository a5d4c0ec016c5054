import encodeUrl from 'encodeurl';
import { asIs, make, type PlanReply, toReply } from './reply-maker.js';

/**
 * `@Redirect`: what the method returns, if it is a string, is the location. What a location cannot hold is
 * percent-encoded; escapes that are there stay as they are.
 */
export function planRedirect(location: string | undefined, status: number): PlanReply {
  return ({ defaults, complain }) => {
    if (!Number.isInteger(status) || status < 300 || status > 399) {
      complain('@Redirect', 'invalid-status', `${status} is not a status from 300 to 399. Correct it.`);
    }
    if (location === '') complain('@Redirect', 'empty-location', 'the location is empty. Give one.');
    const known = location === undefined ? undefined : encodeUrl(location);
    return (result) => {
      if (asIs(result)) return toReply(result, defaults);
      const target = typeof result === 'string' ? encodeUrl(result) : (result ?? known);
      if (typeof target !== 'string') {
        const kind = result === null ? 'null' : `a value of type ${typeof result}`;
        throw new TypeError(`@Redirect needs a location: return a string, not ${kind}.`);
      }
      return make(status, { ...defaults.headers, location: target }, undefined, defaults.cookies);
    };
  };
}
