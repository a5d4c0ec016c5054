import { HttpReply } from '../../http/reply/http-reply.js';
import { makeLate } from '../../http/reply/late-reply.js';
import type { ReplyInit } from '../../http/reply/reply-head.js';
import { appOf } from '../app-of.js';
import type { ViewData } from '../view-values.js';

/** A reply that is a rendered view. Its body is made when it is sent. */
export type ViewReply = HttpReply & {
  /** The name of the view. */
  readonly view: string;
  /** What the view is rendered with, beside the app's context; for tests of a controller. */
  readonly data: object;
};

/**
 * A page as the result of a handler, of middleware, of `onError` or of `problem`: where the same method shows different
 * views, or a page has a status of its own. Where each result of a method is the same page, use `@Render`, whose view is
 * checked at startup; so is that of {@link defineView}.
 *
 * @param name of the view, relative to the folder of views. One that cannot be rendered is a 500 when the reply is made
 * @param data for the view. Default: none. The names that every view has already, such as `request`, are an error
 * @param init status (default: 200), headers and cookies; the content type is `text/html` unless they say otherwise
 * @throws TypeError or RangeError for a status or header that HTTP does not allow
 * @example
 * ```ts
 * @Get('/:id')
 * async show(@Param('id') id: number) {
 *   const post = await this.posts.find(id);
 *   return post === undefined ? view('posts/gone.html', { id }, { status: 410 }) : view('posts/show.html', { post });
 * }
 * ```
 */
export function view<Data extends ViewData>(name: string, data?: Data, init: ReplyInit = {}): ViewReply {
  const values: object = data ?? {};
  const page = Object.assign(new HttpReply(undefined, { ...init, status: init.status ?? 200 }), {
    view: name,
    data: values,
  });
  return makeLate(page, (request) => {
    const { views } = appOf(request);
    if (views === undefined) {
      throw new Error(
        `view('${name}'): the app has no views. Pass an engine: defineApp({ views: nunjucks() }), from 'twodoors/views'.`,
      );
    }
    const text = views.render(name, values, request);
    return typeof text === 'string' ? withBody(page, text) : text.then((rendered) => withBody(page, rendered));
  });
}

/** The page with its text; a new reply, since the app may return the same page to several requests. */
function withBody({ status, headers, cookies }: HttpReply, text: string): HttpReply {
  return new HttpReply(text, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, cookies });
}
