import {
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsEnum,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  Min,
  MinLength,
  registerDecorator,
  Validate,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { Body, Controller, Cookie, discriminator, Get, Headers, Post, Query, Type } from 'twodoors';
import type { Row } from './run-rows.js';

class Address {
  @IsString() city!: string;
  @IsOptional() @IsInt() zip?: number;
}

class Item {
  @IsString() name!: string;
  @IsInt() @Min(1) qty: number = 1;
}

class Circle {
  @IsString() kind!: 'circle';
  @IsInt() radius!: number;
}

class Square {
  @IsString() kind!: 'square';
  @IsInt() side!: number;
}

class Tree {
  @IsString() name!: string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Tree) children?: Tree[];
}

class Base {
  @IsString() @MaxLength(3) code!: string;
  @IsInt() inherited!: number;
}

@ValidatorConstraint({ name: 'free', async: true })
class FreeName implements ValidatorConstraintInterface {
  async validate(name: string) {
    await Promise.resolve();
    return name !== 'taken';
  }
  defaultMessage() {
    return '$property $value is taken';
  }
}

@ValidatorConstraint({ name: 'lower', async: true })
class LowerName implements ValidatorConstraintInterface {
  async validate(name: string) {
    await Promise.resolve();
    return name.toLowerCase() === name;
  }
}

function IsEven() {
  return (object: object, propertyName: string) =>
    registerDecorator({
      name: 'isEven',
      target: object.constructor,
      propertyName,
      validator: {
        validate: (n: unknown) => typeof n === 'number' && n % 2 === 0,
        defaultMessage: () => '$property must be even',
      },
    });
}

class Order extends Base {
  @IsString() @MaxLength(5) declare code: string;
  @ValidateNested() address!: Address;
  @IsOptional() @IsArray() @ArrayMinSize(1) @ValidateNested({ each: true }) @Type(() => Item) items?: Item[];
  @IsOptional() @ValidateNested() @Type(discriminator('kind', { circle: Circle, square: Square })) shape?:
    | Circle
    | Square;
  @IsOptional() @IsDate() at?: Date;
  @IsOptional() big?: bigint;
  @IsOptional() link?: URL;
  @IsOptional() tags?: Set<string>;
  @IsOptional() @Type(() => Number) prices?: Map<string, number>;
  @IsOptional() @Validate(FreeName) name?: string;
  @IsOptional() @IsEven() even?: number;
  @ValidateIf((order: Order) => order.even !== undefined) @IsString() reason?: string;
  @IsOptional() note?: string;
  get total() {
    return this.items?.length ?? 0;
  }
}

class Grouped {
  @IsString({ groups: ['create'] }) name!: string;
  @IsInt({ groups: ['update'] }) id!: number;
  @IsBoolean({ always: true }) sure!: boolean;
}

enum Size {
  S = 's',
  M = 'm',
}

class FormDto {
  @IsString() name!: string;
  @IsOptional() @IsInt() age?: number;
  @IsInt() count: number = 7;
  @IsBoolean() agree: boolean = false;
  @IsBoolean() news!: boolean;
  @IsOptional() @IsEnum(Size) size?: Size;
  @IsOptional() @IsString({ each: true }) tags?: string[];
  @IsOptional() @ValidateNested() address?: Address;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) items?: Item[];
  @IsOptional() @IsInt({ each: true }) @Type(() => Number) numbers?: number[];
}

class TraceHeaders {
  @IsString() 'x-trace'!: string;
  @IsOptional() @IsInt() 'x-count'?: number;
}

class SessionCookies {
  @IsDefined() @IsInt() session!: number;
}

class Big {
  @Min(1) n!: number;
}

class Holders {
  @IsOptional() @ValidateNested() one?: Item;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) list?: Item[];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) set?: Set<Item>;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) map?: Map<string, Item>;
  @IsOptional() @Validate(FreeName) name?: string;
}

