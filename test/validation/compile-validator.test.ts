import {
  IsDate,
  IsDateString,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import fc from 'fast-check';
import { Controller, compileValidator, defineApp, Get, Query, StartupError, type StartupMistake, Type } from 'twodoors';
import { inject } from 'twodoors/testing';

class Leaf {
  @IsOptional() @ValidateNested() @Type(() => Leaf) next?: Leaf;
  @IsOptional() @IsString() name?: string;
}

class Plain {
  value!: number;
}

const chain = (length: number): object => (length === 0 ? {} : { next: chain(length - 1) });

test('nesting has a limit', async () => {
  const validate = compileValidator(Leaf, { maxDepth: 3 });
  expect(await validate(chain(3))).toHaveProperty('value');
  expect(await validate(chain(4))).toEqual({
    issues: [expect.objectContaining({ path: 'next.next.next.next', message: 'next is nested deeper than 3 levels' })],
  });
  expect(await compileValidator(Leaf)(chain(33))).toHaveProperty('issues');
});

test('keys that could reach a prototype are removed from properties without a class', async () => {
  class Box {
    @IsObject() held!: Record<string, unknown>;
  }
  const result = await compileValidator(Box)(JSON.parse('{"held":{"a":{"__proto__":{"x":1},"b":1}}}'));
  expect(JSON.stringify(result)).toBe('{"value":{"held":{"a":{"b":1}}}}');
});

test("only the mode 'class-validator' echoes the input", async () => {
  class Named {
    @IsInt({ message: '$value is no $property of $target' }) age!: number;
  }
  const issuesOf = async (mode: 'strict' | 'class-validator') => compileValidator(Named, { mode })({ age: 'secret' });
  expect(await issuesOf('strict')).toMatchObject({ issues: [{ message: 'value is no age of Named' }] });
  expect(await issuesOf('class-validator')).toMatchObject({ issues: [{ message: 'secret is no age of Named' }] });
});

describe('mistakes in a class', () => {
  const mistakesOf = (type: new () => object, options = {}): StartupMistake[] => {
    try {
      compileValidator(type, options);
    } catch (error) {
      expect(error).toBeInstanceOf(StartupError);
      return [...(error as StartupError).mistakes];
    }
    return [];
  };

  class IsoDate {
    @IsISO8601() a!: Date;
    @IsDateString() b!: Date;
    @IsDate() fine!: Date;
  }
  class NoType {
    @ValidateNested({ each: true }) items!: Leaf[];
    @ValidateNested() one!: unknown;
  }
  class Forgotten {
    @IsObject() leaf!: Leaf;
    @IsObject() plain!: Plain;
  }
  class Untyped {
    @IsObject() page: object = {};
    @IsInt() size: number = 10;
  }

  class Failing {
    @IsObject()
    @Type(() => {
      throw new Error('not ready');
    })
    thrown!: object;
    @IsObject() @Type(() => undefined) missing!: object;
  }

  test.each<[string, new () => object, object, Partial<StartupMistake>[]]>([
    [
      'no validators at all',
      Plain,
      {},
      [{ code: 'class-without-validators', message: expect.stringMatching(/^the class Plain has no validators/) }],
    ],
    [
      'a Date with a validator of text',
      IsoDate,
      {},
      [
        {
          code: 'validator-contradicts-type',
          dto: 'IsoDate',
          property: 'a',
          message: expect.stringContaining('isIso8601 accepts strings'),
        },
        {
          code: 'validator-contradicts-type',
          property: 'b',
          message: expect.stringContaining('isDateString accepts strings'),
        },
      ],
    ],
    [
      '@ValidateNested without a class',
      NoType,
      {},
      [
        { code: 'property-type-unknown', property: 'items', message: expect.stringContaining('@Type(() => Item)') },
        { code: 'property-type-unknown', property: 'one' },
      ],
    ],
    [
      'a class whose validators do not run',
      Forgotten,
      {},
      [
        { code: 'missing-validate-nested', property: 'leaf', message: expect.stringContaining('Add @ValidateNested') },
        { code: 'class-without-validators', property: 'plain', message: expect.stringContaining('the class Plain') },
      ],
    ],
    [
      'a @Type whose function throws, or returns undefined',
      Failing,
      {},
      [
        { code: 'property-type-failed', property: 'thrown', message: expect.stringContaining('throws: not ready.') },
        { code: 'property-type-failed', property: 'missing', message: expect.stringContaining('returns undefined.') },
      ],
    ],
    [
      'text for an unknown type',
      Untyped,
      { source: 'text' },
      [
        {
          code: 'property-type-unknown',
          dto: 'Untyped',
          property: 'page',
          message: expect.stringMatching(/^its type is unknown at run time/),
        },
      ],
    ],
    ['but not JSON, which has its types', Untyped, {}, []],
  ])('%s', (_name, type, options, expected) => {
    expect(mistakesOf(type, options)).toEqual(expected.map((mistake) => expect.objectContaining(mistake)));
  });
});

class OptionalText {
  @IsOptional() @IsString() z?: string;
}

@Controller()
class TextController {
  @Get('/n') number(@Query('v') v: number) {
    return Number.isFinite(v);
  }
  @Get('/d') date(@Query('v') v: Date) {
    return !Number.isNaN(v.getTime());
  }
}

test.each([Number.NaN, 0, '', 'x', null, undefined, true, [], Symbol('x')])('%p is not an object', async (value) => {
  const outcome = await compileValidator(OptionalText)(value);
  expect(outcome).toEqual({ issues: [expect.objectContaining({ path: '', message: 'must be an object' })] });
});

const text = fc.oneof(
  fc.string(),
  fc.double().map(String),
  fc.constantFrom(
    'NaN',
    'Infinity',
    '-Infinity',
    '1e400',
    '-1e999',
    '0x1',
    '1n',
    ' 1',
    '1 ',
    '',
    '+0',
    '2024-02-30',
    '2024-02-29',
  ),
  fc.date().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.stringMatching(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,4})?(Z|[+-]\d\d:\d\d))?$/),
);

test('no text reaches a Number as NaN or Infinity, nor a Date as an invalid one', async () => {
  const app = defineApp({ controllers: [TextController], log: () => {} });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('/n', '/d'), text, async (path, value) => {
      const response = await inject(app, `${path}?v=${encodeURIComponent(value.toWellFormed())}`);
      expect([response.status, response.text()]).toEqual(
        response.status === 200 ? [200, 'true'] : [400, expect.anything()],
      );
    }),
    { numRuns: 2_000 },
  );
});
