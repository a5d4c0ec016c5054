import type { ValueIssue } from './check-run.js';

/** The instance, or all issues of the input. */
export type Validated<T> = { readonly value: T } | { readonly issues: readonly ValueIssue[] };

/** Makes an instance of a parsed value and validates it; gives a promise only where a constraint is asynchronous. */
export type Validator<T> = (input: unknown) => Validated<T> | Promise<Validated<T>>;
