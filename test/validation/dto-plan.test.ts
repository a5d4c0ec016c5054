import 'reflect-metadata';
import * as cv from 'class-validator';
import { compileValidator, discriminator, lazy, oneOf, Type } from 'twodoors';
import type { Class } from '../../src/runtime/declarations/class.js';
import { Mistakes } from '../../src/runtime/declarations/mistakes.js';
import { StalePlan } from '../../src/runtime/link/stale-plan.js';
import { linkValidator, validate } from '../../src/runtime/link/validation/link-validator.js';
import type { DtoPlan } from '../../src/runtime/plan/dto/dto-plan.js';
import { DtoPlans } from '../../src/runtime/plan/dto/dto-plans.js';
import { planDto } from '../../src/runtime/plan/dto/plan-dto.js';
import { fingerprintOfText } from '../../src/runtime/plan/fingerprints/fingerprint.js';
import { toPlannedValue } from '../../src/runtime/plan/planned-value.js';

const fingerprint = (value: unknown) => fingerprintOfText(JSON.stringify(toPlannedValue(value)));

const USE = { isText: false, checksTypes: true };

/** The plans of a class and of what is nested in it. */
function plansOf(type: Class, options: cv.ValidatorOptions = {}): DtoPlan[] {
  const plans = new DtoPlans();
  const mistakes = new Mistakes();
  const position = planDto(type, { ...USE, ...options }, plans, mistakes);
  expect({ mistakes: mistakes.found, position }).toEqual({ mistakes: [], position: 0 });
  return plans.list;
}

const thawed = (plans: DtoPlan[]) => JSON.parse(JSON.stringify(plans)) as DtoPlan[];

enum Color {
  Red = 'red',
  Blue = 'blue',
}

enum Limit {
  Low = 1,
  None = 1 / 0,
}

class Circle {
  @cv.IsString() kind!: string;
  @cv.Min(0) radius!: number;
}

class Square {
  @cv.IsString() kind!: string;
  @cv.IsPositive({ always: true }) side!: number;
}

class Order {
  @cv.IsString() @cv.Length(1, 9, { message: 'no title' }) title!: string;
  @cv.IsInt({ groups: ['a'] }) @cv.Max(5, { context: { code: 1 } }) priority: number = 3;
  @cv.IsEnum(Color) color: Color = Color.Red;
  @cv.IsEnum(Limit) @Type(() => Limit) limit: Limit = Limit.Low;
  @cv.Matches(/^\d+$/i) code!: string;
  @cv.IsOptional() @cv.IsString({ each: true }) tags?: string[];
  @cv.ValidateIf((order: Order) => order.title !== '') @cv.IsDate() due?: Date;
  @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Order) parts?: Set<Order>;
  @cv.ValidateNested() @Type(discriminator('kind', { circle: Circle, square: Square })) shape!: Circle | Square;
  @cv.IsIn([1, 'x', null]) choice!: unknown;
  @cv.IsInstance(Circle) @cv.ValidateNested() bare!: Circle | null;
  @cv.Min(Number.NEGATIVE_INFINITY) low: number = Math.random();
  @cv.IsNumber({}, { validateIf: () => true }) number!: number;
  @cv.IsDefined() @cv.IsObject() any: { a: number } = { a: 1 };
  @cv.IsString() get full(): string {
    return this.title;
  }
}

