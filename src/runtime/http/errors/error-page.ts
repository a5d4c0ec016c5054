import type { BindingIssue } from './http-error.js';
import type { Problem } from './problem.js';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for HTML. */
export function escapeHtml(text: unknown): string {
  return String(text).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/**
 * Whether a client prefers `text/html` (RFC 9110 §12.5.1): it is the first of its media ranges, and no other weighs more.
 */
export function prefersHtml(accept: string): boolean {
  if (!/^[\t ]*text\/html[\t ]*(?:[;,]|$)/i.test(accept)) return false;
  const weights = accept.split(',').map((range) => Number(/;[\t ]*q=([0-9.]+)/i.exec(range)?.[1] ?? 1));
  return weights[0]! > 0 && weights.every((weight) => !(weight > weights[0]!));
}

/**
 * The page that a browser gets for an error; it loads nothing else. This file imports nothing but types: bundles have it as
 * a separate file.
 *
 * @param placeOf names the place of a mistake
 * @param nonce of the page's style, where the app has a policy for styles
 */
export function errorPage(
  status: number,
  { title = 'Error', detail, errors, requestId }: Partial<Problem>,
  placeOf: (issue: BindingIssue) => string,
  nonce?: string,
): string {
  const mistakes = Array.isArray(errors) ? errors.map((issue) => wordsOf(issue, placeOf)) : [];
  const rows = [
    // The detail of a 400 has the same mistakes in one line.
    detail === undefined || mistakes.length > 0 ? '' : `<p>${escapeHtml(detail)}</p>`,
    mistakes.length === 0 ? '' : `<ul>${mistakes.map((mistake) => `<li>${escapeHtml(mistake)}</li>`).join('')}</ul>`,
    requestId === undefined ? '' : `<p>Request <code>${escapeHtml(requestId)}</code></p>`,
  ];
  const escaped = escapeHtml(`${status} ${title}`);
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped}</title>` +
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">' +
    `<style${nonce === undefined ? '' : ` nonce="${nonce}"`}>` +
    'body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}pre{overflow:auto}</style>' +
    `</head><body><h1>${escaped}</h1>${rows.join('')}</body></html>`
  );
}

/** The text of one error. The app's `problem` can make anything of the errors. */
function wordsOf(issue: unknown, placeOf: (issue: BindingIssue) => string): string {
  const { in: part, path, message } = Object(issue) as Partial<BindingIssue>;
  if (typeof message !== 'string') return String(issue);
  return typeof part === 'string' && typeof path === 'string'
    ? `${placeOf({ in: part, path, message })}: ${message}`
    : message;
}
