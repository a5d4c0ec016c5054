import type { Coding } from '../http/request/accepted-coding.js';

/** The ends of the names that a file has in each coding, beside itself: `site.css.br`. */
export const CODED_EXTENSIONS: Readonly<Record<Coding, string>> = { br: '.br', gzip: '.gz' };
