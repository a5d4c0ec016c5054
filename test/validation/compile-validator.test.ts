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
import { Controller, compileValidator, defineApp, Get, Query, StartupError, Type } from 'twodoors';
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

test('what is in a property without a class of its own is cleaned of keys that reach for prototypes', async () => {
  class Box {
    @IsObject() held!: Record<string, unknown>;
  }
  const result = await compileValidator(Box)(JSON.parse('{"held":{"a":{"__proto__":{"x":1},"b":1}}}'));
  expect(JSON.stringify(result)).toBe('{"value":{"held":{"a":{"b":1}}}}');
});

test("the mode 'class-validator' echoes what was sent, and nothing else does", async () => {
  class Named {
    @IsInt({ message: '$value is no $property of $target' }) age!: number;
  }
  const issuesOf = async (mode: 'strict' | 'class-validator') => compileValidator(Named, { mode })({ age: 'secret' });
  expect(await issuesOf('strict')).toMatchObject({ issues: [{ message: 'value is no age of Named' }] });
  expect(await issuesOf('class-validator')).toMatchObject({ issues: [{ message: 'secret is no age of Named' }] });
});

describe('mistakes in a class', () => {
  const mistakesOf = (type: new () => object, options = {}) => {
    try {
      compileValidator(type, options);
    } catch (error) {
      expect(error).toBeInstanceOf(StartupError);
      return (error as StartupError).mistakes;
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
    @IsInt() page = 1;
    @IsInt() size: number = 10;
  }

  test.each<[string, new () => object, object, RegExp[]]>([
    ['no validators at all', Plain, {}, [/^the class Plain has no validators/]],
    [
      'a Date under a constraint on text',
      IsoDate,
      {},
      [/^IsoDate\.a: it is a Date, which isIso8601/, /^IsoDate\.b: .*isDateString/],
    ],
    [
      '@ValidateNested without a class',
      NoType,
      {},
      [/^NoType\.items: @ValidateNested needs to know the class/, /^NoType\.one/],
    ],
    [
      'a class whose validators nobody calls',
      Forgotten,
      {},
      [/^Forgotten\.leaf: .*Add @ValidateNested/, /^Forgotten\.plain: the class Plain has no validators/],
    ],
    ['text for a type that is not known', Untyped, { source: 'text' }, [/^Untyped\.page: its type is not known/]],
    ['which JSON does not need', Untyped, {}, []],
  ])('%s', (_name, type, options, patterns) => {
    const mistakes = mistakesOf(type, options);
    expect(mistakes).toHaveLength(patterns.length);
    for (const pattern of patterns) expect(mistakes).toContainEqual(expect.stringMatching(pattern));
  });
});

@Controller()
class TextController {
  @Get('/n') number(@Query('v') v: number) {
    return Number.isFinite(v);
  }
  @Get('/d') date(@Query('v') v: Date) {
    return !Number.isNaN(v.getTime());
  }
}

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
