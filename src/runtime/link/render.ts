import { withCharset } from '../http/media-type.js';
import type { ReplyDefaults } from '../http/reply-defaults.js';
import { asReply, toReply } from '../http/to-reply.js';
import type { PlanReply } from './reply-maker.js';

/** `@Render`: the method's result has the values for a view. */
export function planRender(view: string): PlanReply {
  return ({ defaults, views, complain }) => {
    if (views === undefined) {
      complain(
        '@Render',
        'no-views',
        "the app has no views. Pass an engine: defineApp({ views: nunjucks() }), from 'twodoors/views'.",
      );
    }
    const mistake = views?.findMistake(view);
    if (mistake !== undefined) complain('@Render', 'invalid-view', mistake);
    const type = defaults.contentType ?? 'text/html';
    const page: ReplyDefaults = { ...defaults, contentType: type, textType: withCharset(type) };
    return function makePage(result) {
      const values = result === undefined ? {} : result;
      if (values === null || asReply(values)) return toReply(values, defaults);
      if (typeof values !== 'object') {
        throw new TypeError(`@Render('${view}') needs an object of values: return one, not a ${typeof values}.`);
      }
      const text = views!.render(view, values);
      return typeof text === 'string' ? toReply(text, page) : text.then((rendered) => toReply(rendered, page));
    };
  };
}
