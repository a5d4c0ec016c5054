import {
  IsDefined,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  validate,
} from 'class-validator';
import fc from 'fast-check';
import { compileValidator, IntersectionType, OmitType, PartialType, PickType, Type, type ValueIssue } from 'twodoors';

class Item {
  @IsString() name!: string;
}

class Order {
  @IsString() @MinLength(2) title!: string;
  @IsInt() @Min(1) count: number = 1;
  @IsOptional() @ValidateNested() @Type(() => Item) item?: Item;
  total(): number {
    return this.count;
  }
}

describe('types', () => {
  test('are those of the chosen properties', () => {
    class Change extends PartialType(Order) {}
    class Titled extends PickType(Order, ['title']) {}
    class Counted extends OmitType(Order, ['title', 'item']) {}
    class Both extends IntersectionType(Titled, Item) {}
    const change: { title?: string; count?: number } = new Change();
    const title: string = new Titled().title;
    const total: number = new Counted().total();
    const both: { title: string; name: string } = new Both();
    // @ts-expect-error: a partial property may be missing
    const certain: string = new Change().title;
    // @ts-expect-error: it is not picked
    const count: number = new Titled().count;
    // @ts-expect-error: it is omitted
    const omitted: string = new Counted().title;
    expect([change, title, total, both, certain, count, omitted]).toEqual([
      {},
      undefined,
      1,
      {},
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('names are those of the class', () => {
    // @ts-expect-error: there is no such property
    PickType(Order, ['titel']);
    // @ts-expect-error: there is no such property
    OmitType(Order, ['titel']);
    expect(
      [PartialType(Order), PickType(Order, []), OmitType(Order, []), IntersectionType(Order, Item)].map(
        (type) => type.name,
      ),
    ).toEqual(['PartialOrder', 'PickOrder', 'OmitOrder', 'OrderAndItem']);
  });
});

test.each([
  ['PartialType', () => PartialType(undefined as never)],
  ['PickType', () => PickType({} as never, [])],
  ['OmitType', () => OmitType(undefined as never, [])],
  ['IntersectionType', () => IntersectionType(Order, undefined as never)],
])('%s refuses what is not a class', (name, derive) => {
  expect(derive).toThrow(new RegExp(`^${name} needs a class, and got (?:undefined|a value of type object)\\. Check`));
});

const values = fc.record(
  {
    title: fc.constantFrom('', 'ab', 'abc', 7, null),
    count: fc.constantFrom(0, 1, 1.5, 'x', null),
    item: fc.constantFrom(null, { name: 'a' }, { name: 1 }),
  },
  { requiredKeys: [] },
);

class Strict {
  @IsString() @MinLength(2) @MaxLength(2) title!: string;
  @IsDefined() @IsInt() @Min(1) count!: number;
}

const failedOf = (issues: readonly ValueIssue[]) =>
  issues.map(({ path, constraints }) => [path, Object.keys(constraints ?? {})]).sort();

describe('class-validator itself agrees', () => {
  test.each([
    ['PartialType', PartialType(Order)],
    ['PickType', PickType(Order, ['title', 'count'])],
    ['OmitType', OmitType(Order, ['item'])],
    ['IntersectionType', IntersectionType(Order, PickType(Strict, ['count']))],
  ])('about %s', async (_name, type) => {
    const compiled = compileValidator<object>(type, { mode: 'class-validator', unknownProperties: 'keep' });
    await fc.assert(
      fc.asyncProperty(values, async (input) => {
        const result = await compiled(input);
        const instance = Object.assign(new type(), input);
        if (typeof input.item === 'object' && input.item !== null)
          instance.item = Object.assign(new Item(), input.item);
        const errors = await validate(instance, { forbidUnknownValues: false });
        const found = errors.flatMap(({ property, constraints, children = [] }) =>
          constraints === undefined
            ? children.map((child) => [`${property}.${child.property}`, Object.keys(child.constraints!)])
            : [[property, Object.keys(constraints)]],
        );
        expect('issues' in result ? failedOf(result.issues) : []).toEqual(found.sort());
      }),
    );
  });

  test.each([
    { skipMissingProperties: true },
    { stopAtFirstError: true },
    { skipMissingProperties: true, stopAtFirstError: true },
  ])('about %j', async (options) => {
    const compiled = compileValidator(Strict, { mode: 'class-validator', unknownProperties: 'keep', ...options });
    await fc.assert(
      fc.asyncProperty(values, async ({ item: _, ...input }) => {
        const result = await compiled(input);
        const errors = await validate(Object.assign(new Strict(), input), options);
        const found = errors.map(({ property, constraints }) => [property, Object.keys(constraints!)]);
        expect('issues' in result ? failedOf(result.issues) : []).toEqual(found.sort());
      }),
    );
  });
});
