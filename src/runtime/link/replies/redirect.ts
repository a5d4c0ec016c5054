import { readLocation } from '../../http/origin/location.js';
import { asReply, createReply } from '../../http/reply/rare-replies.js';
import type { ReplyDefaults } from '../../http/reply/reply-defaults.js';
import { toReply } from '../../http/reply/to-reply.js';
import type { ReplyPlan } from '../../plan/app-plan.js';
import type { ReplyMaker } from './reply-maker.js';

/**
 * `@Redirect`: a string that the method returns is the location, on the app's own origin unless all are allowed. Characters
 * that a location cannot have are percent-encoded; escapes in it stay as they are.
 */
export function createRedirectMaker(
  { status, location, allow }: NonNullable<ReplyPlan['redirect']>,
  defaults: ReplyDefaults,
): ReplyMaker {
  return function makeRedirect(result, request) {
    if (asReply(result) || hasOwnStatus(result, defaults)) return toReply(result, defaults);
    const target =
      typeof result === 'string' ? readLocation(result, request, allow, '@Redirect') : (result ?? location);
    if (typeof target !== 'string') {
      const kind = result === null ? 'null' : `a value of type ${typeof result}`;
      throw new TypeError(`@Redirect needs a location: return a string, not ${kind}.`);
    }
    return createReply(status, { ...defaults.headers, location: target }, undefined, defaults.cookies);
  };
}

/** Whether decorators give a result its own status: `null` by `@OnNull`, `undefined` by `@OnUndefined`. */
function hasOwnStatus(result: unknown, { onNull, onUndefined }: ReplyDefaults): boolean {
  return (result === null && onNull !== undefined) || (result === undefined && onUndefined !== undefined);
}
