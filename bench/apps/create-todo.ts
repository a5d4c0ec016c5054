import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsString, Length, Max, MaxLength, Min } from 'class-validator';

/** A todo as a DTO of class-validator, for twodoors, routing-controllers and NestJS alike. */
export class CreateTodo {
  @IsString()
  @Length(1, 100)
  title!: string;

  @IsInt()
  @Min(1)
  @Max(5)
  priority!: number;

  @IsBoolean()
  done!: boolean;

  @IsString()
  @MaxLength(50)
  owner!: string;

  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  tags!: string[];
}
