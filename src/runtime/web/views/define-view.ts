import { type AppCheck, appChecks } from '../../declarations/app-checks.js';
import type { ReplyInit } from '../../http/reply/reply-head.js';
import { sharedByCopies } from '../../identity/copies.js';
import type { ViewData } from '../view-values.js';
import { type ViewReply, view } from './view.js';

/** A view and the type of its data; it makes the pages that {@link view} makes. The data may be left out where it may be empty. */
export type DefinedView<Data extends object> = (
  ...args: Record<never, never> extends Data ? [data?: Data, init?: ReplyInit] : [data: Data, init?: ReplyInit]
) => ViewReply;

const definedViews = sharedByCopies('defined-views', new Set<string>());

/**
 * Binds the type of a view's data to its name, once, beside the DTOs that it shows. Startup checks that the view exists and
 * compiles, as it does for names in `@Render`; where several apps with views run in one process, all must have it.
 *
 * @typeParam Data what the view needs. Default: nothing
 * @param name of the view, relative to the folder of views
 * @example
 * ```ts
 * const showPost = defineView<{ post: Post; comments: Comment[] }>('posts/show.html');
 *
 * @Get('/:id')
 * async show(@Param('id') id: number) {
 *   return showPost({ post: await this.posts.get(id), comments: await this.comments.of(id) });
 * }
 * ```
 */
export function defineView<Data extends ViewData = Record<never, never>>(name: string): DefinedView<Data> {
  definedViews.add(name);
  return (data?: Data, init?: ReplyInit) => view(name, data, init);
}

const checkDefinedViews: AppCheck = ({ views }, mistakes, routes) => {
  if (views === undefined) return;
  for (const name of definedViews) {
    const mistake = views.findMistake(name, routes);
    if (mistake !== undefined) mistakes.at({ decorator: `defineView('${name}')` }).add('invalid-view', mistake);
  }
};

appChecks.add(checkDefinedViews);
