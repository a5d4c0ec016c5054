import type { App } from 'twodoors';
import {
  type Door,
  type DoorName,
  doorNames,
  openDoor,
  type TestRequestInit,
  type TestResponse,
} from 'twodoors/testing';

/** One case of a rule: a request, and what every door must answer. */
export interface Row extends TestRequestInit {
  /** The rule, in words. */
  rule: string;
  target: string;
  /** Default: 200. */
  status?: number;
  /** The whole body: text as it is, anything else as JSON. */
  answer?: unknown;
  /** Members that the JSON body must have among others. */
  includes?: object;
  /** Headers that must be there, by lower-case name; undefined for one that must not. */
  answerHeaders?: Record<string, string | undefined>;
  answerCookies?: string[];
  /** Doors whose gateway destroys what the rule is about; each with a row in docs/parity.md. */
  lostIn?: DoorName[];
}

/** Runs each row through each door. */
export function runRows(app: App, rows: readonly Row[], names: readonly DoorName[] = doorNames): void {
  describe.each(names.map((name) => ({ name })))('$name', ({ name }) => {
    let door: Door;
    beforeAll(async () => {
      door = await openDoor(app, name);
    });
    afterAll(() => door.close());

    test.each(rowsOf(rows, name))('$rule: $target', async ({ target, ...row }) => {
      checkRow(row, await door.request(target, row));
    });
  });
}

/** The rows that a door's gateway leaves something of. */
export function rowsOf(rows: readonly Row[], name: DoorName): Row[] {
  return rows.filter((row) => !row.lostIn?.includes(name));
}

/** Holds an answer to what its row says. */
export function checkRow(row: Omit<Row, 'target'>, response: TestResponse): void {
  const text = response.text();
  expect({ status: response.status, text }).toMatchObject({ status: row.status ?? 200 });
  if (typeof row.answer === 'string' || isMatcher(row.answer)) expect(text).toEqual(row.answer);
  else if ('answer' in row) expect(JSON.parse(text)).toEqual(row.answer);
  if (row.includes !== undefined) expect(JSON.parse(text)).toMatchObject(row.includes);
  for (const [header, value] of Object.entries(row.answerHeaders ?? {})) {
    expect({ [header]: response.headers[header] }).toEqual({ [header]: value });
  }
  if (row.answerCookies !== undefined) expect(response.cookies).toEqual(row.answerCookies);
  if (text !== '') expect(response.headers['content-type']).toEqual(expect.any(String));
}

/** Whether this is an `expect.stringMatching(…)`. */
function isMatcher(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'asymmetricMatch' in value;
}
