import {
  IsArray,
  IsBoolean,
  IsDate,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Min,
  MinLength,
} from 'class-validator';
import {
  Body,
  Controller,
  Cookie,
  Delete,
  defineApp,
  Get,
  Headers,
  oneOf,
  Param,
  Post,
  Query,
  Type,
  UploadedFile,
} from 'twodoors';
import { type Row, runRows } from './run-rows.js';

/** A search form: the same class by GET and by POST. */
class Search {
  @IsOptional() @IsInt() min?: number;
  @IsBoolean() stock: boolean = false;
  @IsOptional() @IsNumber() price?: number;
  @IsOptional() @IsString() text?: string;
  @IsOptional() @IsIn(['up', 'down']) order?: string;
}

class Meta {
  @IsString() title!: string;
  @IsOptional() @IsInt() pages?: number;
}

class Upload {
  @IsString() name!: string;
  @IsOptional() @IsObject() meta?: object;
}

class Contact {
  @IsOptional() @IsEmail() email?: string;
  @IsOptional() @IsString() note?: string;
  @IsOptional() @MinLength(2) nick?: string;
}

class Trace {
  @IsString() 'X-Trace': string;
  @IsOptional() @IsInt() xCount?: number;
}

class Cart {
  @IsOptional() @Type(() => Number) qty?: Map<string, number>;
  @IsOptional() @IsObject() rates?: Record<string, string>;
  @IsOptional() @IsArray() tags?: string[];
}

class Place {
  @IsIn([1, 2]) floor!: number;
}

class Booking {
  @IsInt() @Min(1) id!: number;
  @IsBoolean() on!: boolean;
  @IsOptional() @IsDate() from?: Date;
  @IsOptional() @IsIn(['a', 'b', 3]) @Type(() => oneOf<'a' | 'b' | 3>('a', 'b', 3)) kind?: 'a' | 'b' | 3;
  @IsOptional() @MinLength(2) name?: string;
}

@Controller('/v')
class ValuesController {
  @Get('/search') byGet(@Query() search: Search) {
    return search;
  }
  @Post('/search') byPost(@Body() search: Search) {
    return search;
  }
  @Get('/named') named(
    @Query('flag') flag: boolean = false,
    @Query('n?') n?: number,
    @Query('d?') d?: Date,
    @Query('tags', [Number], { optional: true, separator: ',' }) tags?: number[],
  ) {
    return { flag, n, d, tags };
  }
  @Get('/tags') tags(@Query('tag', [String], { separator: ',' }) tags: string[]) {
    return tags;
  }
  @Get('/strict') strict(@Query(Search, { unknownProperties: 'reject' }) search: Search) {
    return search;
  }
  @Post('/loose') loose(@Body(Meta, { unknownProperties: 'strip' }) meta: Meta) {
    return meta;
  }
  @Post('/contact') contact(@Body() contact: Contact) {
    return contact;
  }
  @Get('/headers') headers(@Headers() trace: Trace, @Cookie('n?') n?: number) {
    return { trace, n };
  }
  @Get('/path/:id/:on') path(@Param('id') id: number, @Param('on') on: boolean) {
    return { id, on };
  }
  @Get('/rest/*ids') rest(@Param('ids', [Number]) ids: number[]) {
    return ids;
  }
  @Get('/floor/:floor') floor(@Param() place: Place) {
    return place;
  }
  @Post('/booking/:id/:on{/:from}') book(@Param() booking: Booking, @Body() meta: Meta) {
    return { ...booking, meta };
  }
  @Get('/kind/:id/:on/:kind/:name') kind(@Param() booking: Booking) {
    return booking;
  }
  @Delete('/optional') optional(@Body({ optional: true }) meta?: Meta) {
    return { meta: meta ?? null };
  }
  @Post('/required') required(@Body() meta: Meta) {
    return meta;
  }
  @Post('/text') text(@Body() text: string) {
    return text;
  }
  @Post('/bytes') bytes(@Body() bytes: Uint8Array) {
    return bytes.byteLength;
  }
  @Post('/maybe-text') maybeText(@Body({ optional: true }) text?: string) {
    return { text: text ?? null };
  }
  @Post('/any') any(@Body(Object) value: Record<string, unknown>) {
    return Object.entries(value);
  }
  @Post('/cart') cart(@Body() cart: Cart) {
    return cart;
  }
  @Post('/list') list(@Body([Meta]) list: Meta[]) {
    return list.length;
  }
  @Post('/part') part(@Body('meta') meta: Meta) {
    return meta;
  }
  @Post('/parts') parts(@Body() upload: Upload) {
    return upload;
  }
  @Post('/json-file') jsonFile(@UploadedFile('meta') file: UploadedFile) {
    return file.text();
  }
}

