import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import {
  ArrayMaxSize,
  Equals,
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
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  registerDecorator,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import {
  Body,
  BodyLimit,
  Controller,
  Cookie,
  discriminator,
  Headers,
  lazy,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Type,
  UploadedFile,
  UploadedFiles,
} from 'twodoors';
import * as v from 'valibot';

enum Size {
  Small = 's',
  Large = 'l',
}

@ValidatorConstraint({ name: 'isEven' })
class IsEvenConstraint implements ValidatorConstraintInterface {
  validate(value: unknown) {
    return typeof value === 'number' && value % 2 === 0;
  }
  defaultMessage() {
    return '$property of $target is not even: $value';
  }
}

function IsFree(): PropertyDecorator {
  return (target, name) =>
    registerDecorator({
      name: 'isFree',
      async: true,
      target: target.constructor,
      propertyName: String(name),
      constraints: ['taken'],
      validator: {
        validate: async (value: unknown, args) => !args?.constraints.includes(value),
        defaultMessage: () => '$value is $constraint1',
      },
    });
}

class Tag {
  @IsString({ message: 'a tag needs a $property, not $value' }) @Length(1, 5) name!: string;
  @IsOptional() @Type(() => [Tag]) @ValidateNested({ each: true }) @IsArray() children?: Tag[];
}

class Circle {
  @Equals('circle') kind!: 'circle';
  @Min(0) radius!: number;
}

class Square {
  @Equals('square') kind!: 'square';
  @IsInt() @Max(9) side = 3;
}

class Thing {
  @IsString() @Length(1, 12) name!: string;
  @IsOptional() @IsInt() @Min(0) @Max(100) n?: number;
  @IsOptional() @IsBoolean() flag?: boolean;
}

class Whole extends Thing {
  @Validate(IsEvenConstraint) even!: number;
  @IsFree() @IsOptional() free?: string;
  @IsEnum(Size, { groups: ['a'] }) @IsOptional({ always: true }) size: Size = Size.Small;
  @IsIn(['x', 'y', 3]) @IsOptional() choice?: string | number;
  @ValidateIf((each: Whole) => each.flag === true) @IsEmail() email?: string;
  @ValidateNested({ each: true }) @Type(() => Tag) @ArrayMaxSize(2) @IsOptional() tags?: Tag[];
  @ValidateNested() @IsDefined() @Type(discriminator('kind', { circle: Circle, square: Square })) shape!:
    | Circle
    | Square;
  @IsOptional() @IsDate() day?: Date;
  @IsOptional() @Matches(/^[a-c]+$/, { message: ({ property }) => `${property} has other letters` }) letters?: string;
  get label() {
    return `${this.name}!`;
  }
}

class Grouped {
  @IsInt({ groups: ['create'] }) id!: number;
  @IsString({ groups: ['create', 'update'] }) @Length(2, 4, { groups: ['update'] }) name!: string;
}

class Filter {
  @IsOptional() @IsInt() @Min(1) page = 1;
  @IsOptional() @IsString({ each: true }) @IsArray() tag?: string[];
  @IsOptional() @IsUUID('4') id?: string;
}

class Names {
  @IsString() 'X-Name'!: string;
}

class PathParts {
  @IsInt() a!: number;
  @IsString() @Length(2, 3) b!: string;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Bodies of all kinds, and DTOs of all sources. */
@Controller('/bodies')
export class BodyController {
  @Post('/thing') thing(@Body() thing: Thing) {
    return { ...thing, is: thing.constructor.name };
  }
  @Post('/whole') async whole(@Body() whole: Whole) {
    return { whole, label: whole.label, shape: whole.shape.constructor.name };
  }
  @Post('/list') list(@Body([Thing]) things: Thing[]) {
    return things;
  }
  @Post('/create') create(@Body({ groups: ['create'] }) grouped: Grouped) {
    return grouped;
  }
  @Patch('/update') update(@Body({ groups: ['update'], unknownProperties: 'keep' }) grouped: Grouped) {
    return grouped;
  }
  @Post('/lazy') later(@Body(lazy(() => Tag)) tag: Tag) {
    return tag;
  }
  @Post('/optional') optional(@Body({ optional: true, unknownProperties: 'strip' }) thing?: Thing) {
    return { thing: thing ?? 'none' };
  }
  @Post('/schema') schema(@Body(v.object({ a: v.number(), b: v.optional(v.array(v.string())) })) value: object) {
    return value;
  }
  @Post('/fields') fields(
    @Body('name') name: string,
    @Body('n?') n?: number,
    @Body('tags', [String], { separator: ',', optional: true }) tags?: string[],
    @Body('things', [Thing], { optional: true }) things?: Thing[],
    @Body('size', Size, { optional: true }) size?: Size,
  ) {
    return { name, n, tags, things, size };
  }
  @Post('/json') json(@Body(Object) value: unknown) {
    return { value };
  }
  @Post('/text') text(@Body() text: string) {
    return { text };
  }
  @Put('/bytes') @BodyLimit(40) bytes(@Body() bytes: Uint8Array) {
    return { hex: hex(bytes) };
  }
  @Put('/readable') async readable(@Body() stream: Readable) {
    return { chunks: (await stream.toArray()).map((chunk) => hex(chunk)).join('') };
  }
  @Put('/web') async web(@Body() stream: ReadableStream) {
    const chunks: string[] = [];
    for await (const chunk of stream) chunks.push(hex(chunk as Uint8Array));
    return { web: chunks.join('') };
  }
  @Post('/upload') upload(
    @UploadedFile('file', { maxBytes: 16, types: ['text/*'] }) file: UploadedFile,
    @Body('name?') name?: string,
  ) {
    return { name, file: file.filename, type: file.contentType, hex: hex(file.bytes) };
  }
  @Post('/uploads') uploads(@UploadedFiles('files?', { max: 2 }) files: UploadedFile[], @Body('name?') name?: string) {
    return { name, files: files.map(({ filename }) => filename) };
  }
  @Post('/filter') filter(@Query() filter: Filter, @Headers() names: Names, @Cookie() cookies: Record<string, string>) {
    return { filter, names, cookies };
  }
  @Post('/parts/:a/:b') parts(@Param() parts: PathParts) {
    return parts;
  }
}
