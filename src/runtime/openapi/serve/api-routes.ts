import type { AppOptions } from '../../app.js';
import { appChecks } from '../../declarations/app-checks.js';
import type { Class } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { Controller } from '../../decorators/controller.js';
import { Req } from '../../decorators/params.js';
import { Get } from '../../decorators/routes.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import { reply } from '../../http/reply/reply.js';
import { markApiController } from './api-controllers.js';
import { loadApiPage } from './api-page.lazy.js';
import { loadDocumentText } from './document-text.lazy.js';

appChecks.add(checkOptions);

/** Where a build that loads the app wants its document. */
const DOCUMENTS = Symbol.for('twodoors.documents');

/**
 * Adds the routes of `defineApp({ openapi })` to an app: they are routes like any other, so that the same holds for them at
 * every door. The app's `resolve` does not see their controller.
 */
export function withApiRoutes(options: Readonly<AppOptions>): Readonly<AppOptions> {
  const { openapi, controllers, resolve } = options;
  if (openapi?.path === undefined || !Array.isArray(controllers) || findMistake(openapi) !== undefined) return options;
  const type = createController(openapi.path, openapi.ui, () => loadDocumentText().documentText(extended));
  const extended: Readonly<AppOptions> = {
    ...options,
    controllers: [...controllers, type],
    ...(resolve !== undefined && { resolve: resolveExcept(type, resolve) }),
  };
  if (DOCUMENTS in globalThis) loadDocumentText().reportDocument(extended, globalThis[DOCUMENTS as never]);
  return extended;
}

function resolveExcept(own: Class, resolve: NonNullable<AppOptions['resolve']>): NonNullable<AppOptions['resolve']> {
  return (type, request) => ((type as unknown) === own ? new type() : resolve(type, request));
}

/** Browsers ask each time: the document changes with the app. */
const FRESH = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };

/** Nothing but the files of the page itself, and requests to the app. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function createController(path: string, ui: string | undefined, readDocument: () => string): Class {
  class ApiDocumentController {
    document(): HttpReply {
      return file(readDocument(), 'application/json');
    }

    page(request: HttpRequest): HttpReply {
      // The links of the page are relative to its path without a slash at the end.
      if (request.path.endsWith('/'))
        return reply(undefined, { status: 308, headers: { location: `..${ui!.slice(ui!.lastIndexOf('/'))}` } });
      const { pageHtml } = loadApiPage();
      const own = file(pageHtml(ui!, path), 'text/html; charset=utf-8');
      own.headers['content-security-policy'] = POLICY;
      return own;
    }

    script(): HttpReply {
      return file(loadApiPage().pageScript, 'text/javascript; charset=utf-8');
    }

    style(): HttpReply {
      return file(loadApiPage().pageStyle, 'text/css; charset=utf-8');
    }
  }
  const { prototype } = ApiDocumentController;
  const get = (at: string, name: keyof ApiDocumentController) => {
    Get(at)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
  };
  get(path, 'document');
  if (ui !== undefined) {
    Req()(prototype, 'page', 0);
    get(ui, 'page');
    get(`${ui.replace(/\/$/, '')}/page.js`, 'script');
    get(`${ui.replace(/\/$/, '')}/page.css`, 'style');
  }
  Controller()(ApiDocumentController);
  markApiController(ApiDocumentController);
  return ApiDocumentController;
}

function file(text: string, contentType: string): HttpReply {
  return reply(text, { headers: { ...FRESH, 'content-type': contentType } });
}

function checkOptions({ openapi }: Readonly<AppOptions>, mistakes: Mistakes): void {
  if (openapi === undefined) return;
  const found = findMistake(openapi);
  if (found !== undefined) mistakes.at({ option: `openapi${found.at}` }).add('invalid-option', found.message);
}

function findMistake(openapi: unknown): { readonly at: string; readonly message: string } | undefined {
  if (typeof openapi !== 'object' || openapi === null) {
    return { at: '', message: "it is not an object. Write { path: '/openapi.json', ui: '/docs' }." };
  }
  const { path, ui } = openapi as { readonly path?: unknown; readonly ui?: unknown };
  if (path !== undefined && !isPlainPath(path)) return notPlain('path', path, '/openapi.json');
  if (ui === undefined) return undefined;
  if (!isPlainPath(ui)) return notPlain('ui', ui, '/docs');
  if (path === undefined) return { at: '.ui', message: "the page needs the document. Add its path: '/openapi.json'." };
  return ui === path ? { at: '.ui', message: 'it is the path of the document too. Change one of them.' } : undefined;
}

function notPlain(name: string, value: unknown, example: string): { readonly at: string; readonly message: string } {
  return {
    at: `.${name}`,
    message: `${JSON.stringify(value)} is not a plain path. Write it like '${example}', without parameters.`,
  };
}

function isPlainPath(path: unknown): boolean {
  return typeof path === 'string' && /^(?:\/[\w.~-]+)+$/.test(path);
}
