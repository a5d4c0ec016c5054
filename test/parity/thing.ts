import { IsArray, IsBoolean, IsInt, IsOptional, IsString, Length, Min } from 'class-validator';
import { Type } from './type.js';

/** A DTO for bodies. */
export class CreateThing {
  @IsString() @Length(1, 12) @Type(String) name!: string;
  @IsOptional() @IsInt() @Min(0) @Type(Number) n?: number;
  @IsOptional() @IsBoolean() @Type(Boolean) flag?: boolean;
  @IsOptional() @IsArray() @IsString({ each: true }) @Type(Array) tags?: string[];
}

/** A DTO for query strings. */
export class ThingQuery {
  @IsOptional() @IsString() @Type(String) q?: string;
  @IsOptional() @IsInt() @Type(Number) n?: number;
}
