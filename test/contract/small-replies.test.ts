import { ArrayMaxSize, IsIn, IsInt, Validate, ValidateNested, ValidatorConstraint } from 'class-validator';
import { Body, Controller, defineApp, discriminator, Post, Type } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { type Door, type DoorName, doorNames, openDoor, openGatewayDoor, type TestRequestInit } from 'twodoors/testing';
import * as z from 'zod';

class Row {
  @IsInt() n!: number;
}

@ValidatorConstraint({ async: true })
class NeverFree {
  async validate() {
    return false;
  }
}

class AsyncRow {
  @Validate(NeverFree) name!: string;
}

class Cat {
  @IsInt() lives!: number;
}

class Lists {
  @ValidateNested({ each: true }) @Type(() => Row) rows?: Row[];
  @ValidateNested({ each: true }) @Type(() => AsyncRow) later?: AsyncRow[];
  @IsInt({ each: true }) numbers?: number[];
  @Type(() => Row) @ValidateNested() byName?: Map<string, Row>;
  @ValidateNested() @Type(discriminator('kind', { cat: Cat })) pet?: Cat;
  @IsIn(['a'], { message: '$property is $value, not one of $constraint1' }) choice?: string;
  @ArrayMaxSize(1, { message: 'not $value' }) few?: string[];
}

const Pairs = z.record(z.string(), z.number());

@Controller()
class RefusingController {
  @Post('/dto') dto(@Body() body: Lists) {
    return body;
  }
  @Post('/list') list(@Body([Row]) body: Row[]) {
    return body;
  }
  @Post('/numbers') numbers(@Body([Number]) body: number[]) {
    return body;
  }
  @Post('/schema') schema(@Body(Pairs) body: Record<string, number>) {
    return body;
  }
}

const app = defineApp({ controllers: [RefusingController], log: () => {} });

/** A load balancer's limit on a serialised result, in bytes: the smallest of all doors. */
const SMALLEST_LIMIT = 1024 * 1024;

/** Of the shortest items: 6 KB, which were enough for a reply above that limit, and 1 MiB of the longest. */
const FEW = 3000;
const MANY = 100_000;

const times = <Item>(n: number, item: (i: number) => Item) => Array.from({ length: n }, (_none, i) => item(i));
/** Names that are distinct, all of one length. */
const nameOf = (i: number) => String(1_000_000 + i);
const recordOf = <Value>(n: number, value: Value, name = nameOf) =>
  Object.fromEntries(times(n, (i) => [name(i), value]));
