import { IsArray, IsInt, IsString, ValidateNested } from 'class-validator';
import {
  Body,
  Controller,
  defineApp,
  Get,
  Headers,
  HttpReply,
  type Middleware,
  Param,
  Post,
  Query,
  Type,
  Use,
} from 'twodoors';
import { inject, openDoors } from 'twodoors/testing';
import { runRows } from './run-rows.js';

// What users of other frameworks have met, one by one. None of it can happen here.

class Child {
  @IsString() name!: string;
}

class Parent {
  @ValidateNested() child!: Child;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Child) children!: Child[];
}

class BaseDto {
  @IsInt() inherited!: number;
}

class SubDto extends BaseDto {
  @IsString() own!: string;
}

const calls: string[] = [];
const order: string[] = [];

function tell(name: string): Middleware {
  return async (_request, next) => {
    order.push(`>${name}`);
    const reply = await next();
    order.push(`<${name}`);
    return reply;
  };
}

class InheritedRoutes {
  @Get('/inherited') inherited() {
    return 'inherited';
  }
}

@Controller('/p')
@Use(tell('class'))
class FirstController extends InheritedRoutes {
  @Get('/:id') byId(@Param('id') id: string) {
    calls.push(`byId ${id}`);
    return { id };
  }
  @Get('/special') special() {
    calls.push('special');
    return 'special';
  }
  @Get('/nothing/at-all') nothing() {
    calls.push('nothing');
  }
  @Get('/scalar/string') scalar(@Query('id') id: string) {
    return { id, type: typeof id };
  }
  @Get('/scalar/boolean') boolean(@Query('b') b: boolean) {
    return { b };
  }
  @Get('/scalar/number') number(@Query('n') n: number) {
    return { n };
  }
  @Get('/scalar/date') date(@Query('d') d: Date) {
    return { d };
  }
  @Get('/scalar/bigint') bigint(@Query('n') n: bigint) {
    return { n: String(n) };
  }
  @Get('/header/trace') trace(@Headers('X-Trace') trace: string) {
    return { trace };
  }
  @Post('/parent') parent(@Body() parent: Parent) {
    return { are: parent.children.every((child) => child instanceof Child) && parent.child instanceof Child };
  }
  @Post('/sub') sub(@Body() sub: SubDto) {
    return sub;
  }
  @Get('/order/all') @Use(tell('method')) ordered() {
    order.push('handler');
    return 'ordered';
  }
  @Get('/forgot/await') forgot() {
    // Not awaited, and it fails: what a handler returned is always caught.
    return Promise.reject(new Error('nobody awaited this'));
  }
  @Get('/twice/replied')
  @Use(async (_request, next) => {
    await next();
    return new HttpReply('the second reply counts, and is the only one');
  })
  twice() {
    return 'the first';
  }
  @Get('/seen/error')
  @Use(async (_request, next) => {
    try {
      return await next();
    } catch (error) {
      return { seen: (error as Error).message };
    }
  })
  seen() {
    throw new Error('visible');
  }
}

@Controller('/p')
class LaterController {
  @Get('/:id/later') later() {
    calls.push('later');
    return 'later';
  }
  @Get('/*rest') rest() {
    calls.push('rest');
    return 'rest';
  }
}

const app = defineApp({ controllers: [FirstController, LaterController], use: [tell('app')], log: () => {} });

const refused = (path: string) => ({ status: 400, includes: { errors: [{ path }] } });

describe('old traps', () =>
  runRows(app, [
    { rule: 'undefined does not become a 404 by itself', target: '/p/nothing/at-all', status: 204, reply: '' },
    {
      rule: 'a second reply replaces the first, and headers are sent once',
      target: '/p/twice/replied',
      reply: 'the second reply counts, and is the only one',
    },
    { rule: 'NaN does not reach a handler', target: '/p/scalar/number?n=NaN', ...refused('n') },
    { rule: 'an empty string does not become the number 0', target: '/p/scalar/number?n=', ...refused('n') },
    {
      rule: '?id=1&id=2 does not give an array for a string',
      target: '/p/scalar/string?id=1&id=2',
      reply: { id: '1', type: 'string' },
      lostIn: ['alb'],
    },
    { rule: '?id[b]=1 does not give an object for a string', target: '/p/scalar/string?id[b]=1', ...refused('id') },
    { rule: 'the text false is not true', target: '/p/scalar/boolean?b=false', reply: { b: false } },
    {
      rule: 'null does not pass as a required nested DTO',
      target: '/p/parent',
      json: { child: null, children: [] },
      ...refused('child'),
    },
    {
      rule: 'a list of DTOs is a list of instances',
      target: '/p/parent',
      json: { child: { name: 'a' }, children: [{ name: 'b' }] },
      reply: { are: true },
    },
    {
      rule: 'each DTO in a list is validated',
      target: '/p/parent',
      json: { child: { name: 'a' }, children: [{ name: 'b' }, { name: 7 }] },
      ...refused('children[1].name'),
    },
    { rule: 'an array as the body does not skip the validators', target: '/p/parent', json: [], ...refused('') },
    {
      rule: 'an unknown property does not slip through in a nested DTO',
      target: '/p/parent',
      json: { child: { name: 'a', isAdmin: true }, children: [] },
      ...refused('child.isAdmin'),
    },
    { rule: 'inherited routes are not lost', target: '/p/inherited', reply: 'inherited' },
    { rule: 'inherited validators are not lost', target: '/p/sub', json: { own: 'x' }, ...refused('inherited') },
    {
      rule: 'a header is not missed because of its case',
      target: '/p/header/trace',
      headers: { 'x-trace': 't' },
      reply: { trace: 't' },
    },
    { rule: 'an Invalid Date does not reach a handler', target: '/p/scalar/date?d=soon', ...refused('d') },
    {
      rule: 'a big integer loses no digits',
      target: '/p/scalar/bigint?n=9007199254740993',
      reply: { n: '9007199254740993' },
    },
    { rule: 'a promise that rejects without being awaited is a 500', target: '/p/forgot/await', status: 500 },
    {
      rule: 'a middleware sees the error of the handler that it wraps',
      target: '/p/seen/error',
      reply: { seen: 'visible' },
    },
    {
      rule: 'a nested mistake keeps its path',
      target: '/p/parent',
      json: { child: { name: 1 }, children: [] },
      ...refused('child.name'),
    },
  ]));

test('one handler runs once for one request, however many routes match, and no later controller sees it', async () => {
  const doors = await openDoors(app);
  for (const door of doors) {
    calls.length = 0;
    await door.request('/p/special');
    await door.request('/p/special/');
    await door.request('/p/7');
    await door.request('/p/nothing/at-all');
    expect([door.name, ...calls]).toEqual([door.name, 'special', 'special', 'byId 7', 'nothing']);
  }
  await doors.close();
});

test('the order of middleware is the same in every door', async () => {
  const doors = await openDoors(app);
  for (const door of doors) {
    order.length = 0;
    await door.request('/p/order/all');
    expect([door.name, ...order]).toEqual([
      door.name,
      '>app',
      '>class',
      '>method',
      'handler',
      '<method',
      '<class',
      '<app',
    ]);
  }
  await doors.close();
});

test('no rejection is left unhandled', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  await inject(app, '/p/forgot/await');
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
