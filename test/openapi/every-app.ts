/** An app with every decorator and every kind of type that an OpenAPI document can say. */

import { type as ark } from 'arktype';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  Contains,
  Equals,
  IsArray,
  IsBoolean,
  IsDate,
  IsEmail,
  IsEnum,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsPositive,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import {
  All,
  Body,
  BodyLimit,
  ContentType,
  Controller,
  Cookie,
  createParam,
  Delete,
  defineApp,
  discriminator,
  Get,
  Head,
  Header,
  Headers,
  HttpCode,
  IntersectionType,
  OmitType,
  OnNull,
  OnUndefined,
  Options,
  oneOf,
  Param,
  PartialType,
  Patch,
  PickType,
  Post,
  Put,
  Query,
  Redirect,
  Req,
  Type,
  UploadedFile,
  UploadedFiles,
  Use,
} from 'twodoors';
import { ApiExclude, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from 'twodoors/openapi';
import { z } from 'zod';

enum Color {
  Red = 'red',
  Green = 'green',
}

enum Level {
  Low,
  High = 5,
}

class Address {
  @IsString() @MinLength(1) city!: string;
  @IsOptional() @Matches(/^[a-c]\d{4}$/i) zip?: string;
}

class Circle {
  @Equals('circle') kind!: string;
  @IsNumber() @IsPositive() radius!: number;
}

class Square {
  @IsString() kind!: string;
  @IsInt() @Min(1) side!: number;
}

class Tree {
  @IsString() name!: string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Tree) children?: Tree[];
}

class Named {
  @IsString() @Length(2, 20) name!: string;
}

class CreateOrder extends Named {
  @IsEmail() email!: string;
  @IsInt() @Min(1) @Max(99) quantity: number = 1;
  @IsBoolean() gift: boolean = false;
  @IsEnum(Color) color!: Color;
  @IsEnum(Level) level: Level = Level.Low;
  @IsIn(['s', 'm', 'l']) size!: string;
  @IsOptional() @IsDate() due?: Date;
  @IsOptional() @IsUUID() id?: string;
  @IsOptional() @IsUrl({ require_protocol: true }) link?: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(5, { each: true })
  tags!: string[];
  @ValidateNested() address!: Address;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Address) others?: Address[];
  @ValidateNested() @Type(discriminator('kind', { circle: Circle, square: Square })) shape!: Circle | Square;
  @IsOptional() @Type(() => Number) @IsNumber({}, { each: true }) prices?: Map<string, number>;
  @IsOptional() @Type(() => String) @IsString({ each: true }) words?: Set<string>;
  @IsOptional() count?: bigint;
  @IsOptional() @IsString({ groups: ['admin'] }) @Contains('#', { groups: ['admin'] }) note?: string;
  get label(): string {
    return this.name;
  }
}

class ChangeOrder extends PartialType(OmitType(CreateOrder, ['address', 'shape'])) {}

class Order {
  @IsInt() number!: number;
  @IsString() name!: string;
  @IsDate() created!: Date;
}

class Page {
  @IsInt() @Min(1) page: number = 1;
  @IsOptional() @IsIn([10, 20]) size?: number;
}

class Filter extends IntersectionType(Page, PickType(CreateOrder, ['gift', 'color'])) {
  @IsOptional() @IsString({ each: true }) tag?: string[];
}

class Trace {
  @IsOptional() @IsUUID() 'x-trace-id'?: string;
}

const User = createParam(() => 'somebody');

@Controller('/orders')
@ApiTags('orders')
@ApiResponse({ status: 401, description: 'Nobody is signed in' })
class OrderController {
  @Get()
  @ApiOperation({ summary: 'List orders', description: 'The newest first.' })
  @ApiResponse({ status: 200, type: [Order], description: 'A page of orders' })
  list(@Query() _filter: Filter, @Headers() _trace: Trace): Order[] {
    return [{ number: 1, name: 'one', created: new Date(0) }];
  }

