import {
  IsBoolean,
  IsDefined,
  IsEmail,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import {
  Body,
  Controller,
  defineApp,
  Get,
  IntersectionType,
  OmitType,
  Param,
  PartialType,
  Patch,
  PickType,
  Post,
  Query,
  Type,
} from 'twodoors';
import { type Row, runRows } from './run-rows.js';

class Place {
  @IsString() city!: string;
}

class CreateTodo {
  @IsString() @MinLength(2) title!: string;
  @IsInt() @Min(1) rank: number = 3;
  @IsBoolean() done: boolean = false;
  @IsOptional() @IsEmail() email?: string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Place) places?: Place[];
  @IsString({ groups: ['admin'] }) secret: string = 'none';
  get label(): string {
    return `${this.title}!`;
  }
  shout(): string {
    return this.title.toUpperCase();
  }
}

class ChangeTodo extends PartialType(CreateTodo) {}

class ChangeStrictly extends PartialType(CreateTodo, { skipNullProperties: false }) {}

class RankTodo extends PickType(CreateTodo, ['rank', 'title', 'shout']) {}

class Untitled extends OmitType(CreateTodo, ['title', 'places', 'secret']) {
  @IsInt() @Min(5) override rank: number = 7;
}

class Page {
  @IsInt() page: number = 1;
  @IsInt() size: number = 20;
}

class Filter extends PartialType(PickType(CreateTodo, ['done', 'title'])) {}

class Search extends IntersectionType(Page, Filter) {}

class Strict {
  @IsString() @MinLength(3) @MaxLength(5) name!: string;
  @IsDefined() @IsInt() id!: number;
  @ValidateNested() @Type(() => Place) place!: Place;
}

@Controller()
class TodoController {
  @Patch('/todos/:id') change(@Param('id') id: number, @Body() change: ChangeTodo) {
    const stored = { title: 'stored', rank: 9, done: true };
    return { id, ...Object.assign(stored, change), isInstance: change instanceof ChangeTodo };
  }
  @Patch('/strictly') strictly(@Body() change: ChangeStrictly) {
    return change;
  }
  @Patch('/admin') admin(@Body({ groups: ['admin'] }) change: ChangeTodo) {
    return change;
  }
  @Patch('/direct') direct(@Body(PartialType(Place)) place: Partial<Place>) {
    return place;
  }
  @Post('/rank') rank(@Body() input: RankTodo) {
    return { ...input, loud: input.shout() };
  }
  @Post('/untitled') untitled(@Body() input: Untitled) {
    return input;
  }
  @Get('/search') search(@Query() search: Search) {
    return search;
  }
  @Post('/skip') skip(@Body({ skipMissingProperties: true }) input: Strict) {
    return input;
  }
  @Post('/stop') stop(@Body({ stopAtFirstError: true }) input: Strict) {
    return input;
  }
  @Post('/all') all(@Body() input: Strict) {
    return input;
  }
}

const messages = (...expected: string[]) => ({ errors: expected.map((message) => ({ message })) });