describe('the plan of a DTO', () => {
  const plans = plansOf(Order);
  const property = (name: string) => plans[0]!.properties.find((each) => each.name === name);

  test('is JSON', () => {
    expect(thawed(plans)).toEqual(plans);
    expect(JSON.parse(JSON.stringify(plans))).toStrictEqual(plans);
  });

  test('has each class once, in the order in which they are found', () => {
    expect(plans.map(({ name }) => name)).toEqual(['Order', 'Circle', 'Square']);
  });

  test.each<[string, object]>([
    [
      'title',
      {
        type: 'string',
        isRequired: true,
        checks: [
          { name: 'isLength', at: 0, args: [1, 9], hasMessage: true },
          { name: 'isString', at: 1 },
        ],
      },
    ],
    [
      'priority',
      {
        type: 'number',
        default: 3,
        checks: [
          { name: 'max', at: 2, args: [5], hasContext: true },
          { name: 'isInt', at: 3, groups: ['a'] },
        ],
      },
    ],
    ['limit', expect.objectContaining({ type: { choice: null, from: 'type' }, default: 1 })],
    [
      'code',
      {
        type: 'string',
        isRequired: true,
        checks: [{ name: 'matches', at: 6, args: [{ hole: 'RegExp', text: '/^\\d+$/i' }] }],
      },
    ],
    [
      'tags',
      {
        type: 'string',
        collection: 'array',
        isInferred: true,
        checks: [{ name: 'isString', at: 7, each: true }],
        conditions: [{ name: 'isOptional', at: 8 }],
      },
    ],
    ['due', { type: 'date', checks: [{ name: 'isDate', at: 9 }], conditions: [{ at: 10 }] }],
    ['parts', expect.objectContaining({ type: { dto: 0, from: 'type' }, collection: 'set' })],
    [
      'shape',
      {
        type: { discriminator: 'kind', members: { circle: 1, square: 2 }, from: 'type' },
        isRequired: true,
        nested: [{ at: 13 }],
      },
    ],
    ['choice', expect.objectContaining({ type: { choice: [1, 'x'], from: 14 }, isInferred: true })],
    ['bare', expect.objectContaining({ type: { dto: 1, from: 16 }, isInferred: true })],
    // Instances differ in it.
    ['low', expect.objectContaining({ default: { hole: 'number' } })],
    ['number', { type: 'number', checks: [{ name: 'isNumber', at: 18, args: [{}], hasCondition: true }] }],
    ['any', expect.objectContaining({ default: { a: 1 } })],
    ['full', { type: 'string', checks: [{ name: 'isString', at: 21 }], isAccessor: true, isReadOnly: true }],
  ])('says all that JSON can say of %s', (name, expected) => {
    const { name: own, ...rest } = property(name)!;
    expect({ own, rest }).toEqual({ own: name, rest: expected });
  });

  test('a class has a plan for each choice of groups', () => {
    const dtos = new DtoPlans();
    const plan = (options: object) => planDto(Circle, { ...USE, ...options }, dtos, new Mistakes());
    expect([plan({}), plan({ groups: ['a'] }), plan({}), plan({ groups: ['a'] }), plan({ isText: true })]).toEqual([
      0, 1, 0, 1, 0,
    ]);
    expect(dtos.list).toHaveLength(2);
  });

  test('a property whose name is a symbol is a mistake', () => {
    class Hidden {}
    cv.IsString()(Hidden.prototype, Symbol('secret'));
    expect(() => compileValidator(Hidden)).toThrow('Hidden.Symbol(secret): its name is a symbol');
  });

  test('the values of an enum that JSON cannot say are taken from the class', () => {
    class Limited {
      @cv.IsEnum(Limit) @Type(() => Limit) limit!: Limit;
    }
    const linked = linkValidator(thawed(plansOf(Limited)), 0, Limited, { source: 'text' });
    expect(validate(linked, { limit: 'Infinity' })).toEqual({ value: { limit: Limit.None } });
  });
});

/** A class with one property. */
function classOf(decorators: readonly PropertyDecorator[], designType: unknown = String): Class {
  class Made {}
  for (const decorate of decorators.toReversed()) decorate(Made.prototype, 'value');
  Reflect.defineMetadata('design:type', designType, Made.prototype, 'value');
  return Made;
}

/** The same class with a getter, and perhaps a setter, for the property. */
function withAccessor(made: Class, accessor: PropertyDescriptor): Class {
  Object.defineProperty(made.prototype, 'value', { configurable: true, ...accessor });
  return made;
}

const custom = (name: string): PropertyDecorator => cv.ValidateBy({ name, validator: { validate: () => true } });

