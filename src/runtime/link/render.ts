import { asIs, type Defaults, type PlanReply, toReply, withCharset } from './reply-maker.js';

/** `@Render`: the result is a view's values. */
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
    const page: Defaults = { ...defaults, contentType: type, textType: withCharset(type) };
    return (result) => {
      const values = result === undefined ? {} : result;
      if (values === null || asIs(values)) return toReply(values, defaults);
      if (typeof values !== 'object') {
        throw new TypeError(`@Render('${view}') needs an object of values, and got a ${typeof values}.`);
      }
      const text = views!.render(view, values);
      return typeof text === 'string' ? toReply(text, page) : text.then((rendered) => toReply(rendered, page));
    };
  };
}
