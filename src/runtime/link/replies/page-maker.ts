import { asReply } from '../../http/reply/rare-replies.js';
import type { ReplyDefaults } from '../../http/reply/reply-defaults.js';
import { toReply } from '../../http/reply/to-reply.js';
import type { ViewEngine } from '../../views/view-engine.js';
import type { ReplyMaker } from './reply-maker.js';

/** `@Render`: the method's result has the values for a view. */
export function createPageMaker(view: string, views: ViewEngine, defaults: ReplyDefaults): ReplyMaker {
  const { contentType = 'text/html', textType = 'text/html; charset=utf-8' } = defaults;
  const page: ReplyDefaults = { ...defaults, contentType, textType };
  return function makePage(result, request) {
    const values = result === undefined && defaults.onUndefined === undefined ? {} : result;
    if (values === undefined || values === null || asReply(values)) return toReply(values, defaults);
    if (typeof values !== 'object') {
      throw new TypeError(`@Render('${view}') needs an object of values: return one, not a ${typeof values}.`);
    }
    const text = views.render(view, values, request);
    return typeof text === 'string' ? toReply(text, page) : text.then((rendered) => toReply(rendered, page));
  };
}
