import { IsIn, IsInstance, IsInt, IsOptional, IsString, Max, MinLength, ValidateNested } from 'class-validator';
import {
  type AppOptions,
  Body,
  type Class,
  ContentType,
  Controller,
  defineApp,
  defineRouteMetadata,
  Get,
  Header,
  Headers,
  HttpCode,
  HttpReply,
  type HttpRequest,
  lazy,
  type Middleware,
  Param,
  Post,
  Put,
  Query,
  Redirect,
  Req,
  Type,
  Use,
  UseInterceptor,
} from 'twodoors';

// What the environment changes. Unset is what the build sees.
const { env } = process;
const is = (name: string) => env[name] !== undefined;

const counts: Record<string, number> = {};
Object.assign(globalThis, { constructed: counts });

class Counted {
  constructor() {
    const { name } = this.constructor;
    counts[name] = (counts[name] ?? 0) + 1;
  }
}

const mark =
  (value: string): Middleware =>
  async (_request, next) => {
    const reply = await next();
    reply.headers['x-marks'] = `${reply.headers['x-marks'] ?? ''}${value}`;
    return reply;
  };

const Tagged = defineRouteMetadata<string>();
const none: MethodDecorator & ClassDecorator = () => {};
const nothing: PropertyDecorator = () => {};

class Inner {
  @IsInt() @Max(Number(env['MAX_INNER'] ?? 5)) n!: number;
}

class OtherInner {
  @IsString() n!: string;
}

class Input {
  @IsInt() @Max(Number(env['MAX'] ?? 5)) n!: number;
  @(is('MORE') ? MinLength(3) : nothing) @(is('FEWER') ? nothing : IsString()) @Type(() => String) name!: string;
  @IsOptional() @ValidateNested() @Type(() => (is('OTHER_INNER') ? OtherInner : Inner)) inner?: Inner;
  @IsOptional() @IsIn(is('IN') ? [1, 2] : ['a', 'b']) choice?: unknown;
  @IsOptional()
  @Type(() => (is('PROPERTY_TYPE') ? Number : String))
  @(is('PROPERTY_TYPE') ? IsInt() : IsString())
  typed?: unknown;
}

class OtherInput {
  @IsString({ message: '$property of $target' }) other!: string;
}

// Twins: nothing but their names is different.
class Left {
  @IsString({ message: '$target has no $property' }) name!: string;
}

class Right {
  @IsString({ message: '$target has no $property' }) name!: string;
}

class Instance {
  @IsOptional() @IsInstance(is('INSTANCE') ? URL : Date) at?: unknown;
}

const fail = () => {
  throw new Error('no type');
};

const schemaOf = (word: string) => ({
  '~standard': {
    version: 1 as const,
    vendor: 'own',
    validate: (value: unknown) => (value === word ? { value: { word } } : { issues: [{ message: `not ${word}` }] }),
  },
});

/** A schema that is a function, as those of ArkType are. */
const functionSchema = Object.assign(() => {}, schemaOf('function'));

const describe = (value: unknown) => {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  if (typeof value === 'object' && value !== null) return { is: value.constructor.name, value: { ...value } };
  return { type: typeof value, value: String(value) };
};

