import type { App } from 'twodoors';
import {
  type Door,
  type DoorName,
  doorNames,
  openDoor,
  type TestRequestInit,
  type TestResponse,
} from 'twodoors/testing';
import { staleApps, withReadyPlan } from '../planned-twin.js';

/** One case of a rule: a request, and the reply that every door must give. */
export interface Row extends TestRequestInit {
  /** The whole rule, in words: "a required number that is missing is a 400". */
  rule: string;
  target: string;
  /** Default: 200. */
  status?: number;
  /** The whole body: text as it is, anything else as JSON. */
  reply?: unknown;
  /** Members that the JSON body must have among others. */
  includes?: object;
  /** Headers that must be there, by lower-case name; undefined for one that must not. */
  replyHeaders?: Record<string, string | undefined>;
  replyCookies?: string[];
  /** Doors whose gateway destroys what the rule is about; each with a row in docs/parity.md. */
  lostIn?: DoorName[];
}

/** What {@link runRows} takes beside the rows. */
export interface RowsOptions {
  /**
   * `'all'` sends every row through every door. Say so where the rules are about the way to the door or back, though a
   * request looks plain: methods, kinds of reply. Default: each row through the doors of {@link doorsOf}.
   */
  doors?: 'all';
}

/** The doors for a row that no door can change. Of all gateways, REST rewrites most of a request. */
const TWO_DOORS: readonly DoorName[] = ['koa', 'rest'];

/**
 * The doors that a row is sent through: all six, unless no gateway can tell its request from any other.
 *
 * The doors differ in how they carry a request and a reply: escapes and repeated names in the target, methods, headers,
 * cookies, forms, bytes, base64. A row that has any of these on the wire, or expects headers or cookies, takes all
 * doors. What is left (a GET with a plain target, a POST of plain JSON) looks the same behind every door; binding,
 * validation and matching of it are shared code, so Koa and one Lambda source hold the rule as well as six. The row's
 * data decides, not its author: a row cannot leave out doors that matter. Parity (test/parity) sends all kinds of
 * requests through all doors besides.
 */
export function doorsOf(row: Row, { doors }: RowsOptions = {}): readonly DoorName[] {
  const names = doors === 'all' || !isPlain(row) ? doorNames : TWO_DOORS;
  return names.filter((name) => !row.lostIn?.includes(name));
}

/** Whether no door can change the request or the reply of a row. */
function isPlain({ method = 'GET', target, ...row }: Row): boolean {
  const onWire = [row.headers, row.body, row.form, row.lostIn, row.replyHeaders, row.replyCookies];
  return (
    method === 'GET' &&
    isPlainTarget(target) &&
    onWire.every((each) => each === undefined) &&
    row.reply !== '' &&
    [row.json, row.reply, row.includes].every(isAscii)
  );
}

/** Whether a target has only plain segments and named, distinct, plain values: no escape, nothing empty. */
function isPlainTarget(target: string): boolean {
  const [path = '', ...queries] = target.split('?');
  const names = queries.flatMap((query) => query.split('&')).map((each) => /^(\w+)=[\w.:-]+$/.exec(each)?.[1]);
  const isDistinct = !names.includes(undefined) && new Set(names).size === names.length;
  return /^(?:\/[\w-][\w.-]*)+$/.test(path) && queries.length < 2 && isDistinct;
}

function isAscii(value: unknown): boolean {
  return /^[\x20-\x7e]*$/.test(JSON.stringify(value) ?? '');
}

/** The door that opens an app by a ready plan; all others read and plan the app themselves. */
const PLANNED: DoorName = 'rest';

/** Runs each row through the doors of {@link doorsOf}. Behind one of them the app is planned ahead. */
export function runRows(app: App, rows: readonly Row[], options: RowsOptions = {}): void {
  const doors = doorNames.map((name) => ({ name, due: rowsOf(rows, name, options) }));
  describe.each(doors.filter(({ due }) => due.length > 0))('$name', ({ name, due }) => {
    let door: Door;
    beforeAll(async () => {
      door = await (name === PLANNED ? withReadyPlan(app, (twin) => openDoor(twin, name)) : openDoor(app, name));
    });
    afterAll(async () => {
      await door.close();
      if (name === PLANNED) expect(staleApps).toEqual([]);
    });

    test.each(due)('$rule: $target', async ({ target, ...row }) => {
      checkRow(row, await door.request(target, row));
    });
  });
}

/** The rows that are sent through a door. */
export function rowsOf(rows: readonly Row[], name: DoorName, options: RowsOptions = {}): Row[] {
  return rows.filter((row) => doorsOf(row, options).includes(name));
}

/** Holds a reply to what its row says. */
export function checkRow(row: Omit<Row, 'target'>, response: TestResponse): void {
  const text = response.text();
  expect({ status: response.status, text }).toMatchObject({ status: row.status ?? 200 });
  if (typeof row.reply === 'string' || isMatcher(row.reply)) expect(text).toEqual(row.reply);
  else if ('reply' in row) expect(JSON.parse(text)).toEqual(row.reply);
  if (row.includes !== undefined) expect(JSON.parse(text)).toMatchObject(row.includes);
  for (const [header, value] of Object.entries(row.replyHeaders ?? {})) {
    expect({ [header]: response.headers[header] }).toEqual({ [header]: value });
  }
  if (row.replyCookies !== undefined) expect(response.cookies).toEqual(row.replyCookies);
  if (text !== '') expect(response.headers['content-type']).toEqual(expect.any(String));
}

/** Whether this is an `expect.stringMatching(…)`. */
function isMatcher(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'asymmetricMatch' in value;
}
