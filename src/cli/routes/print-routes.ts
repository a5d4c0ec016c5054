import { publicFoldersOf } from '../../runtime/declarations/public-folders.js';
import { publicFileAt } from '../../runtime/files/public-files.js';
import { withApiRoutes } from '../../runtime/openapi/serve/api-routes.js';
import { planApp } from '../../runtime/plan/plan-app.js';
import { CommandError } from '../command-error.js';
import { plural } from '../plural.js';
import type { Printed } from '../print-and-exit.js';
import { loadApp } from '../project/load-app.js';
import type { Project } from '../project/project.js';
import { orStartupMistakes } from '../project/startup-mistakes.js';
import { textTable } from '../text-table.js';
import { type ListedParameter, type ListedRoute, listRoutes, middlewareName } from './listed-route.js';
import { printExplanation } from './printed-explanation.js';
import { explainRequest } from './request-explanation.js';

/** What to print of the routes. */
export interface RoutesOptions {
  /** A method and a path; undefined for all routes. */
  readonly match: string | undefined;
  readonly isJson: boolean;
}

/**
 * Lists the routes of an app, or explains which of them answers a request. Nothing of the app is constructed.
 *
 * @throws CommandError if the app cannot be loaded or has mistakes, or the request is not a method and a path
 */
export async function printRoutes(
  project: Project,
  appFile: string,
  { match, isJson }: RoutesOptions,
): Promise<Printed> {
  const request = match === undefined ? undefined : parseRequest(match);
  const app = await loadApp(project, appFile);
  const options = withApiRoutes(app.options);
  const plan = orStartupMistakes(() => planApp(options));
  const routes = listRoutes(options, plan);
  if (request !== undefined) {
    const fileAt = (path: string) => publicFileAt(options, path);
    const explanation = explainRequest(request, { plan, routes, fileAt });
    const text = isJson ? JSON.stringify(explanation, undefined, 2) : printExplanation(explanation);
    return { text, isSuccess: explanation.route !== undefined || explanation.file !== undefined };
  }
  const use = (options.use ?? []).map(middlewareName);
  const folders = publicFoldersOf(options.public).map(({ root, prefix = '/' }) => ({ root, prefix }));
  const text = isJson
    ? JSON.stringify({ use, routes, public: folders }, undefined, 2)
    : printTable(routes, use, folders);
  return { text, isSuccess: true };
}

/** A public folder, and the path of its files. */
interface ListedFolder {
  readonly root: string;
  readonly prefix: string;
}

/** @throws CommandError where the text is not a method and a path */
function parseRequest(text: string): { readonly method: string; readonly path: string } {
  const parts = /^(?:([!#$%&'*+\-.^_`|~\w]+)\s+)?(?:https?:\/\/[^/?#]+)?(\/[^?#\s]*|\*)?(?:[?#]\S*)?$/i.exec(
    text.trim(),
  );
  if (parts === null || (parts[2] === undefined && !/:\/\//.test(text))) {
    throw new CommandError(`"${text}" is not a request. Write a method and a path: --match 'GET /todos/7'.`);
  }
  return { method: (parts[1] ?? 'GET').toUpperCase(), path: parts[2] ?? '/' };
}

function printTable(routes: readonly ListedRoute[], use: readonly string[], folders: readonly ListedFolder[]): string {
  const rows = routes.map(({ method, path, controller, handler, parameters, middleware }) => [
    method,
    path,
    `${controller}.${handler}`,
    parameters.map(printParameter).join(', '),
    middleware.join(', '),
  ]);
  const table = textTable([['method', 'path', 'handler', 'parameters', 'middleware'], ...rows]);
  const count = `${plural(routes.length, 'route')}${use.length === 0 ? '' : `; around every reply: ${use.join(', ')}`}`;
  const files = folders.map(({ root, prefix }) => `files of ${root} at ${prefix}`);
  return `${table}\n\n${[count, ...files].join('\n')}`;
}

/** As it is declared: `id: number` of the path, `query page?: number`. */
function printParameter({ in: source, name, type, required }: ListedParameter): string {
  const optional = required ? '' : '?';
  if (name === undefined) return `${source}${source === 'body' ? optional : ''}: ${type}`;
  return `${source === 'path' ? '' : `${source} `}${name}${optional}: ${type}`;
}