  @Post()
  @HttpCode(201)
  @ApiSecurity('token')
  @BodyLimit(5000)
  create(@Body() order: CreateOrder, @User() _user: string): Order {
    return { number: order.quantity, name: order.name, created: new Date(0) };
  }

  @Patch('/:id')
  @OnNull(404)
  change(@Param('id') id: number, @Body({ unknownProperties: 'strip' }) change: ChangeOrder): { id: number } | null {
    return id === 7 ? null : { ...change, id };
  }

  @Put('/:number')
  @Use((_request, next) => next())
  replace(@Param('number') number: number, @Body({ groups: ['admin'] }) note: CreateOrder) {
    return { number, note: note.note };
  }

  @Delete('/:id')
  @ApiOperation({ deprecated: true, operationId: 'deleteOrder', tags: ['admin'] })
  @OnUndefined(204)
  remove(@Param('id') _id: number): void {}

  @Head('/:id')
  @ApiExclude()
  head(@Param('id') _id: number) {}

  @Get('/by/:color{/:level}')
  by(@Param('color', Color) color: Color, @Param('level?', Level) level?: Level): string {
    return `${color} ${level}`;
  }

  @Post('/:id/tree') tree(@Param('id') _id: bigint, @Body() tree: Tree): Tree {
    return tree;
  }

  @Post('/:id/photos')
  photos(
    @UploadedFile('cover', { types: ['image/png', 'image/jpeg'] }) cover: UploadedFile,
    @UploadedFiles('photos?', { max: 3 }) photos: UploadedFile[],
    @Body() names: Named,
  ) {
    return { cover: cover.filename, photos: photos.length, name: names.name };
  }
}

@Controller()
class PageController {
  @Get('/pages/:name.html')
  @ContentType('text/html')
  page(@Param('name') name: string): string {
    return `<p>${name}`;
  }

  @Get('/old') @Redirect('/pages/new.html', 301) old() {}

  @Get('/files/*path') @Header('x-kind', 'file') files(@Param('path') path: string): string {
    return path;
  }

  @All('/any') any(@Req() _request: unknown) {}

  @Options('/any') options() {}

  @Get('/search')
  search(
    @Query('q') q: string,
    @Query('n') n: number = 10,
    @Query('order', oneOf('asc', 'desc')) order: 'asc' | 'desc' = 'asc',
    @Query('ids', [Number], { separator: ',', optional: true }) ids?: number[],
    @Query('tag', [String], { optional: true }) tags?: string[],
    @Query('since?') since?: Date,
    @Headers('x-client') client?: string,
    @Cookie('theme?') theme?: string,
  ) {
    return { q, n, order, ids, tags, since, client, theme };
  }

  @Post('/zod') zod(@Body(z.object({ name: z.string().min(2), age: z.number().int().optional() })) body: object) {
    return body;
  }

  @Post('/ark')
  @ApiResponse({ type: ark({ a: 'number' }), status: 200 })
  ark(@Body(ark({ a: 'number > 1' })) body: object) {
    return body;
  }

  @Get('/zod/:id') zodParam(
    @Param('id', z.uuid()) id: string,
    @Query(z.object({ limit: z.coerce.number().max(5) })) q: object,
  ) {
    return { id, q };
  }

  @Post('/text') text(@Body() text: string): string {
    return text;
  }

  @Post('/bytes') bytes(@Body() bytes: Uint8Array): number {
    return bytes.byteLength;
  }

  @Post('/fields')
  fields(@Body('a') a: number, @Body('b', [String], { optional: true }) b?: string[]) {
    return { a, b };
  }

  @Post('/many') many(@Body([Address]) all: Address[]): number {
    return all.length;
  }
}

export const app = defineApp({
  controllers: [OrderController, PageController],
  log: () => {},
  openapi: {
    path: '/openapi.json',
    ui: '/docs',
    info: { title: 'Orders', version: '2.0.0', description: 'Every decorator.' },
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
  },
});
