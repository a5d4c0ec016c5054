import type { ReplyPlan } from '../../plan/app-plan.js';
import type { ViewEngine } from '../../views/view-engine.js';
import { createPageMaker } from './page-maker.js';
import { loadRedirect } from './redirect.lazy.js';
import type { ReplyMaker } from './reply-maker.js';

/** Makes the reply maker of a route with `@Render` or `@Redirect`. */
export function linkReply(plan: ReplyPlan, views: ViewEngine | undefined): ReplyMaker {
  const { redirect, view } = plan;
  return view === undefined ? loadRedirect().createRedirectMaker(redirect!, plan) : createPageMaker(view, views!, plan);
}
