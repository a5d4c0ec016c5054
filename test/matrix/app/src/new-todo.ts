import { IsInt, IsString, Max, Min, MinLength } from 'class-validator';

export class NewTodo {
  @IsString() @MinLength(1) title!: string;
  @IsInt() @Min(1) @Max(5) priority: number = 3;
}
