import { IsInt, IsOptional, IsString, Max, MinLength, ValidateNested } from 'class-validator';
import {
  Body,
  Controller,
  createParam,
  defineApp,
  defineRouteMetadata,
  Get,
  HttpCode,
  type Middleware,
  Param,
  Post,
  Query,
  Req,
  Secret,
  Type,
  Use,
} from 'twodoors';

// All of its decorators get constants. What the environment changes is done to the classes afterwards.
const { env } = process;

const mark =
  (value: string): Middleware =>
  async (request, next) => {
    const reply = await next();
    reply.headers['x-mark'] = `${reply.headers['x-mark'] ?? ''}${value}${Roles.of(request.route) ?? ''}`;
    return reply;
  };
const marked = mark('a');
const Roles = defineRouteMetadata<string>();
const Agent = createParam((request, name: string) => request.headers[name] ?? 'none');

class Base {
  @Get('/base') base(@Query('n', { optional: true }) n?: string) {
    return { base: n };
  }
}

@Controller('/home')
@Use(marked)
class HomeController extends Base {
  @Get() @Roles('reader') show(@Query('n') n: number = 1) {
    return { n };
  }
  @Get('/marked') @Use(marked) @HttpCode(203) marked() {
    return 'marked';
  }
  @Get('/agent') agent(@Agent('user-agent') agent: unknown, @Req() request: { path: string }) {
    return { agent, path: request.path };
  }
  @Get('/plain') plain() {
    return 'plain';
  }
  // Only the environment makes a route of it.
  added() {
    return 'added';
  }
}

class Item {
  @IsInt() n!: number;
}

class Input {
  @IsInt() @Max(5) n!: number;
  @Secret() @IsString() @MinLength(2) word!: string;
  @ValidateNested() @Type(() => Item) items!: Item[];
}

class Late {
  @IsInt() n!: number;
  @IsOptional() late?: string;
}

@Controller('/second')
class SecondController {
  @Get('/list') list(@Query('n', [Number]) n: number[]) {
    return { n };
  }
  @Get('/defaults') defaults(@Query('n') n: number = 1, @Query('m') m: number = n + 1) {
    return { n, m };
  }
  @Get('/:id') one(@Param('id') id: string) {
    return { id };
  }
  @Post() create(@Body() { n, word, items }: Input) {
    return { n, word, items: items.map((item) => [item.constructor.name, item.n]) };
  }
  @Post('/late') late(@Body() late: Late) {
    return { is: late.constructor.name, late: [typeof late.late, String(late.late)] };
  }
}

// A build that saw which classes are decorated by hand would not take them for constant.
const prototypeOf = <T>(type: { readonly prototype: T }): T => type.prototype;
const prototype = prototypeOf(HomeController);
switch (env['BY_HAND']) {
  case 'class':
    Use(mark('b'))(HomeController);
    break;
  case 'method':
    HttpCode(202)(prototype, 'show', Object.getOwnPropertyDescriptor(prototype, 'show')!);
    break;
  case 'route':
    Get('/added')(prototype, 'added', Object.getOwnPropertyDescriptor(prototype, 'added')!);
    break;
  case 'validator':
    Max(0)(prototypeOf(Late), 'n');
    break;
  case 'type':
    Type(() => Date)(prototypeOf(Late), 'late');
    break;
}
if (env['WRAPPED'] !== undefined) {
  const second = prototypeOf(SecondController);
  const { defaults } = second;
  second.defaults = function (this: SecondController, ...args: unknown[]) {
    return { ...(defaults.apply(this, args as never) as object), isWrapped: true } as never;
  };
  const { plain } = prototype;
  prototype.plain = (..._args: unknown[]) => `wrapped ${plain()}`;
}
if (env['STORAGE'] !== undefined) {
  const { classValidatorMetadataStorage } = globalThis as unknown as Record<string, { validationMetadatas?: unknown }>;
  if (classValidatorMetadataStorage === undefined) throw new Error('There is no storage.');
}

const controllers = [HomeController, SecondController];
if (env['REORDERED'] !== undefined) controllers.reverse();
export const app = defineApp({ controllers, log: () => {} });
