import fc from 'fast-check';
import { type RawRequest, toRawRequest } from 'twodoors/testing';
import { requestSpec } from '../parity/request-arbitrary.js';
import { type RequestSpec, toRequest } from '../parity/request-spec.js';
import { table } from '../parity/table-arbitrary.js';
import type { TableSpec } from '../parity/table-spec.js';
import { EVENTS, eventKinds } from './event-kinds.js';
import type { Call } from './function-process.js';
import type { Random } from './random.js';
import { REQUEST_KINDS } from './request-kinds.js';

const PIECES = [
  ...['a', 'Z', '7', '.', '-', '/', '//', '%', '%20', '%2F', '%41', '%c3%a9', '%00', '+', '=', '&', '&n=1', '?', ';'],
  ...[
    'é',
    '\u0000',
    '"',
    '<',
    ':',
    ',',
    '*',
    '(',
    "'",
    '{',
    '[',
    ']',
    '\\',
    'constructor',
    '__proto__',
    '&q=',
    '.json',
  ],
];

const VALUES: readonly unknown[] = [
  ...[0, 1, 2, 7, -1, 1.5, 101, 1e21, '', 'a', 'abc', 's', 'circle', 'x'.repeat(13), true, false, null],
  ...[[], ['a'], [{ name: 'a' }], Array(3).fill({ name: 't' }), {}, { a: 1 }, { name: 'a' }, [[]], '2024-02-30'],
  ...[
    '😀',
    'constructor',
    { kind: 'square', side: 2 },
    { kind: 'square' },
    { kind: [] },
    '7',
    'true',
    'taken',
    '\u0000',
  ],
];

const NAMES = [
  'name',
  'n',
  'flag',
  'even',
  'size',
  'tags',
  'shape',
  'kind',
  'id',
  'label',
  'toString',
  '__proto__',
  'Name',
];

const HEADERS: readonly (readonly [string, string])[] = [
  ['content-type', 'application/json; charset=utf-8'],
  ['Content-Type', 'application/x-www-form-urlencoded'],
  ['content-type', 'text/plain'],
  ['content-type', 'multipart/form-data; boundary=x'],
  ['content-type', ''],
  ['content-encoding', 'gzip'],
  ['accept', 'text/html'],
  ['x-a', 'a, b'],
  ['X-B', '1'],
  ['x-deny', '1'],
  ['cookie', 'c=1; n=2; a=%zz'],
  ['x-name', 'é'],
  ['origin', 'https://elsewhere.example'],
  ['sec-fetch-site', 'cross-site'],
];

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'get', 'X', ''];

const ODD_FIELDS: readonly unknown[] = [null, '', 1, {}, [], 'x', true, [null], { a: 1 }, { a: ['b', 'c'] }, [1, 'x']];

/** Where a text is changed a little: something is left out, or put in. */
function mutateText(text: string, random: Random): string {
  const at = Math.floor(random.next() * (text.length + 1));
  const isShorter = random.chance(0.3);
  return text.slice(0, at) + (isShorter ? '' : random.pick(PIECES)) + text.slice(isShorter ? at + 1 : at);
}

/** Changes one member of a JSON value, at any depth. */
function mutateValue(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.1)) return random.pick(VALUES);
  const entries = Object.entries(value);
  const name = random.chance(0.2) || entries.length === 0 ? random.pick(NAMES) : random.pick(entries)[0];
  const kept = entries.filter(([each]) => each !== name);
  const known = entries.find(([each]) => each === name);
  const changed = random.chance(0.25) ? kept : [...kept, [name, mutateValue(known?.[1], random)] as const];
  return Array.isArray(value) ? changed.map(([, each]) => each) : Object.fromEntries(changed);
}

function mutateBody(body: Uint8Array, random: Random): Uint8Array {
  const text = Buffer.from(body).toString('utf8');
  try {
    return Buffer.from(JSON.stringify(mutateValue(JSON.parse(text), random)) ?? '');
  } catch {
    return Buffer.from(mutateText(text, random));
  }
}

/** Changes a request in some places; most of them stay valid. */
function mutateRequest(request: RawRequest, random: Random): RawRequest {
  const times = random.pick([0, 1, 1, 2, 3]);
  let { method, target, headers, body } = request;
  for (let i = 0; i < times; i++) {
    const kind = random.next();
    if (kind < 0.5 && body.byteLength > 0) body = mutateBody(body, random);
    else if (kind < 0.75) target = mutateText(target, random);
    else if (kind < 0.93) headers = [...headers, random.pick(HEADERS)];
    else method = random.pick(METHODS);
  }
  return { method, target, headers, body };
}

/** Takes fields away from an event, or puts odd values there, at any depth. */
function mutateEvent(event: object, random: Random): object {
  const names = Object.keys(event);
  const holders = names.filter((name) => typeof (event as Record<string, unknown>)[name] === 'object');
  if (holders.length > 0 && random.chance(0.5)) {
    const name = random.pick(holders);
    const inner = (event as Record<string, object | null>)[name];
    return inner === null || inner === undefined ? event : { ...event, [name]: mutateEvent(inner, random) };
  }
  const name = random.chance(0.1)
    ? random.pick(['body', 'cookies', 'version', 'headers', 'isBase64Encoded'])
    : random.pick(names);
  if (name === undefined) return event;
  const { [name]: _, ...rest } = event as Record<string, unknown>;
  return random.chance(0.4) ? rest : { ...rest, [name]: random.pick(ODD_FIELDS) };
}

const kindsOfRich = Object.values(REQUEST_KINDS);

/** The tables of apps, the same for the same seed. */
export function sampleTables(count: number, seed: number): TableSpec[] {
  return fc.sample(table, { numRuns: count, seed });
}

/** A way to make any number of calls: of the rich app, of a slow one, and of the apps of some tables. */
export function createCalls(tables: readonly TableSpec[], random: Random): (count: number) => Call[] {
  const BATCH = 1000;
  let specs: RequestSpec[] = [];
  const nextSpec = () => {
    if (specs.length === 0)
      specs = fc.sample(requestSpec, { numRuns: BATCH, seed: Math.floor(random.next() * 2 ** 31) });
    return specs.pop()!;
  };
  const next = (): Call => {
    const isOfTable = tables.length > 0 && random.chance(0.4);
    const index = Math.floor(random.next() * tables.length);
    const handler = isOfTable ? index + 2 : random.chance(0.002) ? 1 : 0;
    const [target, init] = random.pick(kindsOfRich);
    const known = handler === 1 ? toRawRequest('/slow') : toRawRequest(`/api${target}`, init);
    const request = isOfTable ? toRequest(nextSpec(), tables[index]!) : mutateRequest(known, random);
    const event = EVENTS[random.pick(eventKinds)]!(request);
    return { handler, event: random.chance(0.1) ? mutateEvent(event, random) : event };
  };
  return (count) => Array.from({ length: count }, next);
}
