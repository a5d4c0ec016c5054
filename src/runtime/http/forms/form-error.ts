import { brand } from '../../identity/brand.js';
import { type BindingIssue, HttpError } from '../errors/http-error.js';
import { detailOf, limitIssues } from '../errors/problem.js';
import { fieldPathOf } from './field-path.js';

/** The name of a field: a property of the DTO, one nested in it (`address.city`, `tags[2]`), or `''` for the whole form. */
export type FieldName<T extends object> =
  | ''
  | (keyof T & string)
  | `${keyof T & string}.${string}`
  | `${keyof T & string}[${string}`;

/** A type that is said, and not inferred from the messages. */
type Stated<T> = [T][T extends unknown ? 0 : never];

/** Messages by field; those that are undefined count as not there. */
export type FieldErrors<T extends object> = { readonly [Name in FieldName<T>]?: string | undefined };

/**
 * What a handler finds wrong with a form that is valid in itself, such as a name that is taken. On a method with
 * `@OnInvalid` the form is shown again, with these messages at its fields; without it, and for clients that prefer JSON, it
 * is a 400 that names them.
 *
 * @typeParam T the DTO of the form: only its fields can be named
 * @example
 * ```ts
 * throw new FormError<Register>({ username: 'Already taken' });
 * throw new FormError<SignIn>({ '': 'Wrong name or password' });
 * ```
 */
export class FormError<T extends object = Readonly<Record<string, unknown>>> extends HttpError {
  override readonly name: string = 'FormError';

  /** @throws TypeError without a message */
  constructor(errors: FieldErrors<Stated<T>>) {
    const issues = Object.entries<string | undefined>(errors)
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([name, message]): BindingIssue => ({ in: 'body', path: fieldPathOf(name), message }));
    if (issues.length === 0) {
      throw new TypeError("FormError: it has no message. Pass one: new FormError({ username: 'Already taken' }).");
    }
    const limited = limitIssues(issues);
    super(400, detailOf(limited), { errors: limited });
  }
}

brand(FormError, 'FormError');
