import type { AppOptions } from '../app.js';
import { appChecks } from '../declarations/app-checks.js';
import { checkPublicFolders, type PublicFolder, publicFoldersOf } from '../declarations/public-folders.js';
import { createPathPrefix, type PathPrefix } from '../dispatch/path-prefix.js';
import type { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { getExchange } from '../http/request-access.js';
import { loadAllowedMethods } from '../link/matching/allowed-methods.lazy.js';
import { decodeSegments } from '../link/matching/encoded-path.js';
import type { Match } from '../link/matching/match.js';
import { readTarget } from '../link/matching/target-path.js';
import { openRouteTable, type RouteTable } from '../link/route-table.js';
import { viewValues } from '../web/view-values.js';
import { builtFiles } from './built-files.js';
import { replyWithFile } from './file-reply.js';
import { builtFolderOf, type FileSource, type FoundFile, isFolder, openFileSource, placeOf } from './file-source.js';
import { addFingerprint, isCurrent, splitFingerprint } from './fingerprint.js';

appChecks.add(({ public: folders }, mistakes) => {
  checkPublicFolders(folders, mistakes, isThereElsewhere);
});

/** Whether a folder needs not be in the working directory. */
function isThereElsewhere(root: string): boolean {
  return builtFolderOf(root) !== undefined || (builtFiles()?.project !== undefined && isFolder(placeOf(root)));
}

/** A year, which caches take for ever (RFC 9111 §1.2.2). */
const YEAR = 365 * 24 * 3600;
const FOREVER = `public, max-age=${YEAR}, immutable`;

/** A public folder that is open. */
interface OpenFolder {
  /** Relative to the project. */
  readonly root: string;
  readonly source: FileSource;
  readonly prefix: PathPrefix | undefined;
  readonly cacheControl: string;
}

/** A file that a path leads to. */
interface PublicFile {
  readonly file: FoundFile;
  /** Its name in its folder, in decoded segments. */
  readonly segments: readonly string[];
  readonly folder: OpenFolder;
  readonly cacheControl: string;
}

/** By the options of the app: each app opens its folders once. */
const opened = new WeakMap<object, readonly OpenFolder[]>();

/**
 * Opens the routes of an app that has public folders. For GET a file is a route with a literal path: it beats all paths with
 * parameters, and a route with the same literal path beats it.
 *
 * @throws StartupError with every mistake
 */
export function openTableWithFiles(options: Readonly<AppOptions>): RouteTable {
  const table = openRouteTable(options);
  const folders = openFolders(options);
  return {
    get methods() {
      return table.methods;
    },
    linkAll: () => table.linkAll(),
    match(method, path) {
      const match = table.match(method, path);
      if (match.kind === 'malformed' || path === '*') return match;
      if (comesBeforeFiles(match, method)) return match;
      const found = findPublicFile(folders, path, options);
      if (found === undefined) return match;
      if (isRead(method)) return { kind: 'file', handle: (request) => replyTo(request, found) };
      return { kind: 'methods', allowed: allowedBesideFile(match) };
    },
  };
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD';

/** Whether a route answers although there is a file: of this literal path, or for a method that no file has. */
export function comesBeforeFiles(match: Match<{ readonly method: string }>, method: string): boolean {
  if (match.kind !== 'route') return false;
  return !isRead(method) || (match.paramValues.length === 0 && match.route.method !== 'ALL');
}

/** The methods of a path that has a file, and maybe routes. */
export function allowedBesideFile(match: Match<unknown>): readonly string[] {
  const methods = new Set(match.kind === 'methods' ? match.allowed : []).add('GET');
  return loadAllowedMethods().allowedMethods(methods);
}

/** The file that a path leads to, relative to the project; undefined where no public folder has it. */
export function publicFileAt(options: Readonly<AppOptions>, path: string): string | undefined {
  const found = findPublicFile(openFolders(options), path, options);
  return found && [found.folder.root, ...found.segments].join('/');
}

function replyTo(request: HttpRequest, { file, segments, folder, cacheControl }: PublicFile): Promise<HttpReply> {
  const beside = (name: string) => folder.source.find([...segments.slice(0, -1), name]);
  return replyWithFile(file, request, { cacheControl, beside });
}

function openFolders(options: Readonly<AppOptions>): readonly OpenFolder[] {
  const known = opened.get(options);
  if (known !== undefined) return known;
  const folders = publicFoldersOf(options.public).map((folder) => ({
    root: folder.root,
    source: openFileSource(folder.root, true),
    prefix: createPathPrefix(folder.prefix, options),
    cacheControl: cacheControlOf(folder),
  }));
  opened.set(options, folders);
  return folders;
}

/** What caches may do with a file: by default they ask each time. */
export function cacheControlOf({ maxAge, immutable }: Pick<PublicFolder, 'maxAge' | 'immutable'>): string {
  if (immutable === true) return maxAge === undefined ? FOREVER : `public, max-age=${maxAge}, immutable`;
  return maxAge === undefined || maxAge === 0 ? 'no-cache' : `public, max-age=${maxAge}`;
}

/** The first file that a path leads to: by its name, else by its name with a fingerprint. */
function findPublicFile(
  folders: readonly OpenFolder[],
  path: string,
  { strict }: Readonly<AppOptions>,
): PublicFile | undefined {
  for (const folder of folders) {
    const rest = folder.prefix === undefined ? path : folder.prefix.remove(path);
    const target = rest === undefined ? undefined : readTarget(rest, strict === true);
    const segments = target === undefined ? undefined : decodeSegments(target.raw);
    if (segments === undefined || segments.length === 0) continue;
    const file = folder.source.find(segments);
    if (file !== undefined) return { file, segments, folder, cacheControl: folder.cacheControl };
    const found = findFingerprinted(folder, segments);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * A page of an older version names the fingerprint of its own files. It gets those of this version, which no cache may keep
 * by that name.
 */
function findFingerprinted(folder: OpenFolder, segments: readonly string[]): PublicFile | undefined {
  const split = splitFingerprint(segments.at(-1)!);
  if (split === undefined) return undefined;
  const original = [...segments.slice(0, -1), split.name];
  const file = folder.source.find(original);
  if (file === undefined) return undefined;
  return { file, segments: original, folder, cacheControl: isCurrent(split.digits, file.hash) ? FOREVER : 'no-cache' };
}

/**
 * The path of a public file, with the fingerprint of its content.
 *
 * @throws Error where no folder has it
 */
export function publicPathOf(options: Readonly<AppOptions>, name: string, caller: string): string {
  const segments = name.replace(/^\/+/, '').split('/');
  for (const { source, prefix } of openFolders(options)) {
    const file = source.find(segments);
    if (file === undefined) continue;
    const last = addFingerprint(segments.at(-1)!, file.hash);
    const path = [...segments.slice(0, -1), last].map((segment) => encodeURIComponent(segment)).join('/');
    return `${prefix?.path ?? ''}/${path}`;
  }
  const [what, fix] =
    options.public === undefined
      ? ['the app has no public folder', "Name it: defineApp({ public: 'src/public' })."]
      : ['no public folder has such a file', 'Correct the name.'];
  throw new Error(`${caller}, ${JSON.stringify(name)}: ${what}. ${fix}`);
}

viewValues.set('asset_url', (request) => (name: unknown) => {
  const options = getExchange(request).app as Readonly<AppOptions>;
  if (options.public === undefined) {
    throw new Error(
      "asset_url() needs an app with public files. Name their folder: defineApp({ public: 'src/public' }).",
    );
  }
  return request.basePath + publicPathOf(options, String(name), 'asset_url');
});