const KIND = { id: 15, on: true, kind: 3, name: 'me' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
/** Headers of a body that has no content. */
const NO_CONTENT = [
  FORM,
  { 'content-type': 'multipart/form-data; boundary=B' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'text/plain;charset=UTF-8' },
  { 'content-type': 'application/octet-stream' },
  { 'content-type': 'garbage' },
  { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  { 'content-encoding': 'br' },
];
const error = (part: string, path: string) => ({ status: 400, includes: { errors: [{ in: part, path }] } });
const missingPage = (...paths: string[]) => ({
  status: 404,
  includes: { status: 404, errors: paths.map((path) => ({ in: 'path', path })) },
});
const multipart = (...parts: string[]) => ({
  method: 'POST',
  headers: { 'content-type': 'multipart/form-data; boundary=B' },
  body: `${parts.map((part) => `--B\r\nContent-Disposition: form-data; ${part}\r\n`).join('')}--B--\r\n`,
});
const jsonPart = (name: string, text: string, more = '') =>
  `name="${name}"${more}\r\nContent-Type: application/json\r\n\r\n${text}`;

/** The same form by GET and by POST. */
const search = (rule: string, query: string, expected: object): Row[] => [
  { rule: `${rule}, in a query`, target: `/v/search?${query}`, ...expected },
  { rule: `${rule}, in a form`, target: '/v/search', body: query, headers: FORM, ...expected },
];

const rows: Row[] = [
  {
    rule: 'names of a form that look like numbers are the keys of a Map or a record, and the places of a list',
    target: '/v/cart',
    body: 'qty[7]=2&qty[9]=1&rates[7]=x&tags[1]=b&tags[0]=a',
    headers: FORM,
    reply: { qty: { 7: 2, 9: 1 }, rates: { 7: 'x' }, tags: ['a', 'b'] },
  },
  {
    rule: 'a long list of invalid items is a small 400',
    target: '/v/list',
    body: `[${Array.from({ length: 100_000 }, () => '{"x":1}').join(',')}]`,
    headers: JSON_TYPE,
    status: 400,
    includes: { detail: expect.stringMatching(/and 97 more$/) },
  },
  ...search('a number may begin with its fraction or with zeros', 'min=007&price=.5', {
    reply: { min: 7, stock: false, price: 0.5 },
  }),
  ...search('a number may be negative and have an exponent', 'price=-.5e1', { reply: { price: -5, stock: false } }),
  ...['0x10', '1e999', '%201', '1.', '+1'].flatMap((text) =>
    search(`${text} is not a number, and a 400`, `price=${encodeURIComponent(decodeURIComponent(text))}`, {
      ...error(expect.any(String) as unknown as string, 'price'),
    }),
  ),
  ...search('a blank optional number is missing', 'min=&price=', { reply: { stock: false } }),
  ...search('a checked box is true', 'stock=on', { reply: { stock: true } }),
  ...search('a box that is not checked takes its default', 'min=1', { reply: { min: 1, stock: false } }),
  ...search('1 is true', 'stock=1', { reply: { stock: true } }),
  ...search('0 is false', 'stock=0', { reply: { stock: false } }),
  ...search('a blank optional text is an empty text', 'text=', { reply: { stock: false, text: '' } }),
  ...search('a blank optional text is missing where other validators would see it', 'order=', {
    reply: { stock: false },
  }),
  ...search('an unknown name is ignored', 'stock=on&utm_source=x&%5B=1', { reply: { stock: true } }),
  { rule: 'a bare flag is true', target: '/v/named?flag', reply: { flag: true } },
  { rule: 'a bare flag is true, also as gateways pass it on', target: '/v/named?flag=', reply: { flag: true } },
  {
    rule: 'a blank optional value that is not text is missing',
    target: '/v/named?n=&d=&tags=',
    reply: { flag: false },
  },
  {
    rule: 'a list can be split at a separator',
    target: '/v/named?tags=1,2&tags=3',
    reply: { flag: false, tags: [1, 2, 3] },
    lostIn: ['alb'],
  },
  {
    rule: 'an item of a list that is split keeps its place',
    target: '/v/named?tags=1,x',
    ...error('query', 'tags[1]'),
  },
  { rule: 'a list of texts can be split at a separator', target: '/v/tags?tag=a,b', reply: ['a', 'b'] },
  {
    rule: 'a parameter can reject the unknown names of its query',
    target: '/v/strict?b=1&a=2',
    status: 400,
    includes: { errors: [{ path: 'a' }, { path: 'b' }] },
  },
  {
    rule: 'a parameter can strip the unknown names of its JSON',
    target: '/v/loose',
    json: { title: 'a', x: 1 },
    reply: { title: 'a' },
  },
  {
    rule: 'an unknown name in JSON is a 400',
    target: '/v/required',
    json: { title: 'a', x: 1 },
    ...error('body', 'x'),
  },
  {
    rule: 'the names of a header DTO are compared without case',
    target: '/v/headers',
    headers: { 'x-trace': 'a', XCOUNT: '2' },
    reply: { trace: { 'X-Trace': 'a', xCount: 2 } },
  },
  {
    rule: 'a missing header of a DTO is a 400 at its declared name',
    target: '/v/headers',
    ...error('header', 'X-Trace'),
  },
  { rule: 'numbers of a path are those of JSON', target: '/v/path/1.5e1/true', reply: { id: 15, on: true } },
  ...['007', '.5', '0x10', 'x', '%20'].map(
    (id): Row => ({
      rule: 'a path value that is not a number of JSON is a 404',
      target: `/v/path/${id}/true`,
      ...missingPage('id'),
    }),
  ),
  { rule: 'all path values that cannot be converted are told', target: '/v/path/x/maybe', ...missingPage('id', 'on') },
  { rule: 'on is not a boolean of a path', target: '/v/path/1/on', ...missingPage('on') },
  { rule: 'an item of a rest that cannot be converted is a 404', target: '/v/rest/1/x', ...missingPage('ids[1]') },
  { rule: 'what validators refuse of a path is a 400', target: '/v/floor/3', ...error('path', 'floor') },
  { rule: 'a path value of a DTO converts to its type', target: '/v/kind/1.5e1/1/3/me', reply: KIND },
  ...['007', '.5', '0x10', 'x', '%20'].map(
    (id): Row => ({
      rule: 'a path value of a DTO that is not a number of JSON is a 404',
      target: `/v/kind/${id}/true/a/me`,
      ...missingPage('id'),
    }),
  ),
  { rule: 'on is not a boolean of a DTO of the path', target: '/v/kind/1/on/a/me', ...missingPage('on') },
  {
    rule: 'path values of a DTO that cannot be converted are told alone, without what its validators refuse',
    target: '/v/kind/x/maybe/c/m',
    ...missingPage('id', 'on', 'kind'),
  },
  {
    rule: 'an optional path value of a DTO that cannot be converted is a 404',
    target: '/v/booking/1/true/yesterday',
    method: 'POST',
    ...missingPage('from'),
  },
  {
    rule: 'a path value of a DTO that cannot be converted is a 404 before the body is found malformed',
    target: '/v/booking/x/true',
    body: '{',
    headers: JSON_TYPE,
    ...missingPage('id'),
  },
  {
    rule: 'what validators refuse of a DTO of the path is a 400',
    target: '/v/kind/0/true/a/me',
    ...error('path', 'id'),
  },
  {
    rule: 'what validators refuse of a DTO of the path is reported together with the body',
    target: '/v/booking/0/true',
    json: {},
    status: 400,
    includes: { errors: [{ in: 'path', path: 'id' }, { in: 'body' }] },
  },
  {
    rule: 'HEAD of a path value that cannot be converted is a 404',
    target: '/v/path/x/true',
    method: 'HEAD',
    status: 404,
  },
  {
    rule: 'an optional body with a content type and no bytes is missing',
    target: '/v/optional',
    method: 'DELETE',
    headers: JSON_TYPE,
    reply: { meta: null },
  },
  {
    rule: 'a required body with a content type and no bytes is a 400',
    target: '/v/required',
    method: 'POST',
    headers: JSON_TYPE,
    ...error('body', ''),
  },
  ...NO_CONTENT.flatMap((headers): Row[] => [
    {
      rule: `an optional body of ${Object.values(headers)} without content is missing`,
      target: '/v/optional',
      method: 'DELETE',
      headers,
      reply: { meta: null },
    },
    {
      rule: `an optional body of ${Object.values(headers)} with content-length: 0 is missing`,
      target: '/v/optional',
      method: 'DELETE',
      headers: { ...headers, 'content-length': '0' },
      reply: { meta: null },
    },
    {
      rule: `a required file is missing in ${Object.values(headers)} without content`,
      target: '/v/json-file',
      method: 'POST',
      headers,
      ...error('body', 'meta'),
    },
  ]),
  {
    rule: 'a required body of a type that the route does not accept is missing without content',
    target: '/v/required',
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    ...error('body', ''),
  },
  {
    rule: 'a form without content is an empty form where a body is required',
    target: '/v/contact',
    method: 'POST',
    headers: FORM,
    reply: {},
  },
  {
    rule: 'a multipart form without content is an empty form where a body is required',
    target: '/v/contact',
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=B' },
    reply: {},
  },
  { rule: 'a required text body that is missing is a 400', target: '/v/text', method: 'POST', ...error('body', '') },
  { rule: 'a required bytes body that is missing is a 400', target: '/v/bytes', method: 'POST', ...error('body', '') },
  {
    rule: 'an optional text body that is missing is undefined',
    target: '/v/maybe-text',
    method: 'POST',
    reply: { text: null },
  },
  {
    rule: 'a form that no class describes keeps its order',
    target: '/v/any',
    body: 'z=1&a=2&m=3',
    headers: FORM,
    reply: [
      ['z', '1'],
      ['a', '2'],
      ['m', '3'],
    ],
  },
  {
    rule: 'indexes of a form that no class describes make a list',
    target: '/v/any',
    body: 'tag[1]=b&tag[0]=a',
    headers: FORM,
    reply: [['tag', ['a', 'b']]],
  },
  {
    rule: 'a JSON part of a multipart form is parsed',
    target: '/v/part',
    ...multipart(jsonPart('meta', '{"title":"x","pages":2}')),
    reply: { title: 'x', pages: 2 },
  },
  {
    rule: 'a JSON part with a file name is parsed',
    target: '/v/part',
    ...multipart(jsonPart('meta', '{"title":"x"}', '; filename="blob"')),
    reply: { title: 'x' },
  },
  {
    rule: 'the values of a JSON part have their types: text is not a number',
    target: '/v/part',
    ...multipart(jsonPart('meta', '{"title":"x","pages":"2"}')),
    ...error('body', 'meta.pages'),
  },
  { rule: 'a malformed JSON part is a 400', target: '/v/part', ...multipart(jsonPart('meta', '{')), status: 400 },
  ...['', '; filename="blob"'].map((more) => ({
    rule: `a JSON part may begin with a byte order mark${more}`,
    target: '/v/part',
    ...multipart(jsonPart('meta', '\ufeff{"title":"x","pages":2}', more)),
    includes: {},
  })),
  {
    rule: 'a JSON part is a value beside the fields of a form',
    target: '/v/parts',
    ...multipart('name="name"\r\n\r\nAda', jsonPart('meta', '{"a":1}')),
    reply: { name: 'Ada', meta: { a: 1 } },
  },
  {
    rule: 'a JSON file that is bound as a file stays one',
    target: '/v/json-file',
    ...multipart(jsonPart('meta', '{', '; filename="a.json"')),
    reply: '{',
  },
];

describe('queries and forms follow one set of rules', () =>
  runRows(defineApp({ controllers: [ValuesController] }), rows));

describe("unknownProperties: 'reject' on the app", () =>
  runRows(defineApp({ controllers: [ValuesController], unknownProperties: 'reject' }), [
    { rule: 'an unknown name in a query is a 400', target: '/v/search?x=1', ...error('query', 'x') },
    {
      rule: 'an unknown name in a form is a 400',
      target: '/v/search',
      body: 'x=1',
      headers: FORM,
      ...error('body', 'x'),
    },
    { rule: 'a parameter says otherwise', target: '/v/loose', json: { title: 'a', x: 1 }, reply: { title: 'a' } },
    {
      rule: 'other headers are ignored all the same',
      target: '/v/headers',
      headers: { 'x-trace': 'a' },
      reply: { trace: { 'X-Trace': 'a' } },
    },
  ]));
