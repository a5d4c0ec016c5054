import { match } from 'path-to-regexp';
import { routesOf, type SegmentSpec, type TableSpec, variantsOf, type WholeRoute, writePath } from './table-spec.js';

/** What a request leads to, by the oracle. */
export interface Verdict {
  /** The routes that none beats; several where none of the rules decides between them. */
  readonly routes: readonly string[];
  /** By route, its parameters. */
  readonly params: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** How specific a segment is: the lower the first number, and then the second, the more. */
function rankOf(segment: SegmentSpec): readonly [number, number] {
  switch (segment.kind) {
    case 'literal':
      return [0, 0];
    case 'mixed':
      return [1, -segment.text.replaceAll(':', '').length];
    case 'param':
      return [2, 0];
    case 'rest':
      return [3, 0];
  }
}

/** What stands behind a slash at the end, where that makes another path. */
const NOTHING: SegmentSpec = { kind: 'literal', text: '' };

/** Below zero where the first beats the second, 0 where no rule decides between them. */
function compare(a: readonly SegmentSpec[], b: readonly SegmentSpec[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [[kindA, literalA], [kindB, literalB]] = [rankOf(a[i]!), rankOf(b[i]!)];
    if (kindA !== kindB) return kindA - kindB;
    if (literalA !== literalB) return literalA - literalB;
    // Two texts of one length, such as `a:` and `:b`: a difference, and none that decides.
    if (textOf(a[i]!) !== textOf(b[i]!)) return 0;
  }
  return b.length - a.length;
}

const shapeOf = (segment: SegmentSpec) => segment.kind + textOf(segment);

function textOf(segment: SegmentSpec): string {
  return 'text' in segment ? segment.text.toLowerCase() : '';
}

/** Of two routes at one path: the one for the method, then GET's for HEAD, then `@All`. */
function methodRank(declared: string, asked: string): number | undefined {
  if (declared === asked) return 0;
  if (declared === 'GET' && asked === 'HEAD') return 1;
  return declared === 'ALL' ? 2 : undefined;
}

/** A slash that was sent as `%2F`, so that path-to-regexp takes it for no border. */
const ENCODED_SLASH = '\ue000';

/** One way to read a route. */
interface Reading {
  readonly whole: WholeRoute;
  readonly segments: readonly SegmentSpec[];
  readonly matches: ReturnType<typeof match>;
}

const known = new WeakMap<TableSpec, readonly Reading[]>();

function readingsOf(table: TableSpec): readonly Reading[] {
  let readings = known.get(table);
  if (readings === undefined) {
    readings = routesOf(table).flatMap((whole) => variantsOf(whole).map((segments) => read(whole, segments, table)));
    known.set(table, readings);
  }
  return readings;
}

function read(whole: WholeRoute, declared: readonly SegmentSpec[], table: TableSpec): Reading {
  const segments = declared.map(decodeText);
  const hasSlash = table.strict && endsInSlash(whole) && segments.length > 0;
  const { path } = writePath(segments, 'v');
  const matches = match((path || '/') + (hasSlash ? '/' : ''), {
    decode: false,
    sensitive: table.caseSensitive,
    trailing: false,
  });
  return { whole, segments: hasSlash ? [...segments, NOTHING] : segments, matches };
}

/** Literals compare after decoding, as declared as well as asked for. */
function decodeText(segment: SegmentSpec): SegmentSpec {
  return 'text' in segment ? { ...segment, text: decodeURIComponent(segment.text) } : segment;
}

/**
 * The dispatcher's rules for choosing a route, by other means: path-to-regexp over each reading of each route, one after the
 * other, in the order of how specific they are.
 *
 * @param path well-formed
 */
export function judge(table: TableSpec, method: string, path: string): Verdict {
  const slashless = !table.strict && path !== '/' && path.endsWith('/') ? path.slice(0, -1) : path;
  const prepared = slashless
    .split('/')
    .map((segment) => decodeURIComponent(segment).replaceAll('/', ENCODED_SLASH))
    .join('/');
  const fitting = readingsOf(table).flatMap(({ whole, segments, matches }) => {
    const rank = methodRank(whole.route.method, method);
    const matched = rank !== undefined && matches(prepared);
    return matched === false ? [] : [{ whole, segments, rank: rank!, values: matched.params }];
  });
  const beats = (a: (typeof fitting)[number], b: (typeof fitting)[number]) => {
    const order = compare(a.segments, b.segments);
    const isSamePath = a.segments.map(shapeOf).join('/') === b.segments.map(shapeOf).join('/');
    return order < 0 || (isSamePath && a.rank < b.rank);
  };
  const equals = fitting.filter((each) => !fitting.some((other) => beats(other, each)));
  return {
    routes: equals.map(({ whole }) => whole.name),
    params: new Map(equals.map(({ whole, values }) => [whole.name, rename(whole, values, path)])),
  };
}

function endsInSlash({ controller, route }: WholeRoute): boolean {
  return route.segments.length > 0 ? route.hasSlash : controller.hasSlash;
}

/** The values by the names that the app gave them; of a `*rest` the text with its slashes, `%2F` as it was sent. */
function rename(whole: WholeRoute, values: object, path: string): Record<string, string> {
  const { controller, route } = whole;
  const names = [...writePath(controller.prefix, 'q').params, ...writePath(route.segments, 'p').params];
  const renamed: Record<string, string> = {};
  names.forEach(({ name, kind }, i) => {
    const value: string | undefined = (values as Record<string, string | undefined>)[`v${i}`];
    if (value === undefined) return;
    renamed[name] = kind === 'rest' ? restOf(value, path) : value.replaceAll(ENCODED_SLASH, '/');
  });
  return renamed;
}

/** As text, a rest keeps the `%2F` that was sent, in the case that it was sent in. */
function restOf(value: string, path: string): string {
  const sent = path.match(/%2f/gi) ?? [];
  const isUpper = sent.every((slash) => slash === '%2F');
  return value.replaceAll(ENCODED_SLASH, isUpper ? '%2F' : '%2f');
}
