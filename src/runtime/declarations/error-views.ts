import type { AppOptions } from '../app.js';
import type { RouteCheck } from '../views/view-engine.js';
import type { Mistakes } from './mistakes.js';

/** Checks the views for pages of errors, which no decorator names. Adds what is wrong to `mistakes`. */
export function checkErrorViews({ views }: Readonly<AppOptions>, mistakes: Mistakes, checkRoute: RouteCheck): void {
  for (const name of views?.list?.() ?? []) {
    if (!/^errors\/(?:[45]\d\d|error)\.html$/.test(name)) continue;
    const mistake = views!.findMistake(name, checkRoute);
    if (mistake !== undefined) mistakes.at({ option: 'views' }).add('invalid-view', mistake);
  }
}
