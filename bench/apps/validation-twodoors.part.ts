import { compileValidator } from 'twodoors';
import { CreateTodo } from './create-todo.js';

/** From parsed JSON to a DTO, as both doors do it. */
export const run: (parsed: object) => unknown = compileValidator(CreateTodo);
