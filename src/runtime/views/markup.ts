import { brand } from '../identity/brand.js';

/** A string of HTML that views do not escape; {@link markup} makes it. */
export class Markup extends String {}

brand(Markup, 'Markup');

/**
 * Marks a string as HTML, so that a view writes it as it is: for globals, filters and values that return HTML. Escape what
 * users wrote before you put it in.
 *
 * @example
 * ```ts
 * const icon = (name: Icon) => markup(`<svg aria-hidden="true"><use href="/icons.svg#${name}"/></svg>`);
 * export const views = nunjucks({ globals: { icon } });
 * ```
 */
export function markup(html: string): Markup {
  return new Markup(html);
}