class NullNested {
  @ValidateNested() address!: Address;
}

class Named {
  #first = '';
  @IsString() get first() {
    return this.#first;
  }
  set first(first: string) {
    this.#first = first.trim();
  }
  @IsString() last!: string;
  @MinLength(2) get full() {
    return `${this.first.trim()} ${this.last.trim()}`;
  }
  get initial() {
    return this.first[0];
  }
  rename() {
    return 'renamed';
  }
  toJSON() {
    return { first: this.first, last: this.last, full: this.full, rename: this.rename(), text: String({}.toString()) };
  }
}

class NamedList {
  @ValidateNested({ each: true }) @Type(() => Named) names!: Named[];
}

class Version1 {
  @IsIn([1]) version!: 1;
  @IsString() a!: string;
}

class Version2 {
  @IsIn([2]) version!: 2;
  @IsString() b!: string;
}

class Yes {
  @IsBoolean() ok!: boolean;
  @IsString() value!: string;
}

class No {
  @IsBoolean() ok!: boolean;
  @IsString() error!: string;
}

class Unions {
  @IsOptional() @ValidateNested() @Type(discriminator('version', { 1: Version1, 2: Version2 })) doc?:
    | Version1
    | Version2;
  @IsOptional() @ValidateNested() @Type(discriminator('ok', { true: Yes, false: No })) outcome?: Yes | No;
}

class Grids {
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) items?: Item[][];
  @IsOptional() @IsArray() @Type(() => Number) numbers?: number[][];
  @IsOptional() @IsArray() @Type(() => Date) dates?: Date[][][];
  @IsOptional() @IsArray({ each: true }) @Type(() => Number) rows?: number[][];
  @IsOptional() @Type(() => [[BigInt]]) bigs?: bigint[][];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) byName?: Map<string, Item[]>;
}

class Untold {
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) items?: Item[] | null;
  @IsOptional() @ValidateNested() @Type(() => Item) item?: Item | null;
  @IsOptional() @IsDate() at?: Date | null;
  @IsOptional() @IsInt() count?: number | null;
  @IsOptional() @IsString({ each: true }) tags?: string[] | null;
}

class Hostile {
  @Length(2, 5) title!: string;
  @ValidateBy({
    name: 'startsWithA',
    validator: {
      validate: (text: string) => text.startsWith('a'),
      defaultMessage: (call) => `${(call!.value as string).toUpperCase()} does not start with a`,
    },
  })
  word: string = 'a';
  @ValidateIf((object: Hostile) => object.title.startsWith('x')) @IsString() note: string = 'n';
  @Validate(LowerName) lower: string = 'a';
  @ValidateBy({ name: 'silent', validator: { validate: (value) => value !== 'no' } }) silent: string = '';
}

class Blanks {
  @IsString() kind!: string;
  @ValidateIf((object: Blanks) => object.kind === 'paid') @IsInt() price!: number;
}

class Count {
  @IsInt() n!: number;
}

class Contact {
  @IsOptional() @IsEmail() email?: string;
  @IsOptional() @IsString() note?: string;
}