const rows: Row[] = [
  {
    rule: 'PartialType has none of the base’s defaults, so that a PATCH changes what was sent and nothing else',
    method: 'PATCH',
    target: '/todos/7',
    json: { title: 'new' },
    reply: { id: 7, title: 'new', rank: 9, done: true, isInstance: true },
  },
  {
    rule: 'PartialType runs the base’s validators on what was sent',
    method: 'PATCH',
    target: '/todos/7',
    json: { title: 'x', rank: 0 },
    status: 400,
    includes: messages('title must be longer than or equal to 2 characters', 'rank must not be less than 1'),
  },
  {
    rule: 'PartialType keeps the types of nested classes',
    method: 'PATCH',
    target: '/todos/7',
    json: { places: [{ city: 1 }] },
    status: 400,
    includes: messages('city must be a string'),
  },
  {
    rule: 'PartialType refuses unknown names',
    method: 'PATCH',
    target: '/todos/7',
    json: { titel: 'new' },
    status: 400,
    includes: messages('property titel should not exist'),
  },
  {
    rule: 'a getter of the base is read-only in the derived class as well',
    method: 'PATCH',
    target: '/todos/7',
    json: { label: 'x' },
    status: 400,
  },
  {
    rule: 'PartialType takes null as missing',
    method: 'PATCH',
    target: '/todos/7',
    json: { rank: null },
    reply: { id: 7, title: 'stored', rank: null, done: true, isInstance: true },
  },
  {
    rule: 'without skipNullProperties, null is refused',
    method: 'PATCH',
    target: '/strictly',
    json: { rank: null },
    status: 400,
    includes: messages('rank must not be less than 1, rank must be an integer number'),
  },
  {
    rule: 'without skipNullProperties, a missing value passes',
    method: 'PATCH',
    target: '/strictly',
    json: {},
    reply: {},
  },
  {
    rule: 'a blank input of a form is missing in a PartialType',
    method: 'PATCH',
    target: '/strictly',
    form: { rank: '', email: '', title: 'ab' },
    reply: { title: 'ab' },
  },
  {
    rule: 'PartialType makes the properties of a group optional',
    method: 'PATCH',
    target: '/admin',
    json: {},
    reply: {},
  },
  {
    rule: 'validators of a group run in a PartialType',
    method: 'PATCH',
    target: '/admin',
    json: { secret: 1 },
    status: 400,
    includes: messages('secret must be a string'),
  },
  {
    rule: 'what has no validators in a group is unknown in a PartialType too',
    method: 'PATCH',
    target: '/admin',
    json: { title: 'ab' },
    status: 400,
    includes: messages('property title should not exist'),
  },
  {
    rule: 'a derived class may be passed as it is',
    method: 'PATCH',
    target: '/direct',
    json: { city: 'Rome' },
    reply: { city: 'Rome' },
  },
  {
    rule: 'PickType keeps the defaults and methods of what it picks',
    method: 'POST',
    target: '/rank',
    json: { title: 'abc' },
    reply: { title: 'abc', rank: 3, loud: 'ABC' },
  },
  {
    rule: 'PickType does not know what it does not pick',
    method: 'POST',
    target: '/rank',
    json: { title: 'abc', done: true },
    status: 400,
    includes: messages('property done should not exist'),
  },
  {
    rule: 'PickType keeps what is required required',
    method: 'POST',
    target: '/rank',
    json: {},
    status: 400,
    includes: { errors: [{ path: 'title' }] },
  },
  {
    rule: 'OmitType leaves out what it omits, and a class may redeclare a property',
    method: 'POST',
    target: '/untitled',
    json: {},
    reply: { rank: 7, done: false },
  },
  {
    rule: 'validators of a redeclared property replace those of their kind',
    method: 'POST',
    target: '/untitled',
    json: { rank: 4, title: 'abc' },
    status: 400,
    includes: messages('property title should not exist', 'rank must not be less than 5'),
  },
  {
    rule: 'IntersectionType has the properties and defaults of all its classes, derived ones included',
    target: '/search?page=2&done=true',
    reply: { page: 2, size: 20, done: true },
  },
  {
    rule: 'IntersectionType validates the properties of all its classes',
    target: '/search?page=x&title=a',
    status: 400,
    includes: { errors: [{ path: 'page' }, { path: 'title' }] },
  },
  {
    rule: 'skipMissingProperties lets missing values pass, except with @IsDefined',
    method: 'POST',
    target: '/skip',
    json: {},
    status: 400,
    includes: messages('id should not be null or undefined'),
  },
  {
    rule: 'skipMissingProperties lets null pass, and nested objects be missing',
    method: 'POST',
    target: '/skip',
    json: { id: 1, name: null },
    reply: { id: 1, name: null },
  },
  {
    rule: 'skipMissingProperties checks what was sent',
    method: 'POST',
    target: '/skip',
    json: { id: 1, name: 'a', place: {} },
    status: 400,
    // It is about the nested class as well.
    includes: messages('name must be longer than or equal to 3 characters'),
  },
  {
    rule: 'stopAtFirstError reports one failed validator of each property',
    method: 'POST',
    target: '/stop',
    json: { name: 7, id: 'x', place: { city: 1 } },
    status: 400,
    includes: messages(
      'name must be shorter than or equal to 5 characters',
      'id must be an integer number',
      'city must be a string',
    ),
  },
  {
    rule: 'without stopAtFirstError all failed validators of a property are reported',
    method: 'POST',
    target: '/all',
    json: { name: 7, id: 1, place: { city: 'Rome' } },
    status: 400,
    includes: messages(
      'name must be shorter than or equal to 5 characters, name must be longer than or equal to 3 characters, name must be a string',
    ),
  },
];

describe('the options of a parameter', () => runRows(defineApp({ controllers: [TodoController] }), rows));

@Controller()
class PlainController {
  @Post('/plain') plain(@Body() input: Strict) {
    return input;
  }
  @Post('/strict') strict(@Body({ skipMissingProperties: false, stopAtFirstError: false }) input: Strict) {
    return input;
  }
}

const ofApp: Row[] = [
  {
    rule: 'both options count for all DTOs of an app',
    method: 'POST',
    target: '/plain',
    json: { name: 7 },
    status: 400,
    includes: messages('name must be shorter than or equal to 5 characters', 'id should not be null or undefined'),
  },
  {
    rule: 'the options of a parameter count more than those of the app',
    method: 'POST',
    target: '/strict',
    json: { name: 'abc' },
    status: 400,
    includes: {
      errors: [
        { path: 'id', message: 'id should not be null or undefined, id must be an integer number' },
        { path: 'place' },
      ],
    },
  },
];

describe('the options of an app', () =>
  runRows(defineApp({ controllers: [PlainController], skipMissingProperties: true, stopAtFirstError: true }), ofApp));
