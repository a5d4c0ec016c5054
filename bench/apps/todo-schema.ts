import {
  array,
  boolean,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  object,
  pipe,
  string,
} from 'valibot';

/** A todo as a schema of Valibot: the lightest of its kind to load, for those who take any schema. */
export const TodoSchema = object({
  title: pipe(string(), minLength(1), maxLength(100)),
  priority: pipe(number(), integer(), minValue(1), maxValue(5)),
  done: boolean(),
  owner: pipe(string(), maxLength(50)),
  tags: pipe(array(string()), maxLength(10)),
});
