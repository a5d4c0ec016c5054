import type { AppOptions } from '../../app.js';
import { summarise } from '../../http/errors/error-summary.js';
import type { ErrorPageRequest } from '../../http/errors/problem-reply.js';

/**
 * Makes the page for an error: the app's own view, `errors/404.html` for its status or `errors/error.html`, else the
 * built-in one. In development it ends with what a developer wants to know.
 */
export async function makeErrorPage(
  { views }: Readonly<AppOptions>,
  isDevelopment: boolean,
  asked: ErrorPageRequest,
): Promise<string> {
  const { status, thrown, request, builtIn, report, inTime } = asked;
  let page: string | undefined;
  try {
    const names = views?.list?.() ?? [];
    const view = [`errors/${status}.html`, 'errors/error.html'].find((name) => names.includes(name));
    if (view !== undefined) {
      page = await inTime(Promise.resolve(views!.render(view, { problem: asked.document }, request)));
    }
  } catch (error) {
    report(error, request);
  }
  page ??= builtIn();
  return isDevelopment ? withPanel(page, status, asked, summarise(thrown).isExposed) : page;
}

async function withPanel(
  page: string,
  status: number,
  { thrown, request, report }: ErrorPageRequest,
  isExposed: boolean,
): Promise<string> {
  try {
    // Loaded for the first error page in development.
    const { developmentPanel } = await import('./development-panel.js');
    const panel = developmentPanel(status, thrown, request, isExposed);
    const end = page.lastIndexOf('</body>');
    return end === -1 ? page + panel : page.slice(0, end) + panel + page.slice(end);
  } catch (error) {
    report(error, request);
    return page;
  }
}
