import type { BindingIssue } from './http-error.js';
import type { Problem } from './problem.js';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: unknown): string {
  return String(text).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/**
 * What a browser is shown of an error: a page, whole, with nothing to load. This file imports nothing but types: it is a
 * file apart in bundles.
 *
 * @param shown what was thrown, where its stack is to be seen
 * @param placeOf says where a mistake is
 */
export function errorPage(
  status: number,
  { title = 'Error', detail, errors, requestId }: Partial<Problem>,
  shown: readonly unknown[],
  placeOf: (issue: BindingIssue) => string,
): string {
  const mistakes = Array.isArray(errors) ? errors.map((issue) => wordsOf(issue, placeOf)) : [];
  const rows = [
    // The detail of a request with mistakes is these mistakes again, in one line.
    detail === undefined || mistakes.length > 0 ? '' : `<p>${escapeHtml(detail)}</p>`,
    mistakes.length === 0 ? '' : `<ul>${mistakes.map((mistake) => `<li>${escapeHtml(mistake)}</li>`).join('')}</ul>`,
    requestId === undefined ? '' : `<p>Request <code>${escapeHtml(requestId)}</code></p>`,
    ...shown.map(stackOf),
  ];
  const escaped = escapeHtml(`${status} ${title}`);
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped}</title>` +
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">' +
    '<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}pre{overflow:auto}</style>' +
    `</head><body><h1>${escaped}</h1>${rows.join('')}</body></html>`
  );
}

/** One of a problem's errors, which are what the app has made of them. */
function wordsOf(issue: unknown, placeOf: (issue: BindingIssue) => string): string {
  const { in: part, path, message } = Object(issue) as Partial<BindingIssue>;
  if (typeof message !== 'string') return String(issue);
  return typeof part === 'string' && typeof path === 'string'
    ? `${placeOf({ in: part, path, message })}: ${message}`
    : message;
}

function stackOf(thrown: unknown): string {
  try {
    const { stack } = thrown as Error;
    return `<pre>${escapeHtml(typeof stack === 'string' ? stack : thrown)}</pre>`;
  } catch {
    return '';
  }
}
