import { cspNonceOf } from '../../http/errors/csp-nonce.js';
import { escapeHtml } from '../../http/errors/error-page.js';
import type { HttpRequest } from '../../http/http-request.js';
import { exchangeOf } from '../exchange.js';
import { findNearestRoutes } from './nearest-routes.js';
import { readExcerpt, type SourceExcerpt } from './source-excerpt.js';
import { readFrames } from './stack-frames.js';

/** Where a view failed; an engine's errors may have it as `place`. */
interface FailurePlace {
  readonly file: string;
  readonly line: number;
}

/**
 * What a developer wants to know of an error, as HTML for the end of its page: the message, the stack with source lines, the
 * causes, the request; for a 404 without a route the nearest routes. It has styles of its own, apart from the page's.
 */
export function developmentPanel(status: number, thrown: unknown, request: HttpRequest, isExposed: boolean): string {
  const parts = [
    ...(status >= 500 || !isExposed ? errorsOf(thrown).map(describeError) : []),
    ...(status === 404 && request.route === undefined ? [describeRoutes(request)] : []),
  ];
  if (parts.length === 0) return '';
  const nonce = cspNonceOf(request);
  const body = [...parts, describeRequest(request)].join('');
  return `<section id="twodoors-development"><template shadowrootmode="open"><style${nonce === undefined ? '' : ` nonce="${nonce}"`}>${STYLE}</style><main>${body}<p>This part is shown in development only.</p></main></template></section>`;
}

const STYLE =
  ':host{all:initial;display:block}main{font:14px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#f6f5f1;border-top:4px solid #b3261e;padding:1rem 1.5rem;margin-top:2rem}' +
  'h2{font-size:1.1rem;margin:1rem 0 .5rem;overflow-wrap:anywhere}pre,td,code,summary{font:13px/1.5 ui-monospace,monospace}pre{overflow:auto;background:#fff;padding:.5rem;margin:.25rem 0}' +
  'mark{display:block;background:#fbe3df;color:inherit}td{padding:0 1rem 0 0;vertical-align:top;overflow-wrap:anywhere}' +
  '@media(prefers-color-scheme:dark){main{color:#e6e1e5;background:#1e1e22}pre{background:#121215}mark{background:#5c1d18}}';

/** An error with its causes, the outermost first. */
function errorsOf(thrown: unknown): unknown[] {
  const errors: unknown[] = [thrown];
  try {
    for (let cause = (thrown as Error | undefined)?.cause; cause !== undefined && errors.length < 5; ) {
      errors.push(cause);
      cause = (cause as Error | undefined)?.cause;
    }
  } catch {
    // Its getters throw.
  }
  return errors;
}

function describeError(error: unknown, index: number): string {
  try {
    const { name, message, place } = Object(error) as { name?: unknown; message?: unknown; place?: FailurePlace };
    const isError = error instanceof Error || typeof message === 'string';
    const title = isError ? `${name}: ${message}` : `thrown: ${String(error)}`;
    const excerpt = place === undefined ? undefined : readExcerpt(place.file, place.line);
    const frames = isError ? readFrames(error as Error) : [];
    return (
      `<h2>${index > 0 ? 'Caused by ' : ''}${escapeHtml(title)}</h2>${excerptHtml(excerpt)}` +
      // The calls of a template engine say less than the view's own line.
      (place === undefined ? frames.map(({ text, excerpt: own }, i) => frameHtml(text, own, i === 0)).join('') : '')
    );
  } catch {
    return '<h2>An error that cannot be read</h2>';
  }
}

function frameHtml(text: string, excerpt: SourceExcerpt | undefined, isOpen: boolean): string {
  if (excerpt === undefined) return `<pre>${escapeHtml(text)}</pre>`;
  return `<details${isOpen ? ' open' : ''}><summary>${escapeHtml(text)}</summary>${excerptHtml(excerpt)}</details>`;
}

function excerptHtml(excerpt: SourceExcerpt | undefined): string {
  if (excerpt === undefined) return '';
  const { file, line, lines } = excerpt;
  const rows = lines.map(({ number, text }) => {
    const row = escapeHtml(`${String(number).padStart(5)}  ${text}`);
    return number === line ? `<mark>${row}</mark>` : `${row}\n`;
  });
  return `<code>${escapeHtml(file)}:${line}</code><pre>${rows.join('')}</pre>`;
}

function describeRoutes(request: HttpRequest): string {
  const routes = findNearestRoutes(exchangeOf(request).app.controllers, request.path);
  return `<h2>No route has the path ${escapeHtml(request.path)}. The nearest are:</h2>${tableHtml(
    routes.map(({ method, path, name }) => [method, path, name]),
  )}`;
}

/** Values that sign in: a page on a shared screen need not show them. */
const HIDDEN = new Set(['authorization', 'cookie', 'proxy-authorization']);

function describeRequest(request: HttpRequest): string {
  const { method, path, rawQuery, route, params } = request;
  const target = `${method} ${path}${rawQuery === '' ? '' : `?${rawQuery}`}`;
  const handler = route === undefined ? [] : [['handler', `${route.controller.name}.${String(route.methodName)}`]];
  const headers = Object.entries(request.headers).map(([name, value]) => [name, HIDDEN.has(name) ? '(hidden)' : value]);
  const rows = [...handler, ...Object.entries(params).map(([name, value]) => [`:${name}`, value]), ...headers];
  return `<h2>${escapeHtml(target)}</h2>${tableHtml(rows)}`;
}

function tableHtml(rows: readonly (readonly unknown[])[]): string {
  const cells = (row: readonly unknown[]) => row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('');
  return `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</table>`;
}
