import type { RawRequest } from 'twodoors/testing';
import type { Reply } from './reply.js';
import { judge } from './routing-oracle.js';
import { routesOf, type TableSpec, type WholeRoute } from './table-spec.js';

/** What a handler shows of itself. */
interface Echo {
  readonly route: string;
  readonly args: readonly unknown[];
}

type Check = (request: RawRequest) => unknown;

/**
 * What a bind must give, told from the raw request by other means than ours: doors that agree may still be wrong.
 */
const TRUTHS: Record<string, Check> = {
  'query record': ({ target }) => recordOf(searchOf(target)),
  'query string': ({ target }) => searchOf(target).get('q') ?? 'undefined',
  'query strings': ({ target }) => (searchOf(target).has('q') ? searchOf(target).getAll('q') : 'undefined'),
  'header string': ({ headers }) => joined(headers, 'x-a') ?? 'undefined',
  'header record': ({ headers }) => {
    const names = [...new Set(headers.map(([name]) => name.toLowerCase()))].filter((name) => !HIDDEN.has(name));
    return Object.fromEntries(names.sort().map((name) => [name, joined(headers, name)]));
  },
  'cookie string': ({ headers }) => {
    const pairs = (joined(headers, 'cookie') ?? '').split(';').map((pair) => pair.trim());
    const value = pairs.find((pair) => /^c\s*=/.test(pair))?.replace(/^c\s*=\s*/, '');
    return value === undefined ? 'undefined' : decoded(value);
  },
  'body text': ({ body, headers }) => {
    const text = new TextDecoder('utf-8').decode(body);
    const isOther = /charset=(?!"?utf-8)/i.test(joined(headers, 'content-type') ?? '');
    return text === '' || text.includes('\ufffd') || isOther ? undefined : text;
  },
  'body bytes': ({ body }) => (body.byteLength === 0 ? undefined : { hex: Buffer.from(body).toString('hex') }),
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether path-to-regexp reads a target by the same rules: no empty segments, `%2F` in one case, one `*rest` a path. */
function isForOracle(path: string, table: TableSpec): boolean {
  if (path.includes('//') || (path.includes('%2F') && path.includes('%2f'))) return false;
  return routesOf(table).every(({ segments }) => segments.filter(({ kind }) => kind === 'rest').length < 2);
}

/** Outcomes that never say of themselves that there is nothing. */
const FOUND = new Set(['object', 'text', 'reply', 'generator']);

/** What gets the reply of an unknown route must be so by the oracle as well. */
function assertUnknown({ method, target }: RawRequest, status: number, table: TableSpec): void {
  const path = target.split('?', 1)[0]!;
  if (!isForOracle(path, table)) return;
  const routes = routesOf(table).filter(({ name }) => judge(table, method, path).routes.includes(name));
  // A value of the path that cannot be converted is a 404 of the route's own.
  const mayBeMissing = ({ route }: WholeRoute) =>
    !FOUND.has(route.outcome) || route.binds.some(({ bind }) => /^path (?!string|record)/.test(bind));
  if (routes.length === 0 || routes.some(mayBeMissing)) return;
  throw new Error(`${method} ${path} is a ${status}, and must lead to ${routes.map(({ name }) => name).join(' or ')}.`);
}

/** The route and its parameters, as the oracle chooses them. */
function assertRoute({ method, target }: RawRequest, { route, args }: Echo, whole: WholeRoute, table: TableSpec): void {
  const path = target.split('?', 1)[0]!;
  if (!isForOracle(path, table)) return;
  const verdict = judge(table, method, path);
  if (!verdict.routes.includes(route)) {
    throw new Error(`${method} ${path} leads to ${route}, and must to ${verdict.routes.join(' or ') || 'none'}.`);
  }
  const at = whole.route.binds.findIndex(({ bind }) => bind === 'path record');
  const params = verdict.params.get(route)!;
  if (at === -1 || Object.keys(params).length === 0 || args.length !== whole.route.binds.length) return;
  const order = (record: object) => JSON.stringify(Object.entries(record).sort());
  if (order(args[at] as object) !== order(params)) {
    throw new Error(`${method} ${path} has ${JSON.stringify(args[at])}, and must have ${JSON.stringify(params)}.`);
  }
}

const HIDDEN = new Set(['te', 'keep-alive', 'content-length']);

function searchOf(target: string): URLSearchParams {
  const mark = target.indexOf('?');
  return new URLSearchParams(`&${mark === -1 ? '' : target.slice(mark + 1)}`);
}

function recordOf(search: URLSearchParams): object {
  const names = [...new Set(search.keys())].sort();
  const pairs = names.map((name) => [name, search.getAll(name).length > 1 ? search.getAll(name) : search.get(name)]);
  return Object.fromEntries(pairs);
}

const FIRST = /^(?:authorization|referer|if-modified-since|from|max-forwards|etag|user-agent|content-type|host)$/;

function joined(headers: RawRequest['headers'], name: string): string | undefined {
  const values = headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value.trim());
  if (values.length === 0) return undefined;
  if (name === 'content-type' || name === 'max-forwards') return values[0]!.split(',')[0];
  return FIRST.test(name) ? values[0] : values.join(name === 'cookie' ? '; ' : ',');
}

/** What handlers throw with this text is for nobody but the log. */
const SECRET = 'secret';

/** @throws Error where what a handler was given is not what was sent */
export function assertTruth(request: RawRequest, reply: Reply, table: TableSpec): void {
  if (reply.status === 'cut off') return;
  if (reply.status >= 500 && reply.body.includes(SECRET)) throw new Error('A bug tells the client what it is.');
  if (reply.status === 404 || reply.status === 405) assertUnknown(request, reply.status, table);
  if (!reply.body.startsWith('{"route"')) return;
  if (request.headers.some(([name]) => name.toLowerCase() === 'content-encoding')) return;
  const echo = JSON.parse(reply.body.replace(/\}[^}]*$/, '}')) as Echo;
  const whole = routesOf(table).find(({ name }) => name === echo.route)!;
  assertRoute(request, echo, whole, table);
  const { binds } = whole.route;
  if (binds.length !== echo.args.length) return;
  binds.forEach(({ bind }, i) => {
    const isCookies = bind === 'cookie record';
    const expected = TRUTHS[isCookies ? 'cookie string' : bind]?.(request);
    if (expected === undefined) return;
    const given = isCookies ? ((echo.args[i] as { c?: string }).c ?? 'undefined') : echo.args[i];
    if (JSON.stringify(given) !== JSON.stringify(expected)) {
      throw new Error(
        `"${bind}" gives another value than was sent.\n--- sent\n${JSON.stringify(expected)}\n--- given\n${JSON.stringify(given)}\n--- request\n${request.method} ${request.target}`,
      );
    }
  });
}
