import {
  ArrayNotEmpty,
  Equals,
  IsArray,
  IsBoolean,
  IsBooleanString,
  IsDate,
  IsEmail,
  IsEnum,
  IsIn,
  IsInstance,
  IsInt,
  IsISO8601,
  IsLatitude,
  IsNotEmptyObject,
  IsNumber,
  IsNumberString,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Min,
  MinDate,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { compileValidator, discriminator, oneOf, StartupError, type StartupMistake, Type } from 'twodoors';

enum Color {
  Red = 'red',
}

class Item {
  @IsString() name!: string;
}

class NeedsArguments {
  @IsString() name: string;
  constructor(init: { name: string }) {
    this.name = init.name;
  }
}

function mistakesOf(type: new (...args: never[]) => object, options = {}): StartupMistake[] {
  try {
    compileValidator(type as never, options);
    return [];
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return [...error.mistakes];
  }
}

class Contradictory {
  @IsUrl() url!: URL;
  @ArrayNotEmpty() set!: Set<string>;
  @IsArray() map!: Map<string, string>;
  @IsInt() big!: bigint;
  @Min(1) bigMin!: bigint;
  @IsISO8601() date!: Date;
  @IsString() number!: number;
  @IsNumberString() numeric!: number;
  @IsBooleanString() bool!: boolean;
  @IsInt() text!: string;
  @IsDate() dateText!: string;
  @IsBoolean() flag!: number;
  @IsString() list!: string[];
  @MinLength(2) lengths!: string[];
  @IsIn(['a', 'b']) choice!: number;
  @IsEnum(Color) color!: number;
  @Equals('x') equal!: boolean;
  @IsInstance(Map) instance!: Set<string>;
  @IsNotEmptyObject() full!: Map<string, string>;
  @IsOptional() @IsEmail() optional?: URL;
  @IsInt({ each: true }) @Type(() => BigInt) bigs!: bigint[];
  @IsString() @Type(() => oneOf(1, 2)) one!: 1 | 2;
  @IsString() @ValidateNested() item!: Item;
}

test.each(Object.keys(new Contradictory()).map((name) => [name]))(
  'a constraint that rejects every value of the type is a startup mistake: %s',
  (name) => {
    expect(mistakesOf(Contradictory).filter(({ property }) => property === name)).toEqual([
      expect.objectContaining({ code: 'validator-contradicts-type', dto: 'Contradictory' }),
    ]);
  },
);

test('all of these are found', () => {
  expect(mistakesOf(Contradictory)).toHaveLength(23);
});

test('the message names the type, the constraint and the fix', () => {
  const messageOf = (name: string) => mistakesOf(Contradictory).find(({ property }) => property === name)?.message;
  expect(messageOf('url')).toBe(
    'its type is URL, but isUrl accepts strings and rejects every URL. Use a validator of its type, or change the type.',
  );
  expect(messageOf('list')).toContain('Add { each: true } to check the items');
  expect(messageOf('bigs')).toMatch(/^its items are BigInt, but isInt accepts numbers/);
});

test('a constraint that accepts some value of the type is not a mistake', () => {
  class Fine {
    @IsUrl() url!: string;
    @ArrayNotEmpty() list!: string[];
    @IsObject() map!: Map<string, string>;
    @IsObject() date!: Date;
    @MinDate(new Date('2999-01-01')) later!: Date;
    @Min(1000) number!: number;
    @IsNumber({ maxDecimalPlaces: 0 }) whole!: number;
    @IsLatitude() latitude!: number;
    @Length(40, 50) @Matches(/^x{40}$/) text!: string;
    @IsIn([null, 'a']) choice!: string;
    @IsString({ each: true }) set!: Set<string>;
    @IsNotEmptyObject() @ValidateNested() item!: Item;
    @IsInstance(Item) @ValidateNested() other!: Item;
    @ValidateIf((object: Fine) => typeof object.either === 'string') @IsString() either!: number;
    @IsString({ validateIf: (object: Fine) => typeof object.some === 'string' } as never) some!: number;
    // A constraint of the app that has the name of another.
    @ValidateBy({ name: 'isUrl', validator: { validate: (value) => value instanceof URL } }) own!: URL;
  }
  expect(mistakesOf(Fine)).toEqual([]);
});

describe('a class that cannot be created as requests create it is a startup mistake', () => {
  class Nested {
    @ValidateNested() one!: NeedsArguments;
  }
  class Listed {
    @ValidateNested({ each: true }) @Type(() => NeedsArguments) list!: NeedsArguments[];
  }
  class United {
    @ValidateNested() @Type(discriminator('kind', { a: NeedsArguments as never, b: Item })) one!: object;
  }
  class Frozen {
    @IsString() name!: string;
    constructor() {
      Object.freeze(this);
    }
  }
  test.each<[string, new (...args: never[]) => object]>([
    ['itself', NeedsArguments],
    ['nested', Nested],
    ['in a list', Listed],
    ['in a union', United],
    ['frozen', Frozen],
  ])('%s', (_name, type) => {
    expect(mistakesOf(type)).toEqual([
      expect.objectContaining({
        code: 'class-not-created',
        message: expect.stringMatching(/^the class (Needs|Frozen)/),
      }),
    ]);
  });
});
