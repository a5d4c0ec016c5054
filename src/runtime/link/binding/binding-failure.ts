import type { BindingIssue } from '../../http/errors/http-error.js';
import { brand } from '../../identity/brand.js';

/** What a binder gives in place of a value that cannot be bound: everything that is wrong with it. */
export class BindingFailure {
  readonly issues: readonly BindingIssue[];
  /** 404 for a value of the path that cannot be converted to its type: there is no such page. */
  readonly status: 400 | 404;

  constructor(issues: readonly BindingIssue[], status: 400 | 404 = 400) {
    this.issues = issues;
    this.status = status;
  }

  /** A failure with one issue. */
  static of(location: BindingIssue['in'], path: string, message: string): BindingFailure {
    return new BindingFailure([{ in: location, path, message }]);
  }
}

brand(BindingFailure, 'BindingFailure');

/** Appends the path of an inner issue: `items` and `[0].name` give `items[0].name`. */
export function joinIssuePath(path: string, rest: string): string {
  if (path === '' || rest === '') return path + rest;
  return rest.startsWith('[') ? path + rest : `${path}.${rest}`;
}
