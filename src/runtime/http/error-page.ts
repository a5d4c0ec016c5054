/** What a browser is shown of an error. */
export interface ErrorPage {
  readonly title: string;
  readonly detail: string | undefined;
  /** What is wrong with the request, one by one. */
  readonly mistakes: readonly string[];
  readonly requestId: string | undefined;
  readonly stack: string | undefined;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: unknown): string {
  return String(text).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** The page, whole, with nothing to load. This file imports nothing: it is a file apart in bundles. */
export function errorPage({ title, detail, mistakes, requestId, stack }: ErrorPage): string {
  const rows = [
    // The detail of a request with mistakes is these mistakes again, in one line.
    detail === undefined || mistakes.length > 0 ? '' : `<p>${escapeHtml(detail)}</p>`,
    mistakes.length === 0 ? '' : `<ul>${mistakes.map((mistake) => `<li>${escapeHtml(mistake)}</li>`).join('')}</ul>`,
    requestId === undefined ? '' : `<p>Request <code>${escapeHtml(requestId)}</code></p>`,
    stack === undefined ? '' : `<pre>${escapeHtml(stack)}</pre>`,
  ];
  const escaped = escapeHtml(title);
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped}</title>` +
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">' +
    '<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}pre{overflow:auto}</style>' +
    `</head><body><h1>${escaped}</h1>${rows.join('')}</body></html>`
  );
}
