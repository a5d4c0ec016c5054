import { sharedByCopies } from '../../identity/copies.js';
import type { HttpRequest } from '../http-request.js';
import { fieldPartsOf, fieldPathOf } from './field-path.js';

/**
 * A form as its page shows it: what was typed, and what is wrong with it. Names of nested fields may be spelled in any way:
 * `address.city` or `address[city]`, `items[0].qty` or `items.0.qty`.
 */
export interface Form {
  /** The name of the method that the form was sent to; empty where none was. */
  readonly name: string;
  /** Whether this form was sent, and is shown again because of its mistakes. */
  readonly submitted: boolean;
  /** What was typed, in the shape of the DTO, its leaves as they came. Without files, passwords and `@Secret()` properties. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The message for each field with mistakes, `''` for the form as a whole. */
  readonly errors: Readonly<Record<string, string>>;
  /** What was typed into a field; `''` for nothing. `initial` counts only where no form was sent. */
  value(name: string, initial?: unknown): unknown;
  /** The message for a field, `''` for a field without mistakes. For `tags[]` also that of an item of the list. */
  error(name: string): string;
  /** This form, if it was sent to the method of this name; else an empty one, for another form of the same page. */
  named(name: string): Form;
  /** The `id` for a field's element; those of a `named` form begin with its name. */
  id(name: string): string;
  /** The mistakes that no field of the page shows; for a list of them. */
  unshown(): readonly FieldMistake[];
}

/** What is wrong with one field. */
export interface FieldMistake {
  /** Empty for the form as a whole. */
  readonly name: string;
  readonly message: string;
}

/** What was sent, and what is wrong with it. */
export interface Submission {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** By path, in the spelling of {@link fieldPathOf}. */
  readonly errors: Readonly<Record<string, string>>;
  /** Follows what the page shows. */
  readonly display: FormDisplay;
}

/** Which mistakes a page shows. A list of the others can stand above the fields, so that the page is rendered twice then. */
export class FormDisplay {
  readonly shown = new Set<string>();
  /** What a list has to show, from the second time on. */
  unshown: readonly FieldMistake[] | undefined;
  isListed = false;

  /** The mistakes that were not shown so far. */
  rest(errors: Readonly<Record<string, string>>): FieldMistake[] {
    return Object.entries(errors)
      .filter(([name]) => !this.shown.has(name))
      .map(([name, message]) => ({ name, message }));
  }
}

const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

/**
 * Makes a form for views. Its members are its own: Python's `values` of nunjucks would hide an inherited one.
 *
 * @param submission what was sent. Default: nothing
 * @param prefix of ids
 */
export function createForm(submission?: Submission, prefix = ''): Form {
  const { name = '', values = NOTHING, errors = NOTHING, display } = submission ?? {};
  return {
    name,
    submitted: submission !== undefined,
    values,
    get errors() {
      for (const path of Object.keys(errors)) display?.shown.add(path);
      return errors;
    },
    value: (field, initial = '') => (submission === undefined ? initial : (valueAt(values, field) ?? '')),
    error(field) {
      const path = fieldPathOf(field);
      display?.shown.add(path);
      if (!field.endsWith('[]')) return errors[path] ?? '';
      const ofItems = Object.keys(errors).filter((each) => each.startsWith(`${path}[`));
      for (const each of ofItems) display?.shown.add(each);
      return errors[path] ?? errors[ofItems[0] ?? ''] ?? '';
    },
    named: (method) => createForm(method === name ? submission : undefined, method),
    id: (field) =>
      [prefix, field]
        .join('-')
        .replace(/[^\w-]+/g, '-')
        .replace(/^-|-$/g, ''),
    unshown() {
      if (display === undefined) return [];
      display.isListed = true;
      return display.unshown ?? [];
    },
  };
}

function valueAt(values: unknown, name: string): unknown {
  let value = values;
  for (const part of fieldPartsOf(name)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

const forms = sharedByCopies('forms', new WeakMap<HttpRequest, Form>());

const EMPTY: Form = createForm();

/**
 * The form of a page as views have it under the name `form`: the one that was sent with this request and has mistakes, else
 * an empty one. For template engines of your own.
 *
 * @example
 * ```ts
 * const views: ViewEngine = { findMistake, render: (name, values, request) => render(name, { ...values, form: formOf(request) }) };
 * ```
 */
export function formOf(request: HttpRequest | undefined): Form {
  return (request && forms.get(request)) ?? EMPTY;
}

/** Makes a form that of a request's page. */
export function setForm(request: HttpRequest, form: Form): void {
  forms.set(request, form);
}
