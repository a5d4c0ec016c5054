import { Controller, defineApp, Get, Post } from 'twodoors';
import { Session, sessions } from 'twodoors/sessions';
import { openDoor } from 'twodoors/testing';
import { Browser } from './browser.js';

class Draft {
  name = 'a';
  tags = ['b'];
}

class Money {
  constructor(readonly cents: number) {}
  format() {
    return `${this.cents / 100}`;
  }
}

const circular: { self?: unknown } = {};
circular.self = { circular };

/** What the next request puts into its session. */
let value: unknown;

@Controller()
class ValueController {
  @Post() put(@Session() session: Session<Record<string, unknown>>) {
    session['value'] = value;
    return 'put';
  }
  @Get() show(@Session() session: Session<Record<string, unknown>>) {
    return session;
  }
}

const messages: string[] = [];
const app = defineApp({
  controllers: [ValueController],
  use: [sessions({ secret: 'secret' })],
  log: (error) => messages.push((error as Error).message),
});

async function keep(given: unknown): Promise<unknown> {
  value = given;
  const browser = new Browser(await openDoor(app, 'rest'));
  const { status } = await browser.request('/', { method: 'POST' });
  return status === 200 ? ((await browser.json('/')) as { value?: unknown }).value : messages.pop();
}

test.each<[rule: string, value: unknown]>([
  ['text', 'á "b" \u0000 \ud83d\ude00 </script>'],
  ['half of a surrogate pair', '\ud83d'],
  ['numbers', [0, -1.5, 1e300, Number.MAX_SAFE_INTEGER]],
  ['null and booleans', [null, true, false]],
  ['lists and objects', { a: [{ b: [] }], '': {}, '10': 1, '2': 2 }],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ['the same object twice', [circular.self === undefined ? [] : ['a']].flatMap((each) => [each, each])],
])('%s comes back as it was', async (_rule, given) => {
  expect(await keep(given)).toEqual(given);
});

test('an object of a class without methods, such as a DTO, comes back as a plain one', async () => {
  expect(await keep(new Draft())).toEqual({ name: 'a', tags: ['b'] });
});

test('a member that is undefined is left out', async () => {
  expect(await keep({ a: undefined, b: 1 })).toEqual({ b: 1 });
});

test.each<[rule: string, value: unknown, message: string]>([
  ['a Date', new Date(0), 'session.value is a Date,'],
  ['a Date in a list in an object', { a: [0, { 'b c': new Date(0) }] }, 'session.value.a[1]["b c"] is a Date,'],
  ['a Map', new Map(), 'session.value is a Map,'],
  ['a Set', { all: new Set([1]) }, 'session.value.all is a Set,'],
  ['bytes', new Uint8Array(1), 'session.value is a Uint8Array,'],
  ['a bigint', 1n, 'session.value is a bigint,'],
  ['a function', { f: () => 1 }, 'session.value.f is a function,'],
  ['a symbol', Symbol('s'), 'session.value is a symbol,'],
  ['NaN', Number.NaN, 'session.value is NaN,'],
  ['infinity', [Number.POSITIVE_INFINITY], 'session.value[0] is Infinity,'],
  ['undefined in a list', [1, undefined], 'session.value[1] is undefined,'],
  ['a hole in a list', new Array(1), 'session.value[0] is undefined,'],
  ['an error', new Error('e'), 'session.value is a Error,'],
  ['an object with methods', new Money(5), 'session.value is a Money,'],
  ['an object that makes its own JSON', { toJSON: () => 'x' }, 'session.value is a Object,'],
  ['a boxed string', Object('x'), 'session.value is a String,'],
  ['a promise', Promise.resolve(1), 'session.value is a Promise,'],
  ['an object that holds itself', circular, 'session.value.self.circular holds itself,'],
])('%s is an error that names its key', async (_rule, given, message) => {
  expect(await keep(given)).toContain(message);
});
