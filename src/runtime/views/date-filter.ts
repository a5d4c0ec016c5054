/** How dates are written, unless a view says otherwise. */
export interface DateDefaults {
  /** A language tag, such as `de-AT` (BCP 47). Default: `en`. */
  readonly locale?: string | undefined;
  /** A name of the IANA time zone database, such as `Europe/Vienna`. Default: `UTC`. */
  readonly timeZone?: string | undefined;
}

/** What a view passes by name: the options of `Intl.DateTimeFormat`, and the locale. */
type DateKeywords = Intl.DateTimeFormatOptions & { locale?: string; __keywords?: boolean };

type Style = 'full' | 'long' | 'medium' | 'short';

/** A date without a time, which is the same day in every time zone. */
const DATE_ALONE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Makes the filter `date`: `{{ post.created | date }}`, `{{ created | date('long') }}`,
 * `{{ created | date(dateStyle='short', timeStyle='short', timeZone='Europe/Vienna', locale='de') }}`. It takes a `Date`, a
 * text that `Date` reads, or milliseconds since 1970; nothing is written for null and undefined.
 */
export function createDateFilter({ locale = 'en', timeZone = 'UTC' }: DateDefaults = {}) {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return function date(value: unknown, ...args: unknown[]): string {
    if (value === undefined || value === null || value === '') return '';
    const instant = value instanceof Date ? value : new Date(value as string | number);
    if (Number.isNaN(instant.getTime())) {
      throw new RangeError(`date: ${JSON.stringify(value)} is not a date. Pass a Date, or a text such as 2026-11-27.`);
    }
    const options: Intl.DateTimeFormatOptions = { timeZone, ...readOptions(args) };
    if (typeof value === 'string' && DATE_ALONE.test(value)) options.timeZone = 'UTC';
    const key = JSON.stringify(options);
    const format = formats.get(key) ?? new Intl.DateTimeFormat((options as DateKeywords).locale ?? locale, options);
    formats.set(key, format);
    return format.format(instant);
  };
}

/** The options of one use of the filter: a style, and what is passed by name. */
function readOptions(args: readonly unknown[]): DateKeywords {
  const last = args.at(-1);
  const isNamed = typeof last === 'object' && last !== null;
  const { __keywords: _, ...named } = (isNamed ? last : {}) as DateKeywords;
  if (typeof args[0] === 'string') return { dateStyle: args[0] as Style, ...named };
  // Intl allows a style, or parts such as the weekday, but not both.
  return Object.keys(named).some((name) => name !== 'locale' && name !== 'timeZone')
    ? named
    : { dateStyle: 'medium', ...named };
}