/** Takes DTOs of all kinds. It is also compiled as a part of a project, so this file has values of packages only. */
@Controller('/d')
export class DtoController {
  @Get('/count') count(@Query() input: Count) {
    return input;
  }
  @Post('/contact') contact(@Body() input: Contact) {
    return input;
  }
  @Post('/named') named(@Body() input: Named) {
    return input;
  }
  @Post('/names') names(@Body() input: NamedList) {
    return input;
  }
  @Post('/unions') unions(@Body() { doc, outcome }: Unions) {
    return [doc?.constructor.name, outcome?.constructor.name];
  }
  @Post('/grids') grids(@Body() { items, numbers, dates, rows, bigs, byName }: Grids) {
    return [
      items?.map((row) => row.map((item) => item instanceof Item)),
      numbers,
      dates?.flat(2).every((date) => date instanceof Date),
      rows,
      bigs?.flat().map(String),
      byName && [...byName].map(([key, list]) => [key, list.map((item) => item instanceof Item)]),
    ];
  }
  @Post('/untold') untold(@Body() input: Untold) {
    return [input, input.items?.every((item) => item instanceof Item), input.at instanceof Date];
  }
  @Post('/hostile') hostile(@Body() input: Hostile) {
    return input;
  }
  @Post('/blanks') blanks(@Body() input: Blanks) {
    return input;
  }
  @Post('/order') order(@Body() order: Order) {
    const { address, items, shape, at, big, link, tags, prices } = order;
    return {
      are: [
        order instanceof Order,
        address instanceof Address,
        items?.every((item) => item instanceof Item),
        shape?.constructor.name,
        at instanceof Date,
        typeof big,
        link instanceof URL,
        tags instanceof Set && [...tags],
        prices instanceof Map && [...prices],
        order.total,
      ],
    };
  }
  @Post('/tree') tree(@Body() tree: Tree) {
    return tree;
  }
  @Post('/create') create(@Body(Grouped, { groups: ['create'] }) input: Grouped) {
    return input;
  }
  @Post('/update') update(@Body(Grouped, { groups: ['update'] }) input: Grouped) {
    return input;
  }
  @Post('/form') form(@Body() input: FormDto) {
    return input;
  }
  @Post('/big') big(@Body() input: Big) {
    return input;
  }
  @Post('/holders') holders(@Body() input: Holders) {
    return input;
  }
  @Post('/null') null(@Body() input: NullNested) {
    return input;
  }
  @Get('/rest') rest(@Headers() headers: TraceHeaders, @Cookie() cookies: SessionCookies) {
    return { headers, cookies };
  }
  @Get('/search') search(@Query() query: FormDto) {
    return query;
  }
}

const valid = { code: 'abcde', inherited: 1, address: { city: 'Basel' } };
const order = (more: object) => ({ target: '/d/order', json: { ...valid, ...more } });
const refused = (...errors: object[]) => ({ status: 400, includes: { errors } });
const deep = (levels: number): object =>
  levels === 0 ? { name: 'leaf' } : { name: 'n', children: [deep(levels - 1)] };

