import type { RawRequest } from 'twodoors/testing';
import { routesOf, type SegmentSpec, type TableSpec, variantsOf } from './table-spec.js';

/** A request, said in terms of a table, so that each of the two can shrink on its own. */
export interface RequestSpec {
  /** Which route it is for, modulo their number. */
  route: number;
  /** Which reading of the route's optional groups. */
  variant: number;
  /** What the parameters are filled with, percent-encoded; used in turn. */
  values: readonly string[];
  /** How the path is changed then. */
  changes: readonly PathChange[];
  /** Without the question mark; undefined: there is none. */
  query: string | undefined;
  /** Undefined: the route's own. */
  method: string | undefined;
  headers: readonly (readonly [string, string])[];
  body: Uint8Array;
}

/** One change of a path. */
export type PathChange =
  | { change: 'double' | 'trail' | 'drop' | 'upper' | 'lower' | 'encode'; at: number }
  | { change: 'insert'; at: number; text: string };

/** The raw request. */
export function toRequest(spec: RequestSpec, table: TableSpec): RawRequest {
  const routes = routesOf(table);
  const whole = routes[spec.route % Math.max(routes.length, 1)];
  const variants = whole === undefined ? [[]] : variantsOf(whole);
  let next = 0;
  const value = () => spec.values[next++ % spec.values.length] ?? 'a';
  const segments = variants[spec.variant % variants.length]!.map((segment) => fill(segment, value));
  if (whole?.route.hasSlash) segments.push('');
  const path = `/${spec.changes.reduce(change, segments).join('/')}`;
  const method = spec.method ?? (whole === undefined || whole.route.method === 'ALL' ? 'PUT' : whole.route.method);
  const headers: [string, string][] = [
    ['Host', 'localhost'],
    ...spec.headers.map(([a, b]): [string, string] => [a, b]),
  ];
  if (spec.body.byteLength > 0) headers.push(['Content-Length', String(spec.body.byteLength)]);
  return {
    method,
    target: spec.query === undefined ? path : `${path}?${spec.query}`,
    headers,
    body: spec.body,
  };
}

function fill(segment: SegmentSpec, value: () => string): string {
  switch (segment.kind) {
    case 'literal':
      return encodeNonAscii(segment.text);
    case 'mixed':
      return encodeNonAscii(segment.text.replaceAll(':', value));
    case 'param':
      return value();
    case 'rest':
      return `${value()}/${value()}`;
  }
}

function encodeNonAscii(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

function change(segments: string[], { at, ...rest }: PathChange): string[] {
  const i = segments.length === 0 ? 0 : at % segments.length;
  const edit = (map: (text: string) => string) => segments.map((text, j) => (j === i ? map(text) : text));
  switch (rest.change) {
    case 'double':
      return segments.toSpliced(i, 0, '');
    case 'trail':
      return [...segments, ''];
    case 'drop':
      return segments.toSpliced(i, 1);
    case 'insert':
      return segments.toSpliced(i, 0, rest.text);
    case 'upper':
      return edit((text) => text.toUpperCase());
    case 'lower':
      return edit((text) => text.toLowerCase());
    case 'encode':
      return edit((text) => text.replace(/[a-z]/i, (letter) => `%${letter.charCodeAt(0).toString(16)}`));
  }
}

/** A request for a person. */
export function printRequest({ method, target, headers, body }: RawRequest): string {
  const text = Buffer.from(body);
  const isText = Buffer.from(text.toString('utf8')).equals(text);
  return [
    `${method} ${target}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body.byteLength === 0 ? [] : ['', isText ? text.toString('utf8') : `<${text.toString('hex')}>`]),
  ].join('\n');
}