describe('a plan is stale where the class has recorded', () => {
  const rows: [what: string, planned: Class, linked: Class][] = [
    ['another decorator', classOf([cv.IsString()]), classOf([cv.IsNotEmpty()])],
    ['one decorator more', classOf([cv.IsString()]), classOf([cv.IsString(), cv.IsNotEmpty()])],
    ['no decorator', classOf([cv.IsString()]), classOf([])],
    ['another argument', classOf([cv.MaxLength(5)]), classOf([cv.MaxLength(6)])],
    ['another regular expression', classOf([cv.Matches(/a/)]), classOf([cv.Matches(/a/i)])],
    ['another date', classOf([cv.MinDate(new Date(0))], Date), classOf([cv.MinDate(new Date(1))], Date)],
    ['Infinity for null', classOf([cv.NotEquals(null)]), classOf([cv.NotEquals(1 / 0)])],
    ['each', classOf([cv.IsDefined()], Array), classOf([cv.IsDefined({ each: true })], Array)],
    ['groups', classOf([cv.IsString()]), classOf([cv.IsString({ groups: ['a'] })])],
    ['always', classOf([cv.IsString()]), classOf([cv.IsString({ always: true })])],
    ['a context', classOf([cv.IsString()]), classOf([cv.IsString({ context: 1 })])],
    ['a condition', classOf([cv.IsString()]), classOf([cv.IsString({ validateIf: () => true })])],
    ['a getter for a property', classOf([cv.IsString()]), withAccessor(classOf([cv.IsString()]), { get: () => 'a' })],
    [
      'a getter without a setter',
      withAccessor(classOf([cv.IsString()]), { get: () => 'a', set: () => undefined }),
      withAccessor(classOf([cv.IsString()]), { get: () => 'a' }),
    ],
    ['another constraint', classOf([custom('one')]), classOf([custom('two')])],
    ['another declared type', classOf([cv.IsDefined()], String), classOf([cv.IsDefined()], Number)],
    ['a type by @Type', classOf([cv.IsDefined()]), classOf([cv.IsDefined(), Type(() => String)])],
    [
      'other values of a oneOf',
      classOf([cv.IsDefined(), Type(() => oneOf('a'))]),
      classOf([cv.IsDefined(), Type(() => oneOf('b'))]),
    ],
    [
      'another nested class',
      classOf([cv.ValidateNested(), Type(() => Circle)], Object),
      classOf([cv.ValidateNested(), Type(() => Square)], Object),
    ],
    [
      'other members of a discriminator',
      classOf([cv.ValidateNested(), Type(discriminator('kind', { a: Circle, b: Square }))], Object),
      classOf([cv.ValidateNested(), Type(discriminator('kind', { a: Circle }))], Object),
    ],
  ];

  test.each(rows)('%s', (_what, planned, linked) => {
    const plans = thawed(plansOf(planned));
    expect(() => linkValidator(plans, 0, planned, {})).not.toThrow();
    expect(() => linkValidator(plans, 0, linked, {})).toThrow(StalePlan);
  });

  test('the name of the class is told', () => {
    const plans = thawed(plansOf(Circle));
    expect(() => linkValidator(plans, 0, Square, {})).toThrow(expect.objectContaining({ place: 'Square' }));
    expect(() => linkValidator(plans, 1, Circle, {})).toThrow(expect.objectContaining({ place: 'Circle' }));
  });

  test('but it is not where validators write into their own arguments', () => {
    const options = { allow_display_name: true };
    const made = classOf([cv.IsEmail(options)]);
    const plans = thawed(plansOf(made));
    expect(validate(linkValidator(plans, 0, made, {}), { value: 'Ada <a@b.ch>' })).toHaveProperty('value');
    expect(Object.keys(options).length).toBeGreaterThan(1);
    expect(() => linkValidator(plans, 0, made, { source: 'form' })).not.toThrow();
    expect(() => linkValidator(plans, 0, classOf([cv.IsEmail(options)]), {})).not.toThrow();
  });

  test.each<[string, Class, Class]>([
    ['the same decorators', classOf([cv.IsString(), cv.Length(1, 2)]), classOf([cv.IsString(), cv.Length(1, 2)])],
    [
      'other functions',
      classOf([cv.IsString({ message: () => 'one' }), cv.ValidateIf(() => true)]),
      classOf([cv.IsString({ message: () => 'two' }), cv.ValidateIf(() => false)]),
    ],
    [
      'a type that is looked up later',
      classOf([cv.IsDefined(), Type(() => Number)]),
      classOf([cv.IsDefined(), Type(() => lazy(() => Number))]),
    ],
  ])('but it is not where it has recorded %s', (_what, planned, linked) => {
    expect(() => linkValidator(thawed(plansOf(planned)), 0, linked, {})).not.toThrow();
  });
});

test('fingerprints of different values differ, and are safe integers', () => {
  const values: unknown[] = [
    undefined,
    null,
    '',
    'null',
    0,
    -0,
    Number.NaN,
    1 / 0,
    -1 / 0,
    1n,
    '1',
    1,
    true,
    [],
    {},
    [undefined],
    [null],
    { a: undefined, b: 1 },
    { b: null },
    /a/,
    /a/g,
    new Date(0),
    new Date(Number.NaN),
    Symbol('a'),
    Symbol('b'),
    () => 1,
    new Map(),
  ];
  const found = values.map(fingerprint);
  expect(new Set(found).size).toBe(values.length);
  expect(found.every((each) => Number.isSafeInteger(each) && each >= 0)).toBe(true);
  expect(values.map(fingerprint)).toEqual(found);
});

test('a value that contains itself has a fingerprint', () => {
  const list: unknown[] = [];
  list.push(list);
  expect(Number.isSafeInteger(fingerprint(list))).toBe(true);
});
