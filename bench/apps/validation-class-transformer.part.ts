import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { CreateTodo } from './create-todo.js';

/** From parsed JSON to a DTO, as routing-controllers and NestJS do it. */
export const run = async (parsed: object): Promise<CreateTodo> => {
  const todo = plainToInstance(CreateTodo, parsed);
  const errors = await validate(todo, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length > 0) throw errors;
  return todo;
};