@Controller(env['PREFIX'] ?? '/home')
@Tagged(env['TAG'] ?? 'a')
@Use(is('CLASS_USE') ? mark('other') : mark('class'))
class HomeController extends Counted {
  @Get((env['PATH_OF_SHOW'] ?? '/show/:id') as '/show/:id') show(
    @Param(env['PARAM'] ?? 'id', is('STRING_ID') ? String : Number) id: unknown,
  ) {
    return describe(id);
  }
  @Get('/named') named(
    @Query(env['NAME'] ?? 'q', { optional: is('OPTIONAL') }) q: string,
    @Headers(env['HEADER_NAME'] ?? 'x-a', { optional: true }) a?: string,
  ) {
    return { q, a };
  }
  @Get('/list') list(@Query('n', [Number], is('SEPARATOR') ? { separator: ',' } : {}) n: number[]) {
    return n;
  }
  @Get('/lazy') later(
    @Query(
      'n',
      lazy(() => (is('THROWS') ? fail() : is('LAZY') ? Number : String)),
    )
    n: unknown,
  ) {
    return describe(n);
  }
  @(is('PUT') ? Put('/method') : Post('/method')) method() {
    return 'method';
  }
  @Get('/status')
  @HttpCode(Number(env['STATUS'] ?? 203))
  @Header('x-own', env['OWN'] ?? 'own')
  @ContentType((env['TYPE'] ?? 'text/plain') as 'text/plain')
  @(is('METHOD_USE') ? Use(mark('method')) : none)
  @(is('INTERCEPTED') ? UseInterceptor((value) => `more ${value}`) : none)
  status() {
    return 'status';
  }
  @Get('/moved') @Redirect(env['LOCATION'] ?? '/there', Number(env['MOVED'] ?? 302)) moved() {}
  @Get('/tag') tag(@Req() request: HttpRequest) {
    return { tag: Tagged.of(request.route) };
  }
  @Get('/plain') @UseInterceptor((value) => ({ value, by: is('OTHER_INTERCEPTOR') ? 'other' : 'own' })) plain() {
    return { plain: true };
  }
}

@Controller('/bodies', is('SCOPE') ? { scope: 'request' } : {})
class BodyController extends Counted {
  @Post('/dto') dto(@Body(is('OTHER_DTO') ? OtherInput : is('BAD_DTO') ? Counted : Input) input: object) {
    return describe(input);
  }
  @Post('/twin') twin(@Body(is('TWIN') ? Right : Left) input: object) {
    return describe(input);
  }
  @Post('/list') list(@Body(is('NO_LIST') ? Input : [Input]) input: object) {
    return { isList: Array.isArray(input) };
  }
  @Post('/kind') kind(
    @Body(is('STREAM') ? ReadableStream : is('SCHEMA') ? functionSchema : is('DTO') ? Input : Uint8Array) body: unknown,
  ) {
    return body instanceof ReadableStream ? new HttpReply(body) : describe(body);
  }
  @Post('/schema') schema(@Body(schemaOf(env['WORD'] ?? 'word')) body: unknown) {
    return describe(body);
  }
  @Post('/lazy') later(@Body(lazy(() => (is('LAZY_DTO') ? OtherInput : Input))) body: object) {
    return describe(body);
  }
  @Post('/instance') instance(@Body(Instance) { at }: Instance) {
    return describe(at);
  }
}

@Controller('/more')
class MoreController extends Counted {
  @Get() more() {
    return 'more';
  }
}

// Controllers with the same routes, of which the environment selects one.
@Controller('/selected')
class OneController extends Counted {
  @Get('/:id') show(@Param('id') id: string) {
    return { one: id };
  }
}

@Controller('/selected')
class OtherController extends Counted {
  @Get('/:id') show(@Param('id') id: string) {
    return { other: id };
  }
}

@Controller('/selected')
class WrongController extends Counted {
  @Get('/:id') show(@Param('id') id: string, more: string) {
    return { wrong: id, more };
  }
}

const selected = is('WRONG_CLASS') ? WrongController : is('OTHER_CLASS') ? OtherController : OneController;

const list: Class[] = [HomeController, BodyController, selected];
if (is('ADDED')) list.push(MoreController);
if (is('REMOVED')) list.pop();
if (is('REORDERED')) list.reverse();

const middleware = [is('OTHER_USE') ? mark('other') : mark('app')];
if (is('MORE_USE')) middleware.push(mark('more'));

/** An app that is another one in another environment. */
export const app = defineApp({
  controllers: list,
  use: middleware,
  bodyLimit: Number(env['BODY_LIMIT'] ?? 200),
  ...(is('STRICT') && { strict: true }),
  ...(is('ON_ERROR') && { onError: () => new HttpReply('an error', { status: 418 }) }),
  ...(is('KEEP') && { unknownProperties: 'keep' }),
  development: false,
} satisfies AppOptions);