/** What a DTO is made of, and what is wrong with one. */
export const dtoRows: Row[] = [
  {
    rule: 'dates, bigints, URLs, sets, maps and unions are made from their JSON forms',
    ...order({
      items: [{ name: 'a', qty: 2 }, { name: 'b' }],
      shape: { kind: 'square', side: 2 },
      at: '2024-02-29T12:00:00Z',
      big: '123',
      link: 'https://example.com',
      tags: ['x', 'y', 'x'],
      prices: { a: 1, b: 2 },
    }),
    reply: {
      are: [
        true,
        true,
        true,
        'Square',
        true,
        'bigint',
        true,
        ['x', 'y'],
        [
          ['a', 1],
          ['b', 2],
        ],
        2,
      ],
    },
  },
  {
    rule: 'a property with only a getter is an unknown name',
    ...order({ total: 5 }),
    ...refused({ path: 'total', message: 'property total should not exist' }),
  },
  {
    rule: 'validators are inherited, and a subclass can override them',
    target: '/d/order',
    json: { code: 'abcdef', address: { city: 'x' } },
    ...refused(
      { path: 'code', message: 'code must be shorter than or equal to 5 characters' },
      { path: 'inherited', message: 'inherited must be an integer number' },
    ),
  },
  {
    rule: 'a mistake in a nested DTO names its whole path',
    ...order({ address: { city: 1, x: 2 }, items: [{ name: 'a' }, { name: 2, qty: 0 }] }),
    ...refused(
      { in: 'body', path: 'address.x', message: 'property x should not exist' },
      { in: 'body', path: 'address.city', message: 'city must be a string' },
      { in: 'body', path: 'items[1].name', message: 'name must be a string' },
      { in: 'body', path: 'items[1].qty', message: 'qty must not be less than 1' },
    ),
  },
  {
    rule: 'a string in place of a nested DTO is a 400',
    ...order({ address: 'x' }),
    ...refused({ path: 'address', message: 'nested property address must be either object or array' }),
  },
  {
    rule: 'null in place of a required nested DTO is a 400',
    target: '/d/null',
    json: { address: null },
    ...refused({ path: 'address', message: 'nested property address must be either object or array' }),
  },
  {
    rule: 'a required nested DTO that is missing is a 400',
    target: '/d/null',
    json: {},
    ...refused({ path: 'address' }),
  },
  {
    rule: 'an array in place of a nested DTO is a 400',
    target: '/d/null',
    json: { address: [{ city: 'x' }] },
    ...refused({ path: 'address[0]' }),
  },
  ...[{ one: [] }, { one: [[]] }, { list: [[]] }, { list: [{ name: 'x' }, []] }, { set: [[]] }, { map: { a: [] } }].map(
    (json): Row => ({
      rule: `an empty array is not a nested DTO: ${JSON.stringify(json)}`,
      target: '/d/holders',
      json,
      ...refused({ path: Object.keys(json)[0] }),
    }),
  ),
  {
    rule: 'a declared type is checked even if an asynchronous constraint passes',
    target: '/d/holders',
    json: { name: 5 },
    ...refused({ path: 'name', message: 'name must be a string' }),
  },
  { rule: 'a number in a list of nested DTOs is a 400', ...order({ items: [1] }), ...refused({ path: 'items[0]' }) },
  {
    rule: 'an unknown discriminator value is a 400 that lists the known ones',
    ...order({ shape: { kind: 'star' } }),
    ...refused({
      path: 'shape',
      message: 'shape must be an object whose kind is one of the following values: circle, square',
    }),
  },
  {
    rule: 'a member of a union is validated by its own class',
    ...order({ shape: { kind: 'circle' } }),
    ...refused({ path: 'shape.radius' }),
  },
  {
    rule: 'a validated property with only a getter is an unknown name',
    target: '/d/named',
    json: { first: 'a', last: 'b', full: 'forged' },
    ...refused({ path: 'full', message: 'property full should not exist' }),
  },
  {
    rule: 'so is one in a nested DTO',
    target: '/d/names',
    json: { names: [{ first: 'a', last: 'b', full: 'forged' }] },
    ...refused({ path: 'names[0].full', message: 'property full should not exist' }),
  },
  {
    rule: 'the validators of a getter run on its value',
    target: '/d/named',
    json: { first: ' a ', last: 'b' },
    includes: { first: 'a', full: 'a b' },
  },
  {
    rule: 'a setter that throws is a 400',
    target: '/d/named',
    json: { first: 5, last: 'b' },
    ...refused({ path: 'first', message: 'first is invalid' }),
  },
  {
    rule: 'a getter that throws because of another value is a 400',
    target: '/d/named',
    json: { first: 'a', last: 5 },
    status: 400,
  },
  {
    rule: 'a number in JSON chooses a member of a union',
    target: '/d/unions',
    json: { doc: { version: 2, b: 'x' } },
    reply: ['Version2', null],
  },
  {
    rule: 'text in a form does so too',
    target: '/d/unions',
    form: { 'doc.version': '1', 'doc.a': 'x', 'outcome.ok': 'true', 'outcome.value': 'y' },
    reply: ['Version1', 'Yes'],
  },
  {
    rule: 'a boolean in JSON chooses a member of a union',
    target: '/d/unions',
    json: { outcome: { ok: false, error: 'x' } },
    reply: [null, 'No'],
  },
  {
    rule: 'a number that chooses no member is a 400',
    target: '/d/unions',
    json: { doc: { version: 3 } },
    ...refused({ path: 'doc' }),
  },
  {
    rule: 'nested lists are made as deep as they come',
    target: '/d/grids',
    json: {
      items: [[{ name: 'a' }], [{ name: 'b' }, { name: 'c' }]],
      numbers: [[1, 2], [3]],
      dates: [[['2024-02-29']]],
      rows: [[], [1]],
      bigs: [[], ['1', '2']],
      byName: { a: [{ name: 'a' }] },
    },
    reply: [[[true], [true, true]], [[1, 2], [3]], true, [[], [1]], ['1', '2'], [['a', [true]]]],
  },
  {
    rule: 'a mistake in a nested list names its place',
    target: '/d/grids',
    json: { items: [[{ name: 'a' }], [{ name: 5 }]], numbers: [[1, 'x']] },
    ...refused(
      { path: 'items[1][0].name', message: 'name must be a string' },
      { path: 'numbers', message: 'each value in numbers must be a number' },
    ),
  },
  {
    rule: 'a union with null is made of its JSON form',
    target: '/d/untold',
    json: { items: [{ name: 'a', qty: 1 }], item: { name: 'b', qty: 1 }, at: '2024-02-29', count: 1, tags: ['x'] },
    reply: [
      {
        items: [{ name: 'a', qty: 1 }],
        item: { name: 'b', qty: 1 },
        at: '2024-02-29T00:00:00.000Z',
        count: 1,
        tags: ['x'],
      },
      true,
      true,
    ],
  },
  {
    rule: 'a union with null accepts null',
    target: '/d/untold',
    json: { items: null, item: null, at: null, count: null, tags: null },
    reply: [{ items: null, item: null, at: null, count: null, tags: null }, null, false],
  },
  {
    rule: 'a union with null rejects all other types',
    target: '/d/untold',
    json: { items: {}, item: [], at: 'x', count: '1', tags: 'x' },
    ...refused({ path: 'items' }, { path: 'item' }, { path: 'at' }, { path: 'count' }, { path: 'tags' }),
  },
  {
    rule: 'a form is converted to a union with null',
    target: '/d/untold',
    form: { 'items[0].name': 'a', at: '2024-02-29', count: '3', tags: 'x' },
    includes: [{ items: [{ name: 'a', qty: 1 }], count: 3, tags: ['x'] }, true, true],
  },
  {
    rule: 'a message that cannot be made of the value is a 400',
    target: '/d/hostile',
    json: { title: { length: { toString: 5 } } },
    ...refused({ path: 'title' }),
  },
  {
    rule: 'a constraint that throws for the value, and its message, is a 400',
    target: '/d/hostile',
    json: { title: 'abc', word: 5 },
    ...refused({ path: 'word', message: 'word is invalid' }),
  },
  {
    rule: 'an asynchronous constraint that throws for the value is a 400',
    target: '/d/hostile',
    json: { title: 'abc', lower: { toLowerCase: 1 } },
    ...refused({ path: 'lower' }),
  },
  {
    rule: 'where a condition throws for the input, the validators run',
    target: '/d/hostile',
    json: { title: 5, note: 5 },
    ...refused({ path: 'title' }, { path: 'note', message: 'note must be a string' }),
  },
  {
    rule: 'a constraint that fails without a message is a 400',
    target: '/d/hostile',
    json: { title: 'abc', silent: 'no' },
    ...refused({ path: 'silent', message: 'silent is invalid', constraints: { silent: 'silent is invalid' } }),
  },
  {
    rule: 'a condition sees the whole form where its input is blank, and comes first',
    target: '/d/blanks',
    body: 'price=&kind=paid',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    ...refused({ path: 'price' }),
  },
  {
    rule: 'and where it comes last',
    target: '/d/blanks',
    body: 'kind=free&price=',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    reply: { kind: 'free' },
  },
  {
    rule: 'a date that is not in the calendar is a 400',
    ...order({ at: '2024-02-30' }),
    ...refused({ path: 'at', message: 'at must be a Date instance' }),
  },
  {
    rule: 'a number in place of a bigint is a 400',
    ...order({ big: 1 }),
    ...refused({ path: 'big', message: 'big must be a whole number' }),
  },
  {
    rule: 'a text that is not an absolute URL is a 400',
    ...order({ link: 'x' }),
    ...refused({ path: 'link', message: 'link must be an absolute URL' }),
  },
  {
    rule: 'a string in place of a Set is a 400',
    ...order({ tags: 'x' }),
    ...refused({ path: 'tags', message: 'tags must be an array' }),
  },
  {
    rule: 'an array in place of a Map is a 400 that asks for an object',
    ...order({ prices: [1] }),
    ...refused({ path: 'prices', message: 'prices must be an object' }),
  },
  {
    rule: 'an object in place of a Set is a 400 that asks for an array',
    ...order({ tags: { a: 1 } }),
    ...refused({ path: 'tags', message: 'tags must be an array' }),
  },
  ...(['list', 'set'] as const).map((name) => ({
    rule: `an object in place of a ${name} of objects is a 400 that asks for an array`,
    target: '/d/holders',
    json: { [name]: { sku: 'a', qty: 1 } },
    ...refused({ path: name, message: `${name} must be an array` }),
  })),
  {
    rule: 'a list in place of a Map of objects is a 400 that asks for an object',
    target: '/d/holders',
    json: { map: [{ sku: 'a', qty: 1 }] },
    ...refused({ path: 'map', message: 'map must be an object' }),
  },
  {
    rule: 'an object in place of a list in a form is a 400 that asks for an array',
    target: '/d/form',
    form: { name: 'x', news: '1', 'numbers.a': '1' },
    ...refused({ path: 'numbers' }),
  },
  {
    rule: 'a Map value of the wrong type is a 400',
    ...order({ prices: { a: '1' } }),
    ...refused({ path: 'prices', message: 'each value in prices must be a number' }),
  },
  {
    rule: 'a declared type is checked without any type validator',
    ...order({ note: 5 }),
    ...refused({ path: 'note', message: 'note must be a string' }),
  },
  {
    rule: 'a JSON number that overflows to infinity is a 400',
    target: '/d/big',
    body: '{"n":1e999}',
    headers: { 'content-type': 'application/json' },
    ...refused({ path: 'n', message: 'n must be a number' }),
  },
  {
    rule: 'an asynchronous constraint that fails is a 400 without the value that was sent',
    ...order({ name: 'taken' }),
    ...refused({ path: 'name', message: 'name value is taken', constraints: { free: 'name value is taken' } }),
  },
  { rule: 'an asynchronous constraint that passes accepts the body', ...order({ name: 'free' }) },
  {
    rule: 'a custom validation decorator is applied',
    ...order({ even: 3, reason: 'x' }),
    ...refused({ path: 'even', message: 'even must be even' }),
  },
  {
    rule: '@ValidateIf applies validators only while its condition holds',
    ...order({ even: 2 }),
    ...refused({ path: 'reason', message: 'reason must be a string' }),
  },
  { rule: 'a DTO nests up to the limit', target: '/d/tree', json: deep(28) },
  {
    rule: 'nesting beyond the limit is a 400',
    target: '/d/tree',
    body: JSON.stringify(deep(40)),
    headers: { 'content-type': 'application/json' },
    status: 400,
  },
  {
    rule: 'only the validators of the chosen groups run',
    target: '/d/create',
    json: { name: 'x', sure: true },
    reply: { name: 'x', sure: true },
  },
  {
    rule: 'another group runs its own validators',
    target: '/d/update',
    json: { id: 'x', sure: 1 },
    ...refused({ path: 'id' }, { path: 'sure' }),
  },
  {
    rule: 'a browser form may leave numbers blank and checkboxes out',
    target: '/d/form',
    form: { name: '', age: '', count: '', news: 'on', size: 'm' },
    reply: { name: '', count: 7, agree: false, news: true, size: 'm' },
  },
  {
    rule: 'a blank field for an optional list of numbers is absent',
    target: '/d/form',
    form: { name: 'x', news: '1', numbers: '' },
    reply: { name: 'x', count: 7, agree: false, news: true },
  },
  {
    rule: 'a blank field for a required number is a 400',
    target: '/d/order',
    form: { code: 'x', inherited: '', 'address.city': 'x' },
    ...refused({ path: 'inherited' }),
  },
  {
    rule: 'an unchecked checkbox without a default is a 400',
    target: '/d/form',
    form: { name: 'x' },
    ...refused({ path: 'news', message: 'news must be a boolean value' }),
  },
  {
    rule: 'dotted and bracketed form names build nested objects and lists',
    target: '/d/form',
    body: 'name=x&news=true&address.city=Basel&address[zip]=4000&tags[]=a&tags[]=b&items[1].name=second&items[0].name=first&items[0].qty=3&numbers=1&numbers=2',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    includes: {
      address: { city: 'Basel', zip: 4000 },
      tags: ['a', 'b'],
      items: [
        { name: 'first', qty: 3 },
        { name: 'second', qty: 1 },
      ],
      numbers: [1, 2],
    },
  },
  {
    rule: 'a mistake in a nested form field names its path',
    target: '/d/form',
    form: { name: 'x', news: '1', 'items[0].qty': 'two' },
    ...refused({ path: 'items[0].name' }, { path: 'items[0].qty' }),
  },
  {
    rule: 'form names never reach a prototype, and unknown ones are ignored',
    target: '/d/form',
    form: { name: 'x', news: '1', '__proto__.polluted': '1', 'constructor.prototype.polluted': '1' },
  },
  {
    rule: 'a high index in a form costs no more than a low one: gaps are closed',
    target: '/d/form',
    form: { name: 'x', news: '1', 'items[1000000].name': 'x', 'items[1000000].qty': '2' },
  },
  {
    rule: 'headers and cookies can each be a DTO',
    target: '/d/rest',
    headers: { 'X-Trace': 'abc', 'x-count': '2', cookie: 'session=5; other=x' },
    reply: { headers: { 'x-trace': 'abc', 'x-count': 2 }, cookies: { session: 5 } },
  },
  {
    rule: 'mistakes in headers and cookies are reported together',
    target: '/d/rest',
    headers: { 'x-count': 'x' },
    ...refused({ in: 'header', path: 'x-trace' }, { in: 'header', path: 'x-count' }, { in: 'cookie', path: 'session' }),
  },
  {
    rule: 'a blank optional number in a query is absent, a bare flag is true',
    target: '/d/search?name=x&news&age=&count=',
    reply: { name: 'x', count: 7, agree: false, news: true },
  },
  {
    rule: 'a blank required number in a query is a 400',
    target: '/d/count?n=',
    ...refused({ in: 'query', path: 'n' }),
  },
  {
    rule: 'a blank optional text of a form is absent where other validators would see it',
    target: '/d/contact',
    form: { email: '', note: '' },
    reply: { note: '' },
  },
  {
    rule: 'brackets in a query name do not make nested objects',
    target: '/d/search?name=x&news=1&address[city]=x',
  },
];

/** For an app that does not refuse unknown names. */
export const unknownNameRows: Row[] = [
  {
    rule: 'the name of a getter is passed over where unknown names are kept',
    target: '/d/named',
    json: { first: 'a', last: 'b', full: 'forged', initial: 'z' },
    includes: { full: 'a b' },
  },
  {
    rule: 'so are the names of methods and of what every object has',
    target: '/d/named',
    json: { first: 'a', last: 'b', rename: 1, toJSON: 1, toString: 1, constructor: 1, hasOwnProperty: 1 },
    includes: { first: 'a', rename: 'renamed' },
  },
];
