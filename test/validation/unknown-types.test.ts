import 'reflect-metadata';
import {
  Allow,
  IsArray,
  IsBoolean,
  IsDate,
  IsEnum,
  IsIn,
  IsInstance,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';
import { compileValidator, StartupError, type StartupMistake, Type } from 'twodoors';

class Item {
  @IsString() name!: string;
}

enum Size {
  Small = 1,
  Large = 2,
}

/** A class as esbuild and tsx make it: its decorators are called, and no types are left. */
function bare(decorators: Record<string, PropertyDecorator[]>, designType?: unknown): new () => object {
  class Bare {}
  for (const [name, list] of Object.entries(decorators)) {
    for (const decorate of list) decorate(Bare.prototype, name);
    if (designType !== undefined) Reflect.defineMetadata('design:type', designType, Bare.prototype, name);
  }
  return Bare;
}

function mistakesOf(type: new () => object, options = {}): StartupMistake[] {
  try {
    compileValidator(type, options);
    return [];
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return [...error.mistakes];
  }
}

const item = Object.assign(new Item(), { name: 'a' });
const nested = [ValidateNested({ each: true }), Type(() => Item)];
const date = new Date('2024-02-29');

// Object is what the compiler emits for a union with null, Function for a class behind `import type`.
describe.each<[string, unknown]>([
  ['no metadata', undefined],
  ['Object', Object],
  ['Function', Function],
])('where the compiler leaves %s, class-validator decorators decide', (_name, designType) => {
  test.each<[string, PropertyDecorator[], unknown, unknown]>([
    ['@IsDate makes a Date', [IsDate()], '2024-02-29', date],
    ['@IsDate with each makes a list of dates', [IsDate({ each: true })], ['2024-02-29'], [date]],
    ['@IsOptional() @IsDate accepts null', [IsOptional(), IsDate()], null, null],
    ['@IsInt is a number', [IsInt(), Min(1)], 2, 2],
    ['@IsIn with numbers is a number', [IsIn([1, 2])], 2, 2],
    ['@ValidateNested with each makes a list of instances', nested, [{ name: 'a' }], [item]],
    ['@IsArray makes a list', [IsArray(), ValidateNested(), Type(() => Item)], [{ name: 'a' }], [item]],
    ['@ValidateNested makes an instance', [ValidateNested(), Type(() => Item)], { name: 'a' }, item],
    ['@IsInstance of a Set makes a Set', [IsInstance(Set)], ['a'], new Set(['a'])],
  ])('%s', async (_rule, decorators, sent, value) => {
    expect(await compileValidator(bare({ p: decorators }, designType))({ p: sent })).toEqual({ value: { p: value } });
  });

  test.each<[string, PropertyDecorator[], unknown]>([
    ['an object is not a list', nested, { name: 'a' }],
    ['a list is not an instance', [ValidateNested(), Type(() => Item)], [{ name: 'a' }]],
    ['an empty list is not an instance', [ValidateNested(), Type(() => Item)], []],
    ['a string is not a number', [IsOptional(), IsInt()], '2'],
    ['a number is not a Date', [IsDate()], 5],
  ])('%s', async (_rule, decorators, sent) => {
    expect(await compileValidator(bare({ p: decorators }, designType))({ p: sent })).toHaveProperty('issues');
  });

  test.each<[string, PropertyDecorator[], unknown, unknown]>([
    ['@IsInt', [IsInt()], '2', 2],
    ['@IsBoolean', [IsBoolean()], 'true', true],
    ['@IsDate', [IsDate()], '2024-02-29', date],
    ['@IsString', [IsString()], '2', '2'],
    ['@IsInt with each', [IsInt({ each: true })], ['1', '2'], [1, 2]],
    ['@IsInt with each, of one value', [IsInt({ each: true })], '1', [1]],
    ['@IsEnum of numbers', [IsEnum(Size)], '2', Size.Large],
    ['@IsIn of numbers', [IsIn([1, 2])], '2', 2],
  ])('text is converted by %s', async (_rule, decorators, sent, value) => {
    const validate = compileValidator(bare({ p: decorators }, designType), { source: 'text' });
    expect(await validate({ p: sent })).toEqual({ value: { p: value } });
  });

  test.each<[string, PropertyDecorator[]]>([
    ['@IsOptional alone', [IsOptional()]],
    ['@IsNotEmpty', [IsNotEmpty()]],
    ['@Allow', [Allow()]],
  ])('%s does not tell the type, which is a startup mistake for every source', (_rule, decorators) => {
    for (const source of ['json', 'form', 'text']) {
      expect(mistakesOf(bare({ p: decorators }, designType), { source })).toEqual([
        expect.objectContaining({ code: 'property-type-unknown', property: 'p' }),
      ]);
    }
  });

  test('@Type(() => Object) is any value as it comes', async () => {
    const type = bare({ p: [IsNotEmpty(), Type(() => Object)] }, designType);
    expect(await compileValidator(type)({ p: { a: [1] } })).toEqual({ value: { p: { a: [1] } } });
  });
});

test('a record needs no conversion', async () => {
  expect(await compileValidator(bare({ p: [IsObject()] }, Object))({ p: { a: 1 } })).toEqual({
    value: { p: { a: 1 } },
  });
});

test('a class behind import type is a startup mistake even under @IsObject', () => {
  expect(mistakesOf(bare({ p: [IsObject()] }, Function))).toEqual([
    expect.objectContaining({ code: 'property-type-unknown', message: expect.stringContaining('import type') }),
  ]);
});

test('a list without @Type takes the type of its items from validators with each', async () => {
  class Dates {
    @IsDate({ each: true }) at!: Date[];
    @IsInt({ each: true }) ids!: Set<number>;
  }
  expect(await compileValidator(Dates, { source: 'text' })({ at: '2024-02-29', ids: ['1', '2'] })).toEqual({
    value: { at: [date], ids: new Set([1, 2]) },
  });
});

test.each<[string, PropertyDecorator[], unknown]>([
  ['a nested list', [ValidateNested({ each: true })], Array],
  ['a nested object', [ValidateNested()], Object],
  ['a union', [IsOptional()], undefined],
])(
  "%s whose type only class-transformer's @Type tells is a startup mistake that says so",
  (_rule, decorators, type) => {
    expect(mistakesOf(bare({ p: decorators }, type))).toEqual([
      expect.objectContaining({
        code: 'property-type-unknown',
        message: expect.stringContaining("not class-transformer's"),
      }),
    ]);
  },
);
