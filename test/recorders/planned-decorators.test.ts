/**
 * A planned bundle validates by class-validator's decorators without class-validator's storage. The same app without a plan
 * reads it: both give the same replies, for each decorator of class-validator.
 */

import { jest } from '@jest/globals';
import { toRawRequest } from 'twodoors/testing';
import { EVENTS } from '../planned/event-kinds.js';
import { type Answer, askOnce, type Call } from '../planned/function-process.js';
import { buildTwice, type TwoBuilds } from '../planned/two-builds.js';
import { removeProjects } from '../projects.js';
import { ARGUMENTS, decoratorNames } from './every-decorator.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(300_000);

/** Those that only class-validator itself can carry out, or that need a whole package. */
const OF_VALIDATOR = ['IsPhoneNumber', 'IsStrongPassword', 'Validate'];

/** A DTO for each decorator: alone, with all options of validation, for each item, and with groups in a base class. */
function classOf(name: string): string {
  const given = ARGUMENTS[name] ?? '';
  const call = (options: string) => `@v.${name}(${[given, options].filter((each) => each !== '').join(', ')})`;
  const type = name === 'ValidateNested' ? '@Type(() => Inner)' : '@Type(() => Object)';
  return `
class Base${name} { ${type} ${call('')} @v.IsDefined() a: unknown; ${type} ${call("{ groups: ['x'] }")} @v.IsOptional({ always: true }) c: unknown; }
class Dto${name} extends Base${name} {
  ${type} ${call('OPTIONS')} b: unknown;
  ${type} ${call('{ each: true }')} @v.IsOptional() d: unknown;
  ${type} ${call("{ message: '$property of $target: $value, $constraint1', always: true }")} @v.ValidateIf((dto: { a: unknown }) => dto.a !== 0) @v.IsOptional({ message: 'x' }) declare a: unknown;
}`;
}

const bootstrap = `
import { Body, Controller, defineApp, Post, Type } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import * as v from 'class-validator';

const TARGET = { of: 'comparisons' };
const message = (call: v.ValidationArguments) => \`\${call.property} is wrong\`;
const validateIf = (_object: object, value: unknown) => value !== 1;
const later = () => new Date(1e15);
const OPTIONS: v.ValidationOptions = { context: { code: 7 }, message, validateIf };
enum Colour { Red = 'red', Blue = 3 }
class Inner { @v.IsInt() @v.Min(1) n!: number; }
@v.ValidatorConstraint()
class Shouted { validate(text: unknown) { return text === String(text).toUpperCase(); } }
class Plain { validate() { return false; } }
const own = (target: object, propertyName: string) =>
  v.registerDecorator({ name: 'own', target: target.constructor, propertyName, constraints: ['z'], validator: { validate: (value: unknown) => value === 'a' } });
${decoratorNames.map(classOf).join('')}
class DtoOwn { @Type(() => Object) @own a: unknown; }
@Controller()
class Home {
${[...decoratorNames, 'Own']
  .map(
    (name) => `
  @Post('/${name}') of${name}(@Body(Dto${name}) dto: object) { return { ...dto }; }
  @Post('/x/${name}') x${name}(@Body(Dto${name}, { groups: ['x'] }) dto: object) { return { ...dto }; }`,
  )
  .join('')}
}
export const handler = createHandler(defineApp({ controllers: [Home] }));
`;

const VALUES: readonly unknown[] = [
  ...[
    '',
    'a',
    'AB',
    'red',
    'a@b.ch',
    '2020-01-01',
    '2020-01-01T00:00:00Z',
    '1.5',
    '7',
    'true',
    '#fff',
    '::1',
    '+41446681800',
  ],
  ...['00000000-0000-4000-8000-000000000000', 'https://a.b/c', '{"a":1}', 'de-CH', 'Zürich', '🎉🎉', 'a'.repeat(300)],
  ...[0, 1, 3, -1, 1.5, 1e308, true, false, null, [], ['a'], ['a', 'a'], [1, 'b'], {}, { a: 1 }, { n: 1 }, [{ n: 0 }]],
];

const calls = (names: readonly string[]): Call[] =>
  names.flatMap((name) =>
    VALUES.flatMap((value, i) => [
      callOf(`/${name}`, { a: value, b: VALUES[(i + 3) % VALUES.length], d: [value, 'a'] }),
      callOf(`/x/${name}`, { a: 'a', c: value }),
      callOf(`/${name}`, i % 2 === 0 ? { b: value } : { a: value, z: 1 }),
    ]),
  );

function callOf(target: string, body: object): Call {
  const headers = { 'content-type': 'application/json' };
  return { event: EVENTS['url']!(toRawRequest(target, { method: 'POST', headers, body: JSON.stringify(body) })) };
}

const light = [...decoratorNames.filter((name) => !OF_VALIDATOR.includes(name)), 'Own'];

let builds: TwoBuilds;
beforeAll(async () => {
  builds = await buildTwice([], bootstrap);
});
afterAll(removeProjects);

/** The first events with another reply, for a person. */
const differences = (names: readonly string[], [planned, unplanned]: readonly [Answer, Answer]): string[] =>
  calls(names)
    .flatMap(({ event }, i) =>
      planned.replies[i] === unplanned.replies[i]
        ? []
        : [`${JSON.stringify(event)}\n  planned: ${planned.replies[i]}\n  unplanned: ${unplanned.replies[i]}`],
    )
    .slice(0, 3);

const ask = (names: readonly string[]): Promise<[Answer, Answer]> =>
  Promise.all([askOnce(builds.planned, calls(names)), askOnce(builds.unplanned, calls(names))]);

test('replies are the same, messages included, and class-validator is not loaded', async () => {
  const [planned, unplanned] = await ask(light);
  expect([planned.mistakes, unplanned.mistakes]).toEqual([undefined, undefined]);
  expect(planned.replies.length).toBeGreaterThan(10_000);
  expect(differences(light, [planned, unplanned])).toEqual([]);
  expect(planned.logged).toEqual(unplanned.logged);
  const statuses = new Set(planned.replies.map((reply) => JSON.parse(reply).statusCode as number));
  expect(statuses).toEqual(new Set([200, 400]));
  expect([planned, unplanned].map(({ files }) => files.includes('class-validator.js'))).toEqual([false, true]);
});

test.each(OF_VALIDATOR)('class-validator itself carries out %s', async (name) => {
  const [planned, unplanned] = await ask([name, 'IsString']);
  expect(differences([name, 'IsString'], [planned, unplanned])).toEqual([]);
  expect(planned.logged).toEqual(unplanned.logged);
  expect(planned.files).toContain('class-validator.js');
});

test('what needs tables is loaded when it is first used', async () => {
  const filesOf = async (name: string) => (await askOnce(builds.planned, calls([name]))).files;
  const [ofString, ofEmail] = await Promise.all(['IsString', 'IsEmail'].map(filesOf));
  expect([ofString!, ofEmail!].map((files) => files.includes('rare-validators.js'))).toEqual([false, true]);
});