/** Six characters in JSON, and seven where JSON is text in JSON, as in a Lambda result. */
const CONTROL = '\u0001';
/** Names, each longer than what is sent of it. */
const longNames = (n: number, character: string) => (i: number) => `${nameOf(i)}${character.repeat(200 + n / 250)}`;
const json = (body: string): TestRequestInit => ({ body, headers: { 'content-type': 'application/json' } });
const form = (body: string): TestRequestInit => ({
  body,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

/** Invalid requests, each as large as a number says. */
const GROWING: [rule: string, target: string, init: (n: number) => TestRequestInit][] = [
  ['invalid items', '/dto', (n) => ({ json: { rows: times(n, () => ({ n: 'x' })) } })],
  ['items without their property', '/dto', (n) => ({ json: { rows: times(n, () => ({})) } })],
  ['items that are not objects', '/dto', (n) => ({ json: { rows: times(n, () => 1) } })],
  ['items of an asynchronous constraint', '/dto', (n) => ({ json: { later: times(n / 2, () => ({ name: 'x' })) } })],
  ['invalid numbers', '/dto', (n) => ({ json: { numbers: times(n, () => 'x') } })],
  ['unknown names', '/dto', (n) => ({ json: recordOf(n / 2, 1) })],
  ['unknown names of an item', '/dto', (n) => ({ json: { rows: [recordOf(n / 2, 1)] } })],
  ['invalid entries of a Map', '/dto', (n) => ({ json: { byName: recordOf(n / 10, {}) } })],
  ['an invalid body that is a list', '/list', (n) => ({ json: times(n, () => ({ n: 'x' })) })],
  ['a body of invalid numbers', '/numbers', (n) => ({ json: times(n, () => 'x') })],
  ['issues of a schema', '/schema', (n) => ({ json: recordOf(n / 10, 'x') })],
  ['a form of invalid items', '/dto', (n) => form(times(n / 10, (i) => `rows[${i}][n]=x`).join('&'))],
  ['a form of one invalid list', '/dto', (n) => form(times(n / 4, () => 'numbers=x').join('&'))],
  ['a page for a browser', '/dto', (n) => ({ json: { rows: times(n, () => 1) }, headers: { accept: 'text/html' } })],
  ['one unknown name that is long', '/dto', (n) => ({ json: { [CONTROL.repeat(n)]: 1 } })],
  ['unknown names that are long', '/dto', (n) => ({ json: recordOf(100, 1, longNames(n, CONTROL)) })],
  ['names of a Map that are long', '/dto', (n) => ({ json: { byName: recordOf(100, {}, longNames(n, '🚪')) } })],
  ['names of a schema that are long', '/schema', (n) => ({ json: recordOf(100, 'x', longNames(n, '"')) })],
  ['names of a form that are long', '/dto', (n) => form(`choice=b&${'%01'.repeat(n)}=1`)],
  ['a value that the message repeats', '/dto', (n) => ({ json: { choice: CONTROL.repeat(n) } })],
  ['a list that the message repeats', '/dto', (n) => ({ json: { few: times(n, () => CONTROL) } })],
  ['an unknown kind', '/dto', (n) => ({ json: { pet: { kind: 'x'.repeat(n) } } })],
  ['malformed JSON', '/dto', (n) => json(`{"${'x'.repeat(n)}`)],
  ['JSON that is too deep', '/dto', (n) => json('['.repeat(n))],
];

/** A door, and how many bytes went back through it: of the last Lambda result, or of the last body of Koa. */
interface MeasuredDoor {
  readonly door: Door;
  lastSize: number;
}

async function openMeasured(name: DoorName): Promise<MeasuredDoor> {
  if (name === 'koa') return { door: await openDoor(app, name), lastSize: 0 };
  const handler = createHandler(app);
  const measured = {
    lastSize: 0,
    door: openGatewayDoor(name, async (event, context) => {
      const result = await handler(event, context);
      measured.lastSize = Buffer.byteLength(JSON.stringify(result));
      return result;
    }),
  };
  return measured;
}

async function replyOf(measured: MeasuredDoor, target: string, init: TestRequestInit) {
  const { name, request } = measured.door;
  const response = await request(target, init);
  const size = name === 'koa' ? response.body.byteLength : measured.lastSize;
  return { status: response.status, type: response.headers['content-type'], size };
}

describe('the reply to a bad request never grows with', () => {
  const doors = new Map<DoorName, MeasuredDoor>();
  beforeAll(async () => {
    for (const name of doorNames) doors.set(name, await openMeasured(name));
  });
  afterAll(() => Promise.all([...doors.values()].map(({ door }) => door.close())));

  // The bodies look the same behind every door. Of the gateways a load balancer takes the smallest results, and is two.
  const rows = GROWING.map((row, i): [...typeof row, readonly DoorName[]] => [
    ...row,
    i === 0 ? doorNames : ['koa', 'alb', 'alb-multi'],
  ]);

  test.each(rows)('%s', async (rule, target, init, names) => {
    const [few, many] = [init(FEW), init(MANY)];
    for (const name of names) {
      const small = await replyOf(doors.get(name)!, target, few);
      expect([name, small]).toEqual([
        name,
        {
          status: 400,
          type: rule.includes('browser') ? 'text/html; charset=utf-8' : 'application/problem+json',
          size: expect.any(Number),
        },
      ]);
      expect(small.size).toBeLessThan(SMALLEST_LIMIT / 2);
      expect([name, await replyOf(doors.get(name)!, target, many)]).toEqual([name, small]);
    }
  });
});
