import { NO_DEFAULTS, type ReplyDefaults } from '../http/reply/reply-defaults.js';
import { toReply } from '../http/reply/to-reply.js';
import type { ReplyPlan } from '../plan/app-plan.js';
import type { ViewEngine } from '../views/view-engine.js';
import { createPageMaker } from './page-maker.js';
import { loadRedirect } from './redirect.lazy.js';
import type { ReplyMaker } from './reply-maker.js';

/** Makes the reply maker of a route. */
export function linkReply(plan: ReplyPlan, views: ViewEngine | undefined): ReplyMaker {
  const { redirect, view, ...declared } = plan;
  const defaults: ReplyDefaults = { ...NO_DEFAULTS, ...declared };
  if (view !== undefined) return createPageMaker(view, views!, defaults);
  if (redirect !== undefined) return loadRedirect().createRedirectMaker(redirect, defaults);
  return function makeReply(result) {
    return toReply(result, defaults);
  };
}
