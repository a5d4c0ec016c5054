import type { BindingIssue } from '../../http/http-error.js';
import { brand } from '../../identity/brand.js';

/** What a binder gives in place of a value that cannot be bound: everything that is wrong with it. */
export class BindingFailure {
  readonly issues: readonly BindingIssue[];

  constructor(issues: readonly BindingIssue[]) {
    this.issues = issues;
  }

  /** A failure with one issue. */
  static of(location: BindingIssue['in'], path: string, message: string): BindingFailure {
    return new BindingFailure([{ in: location, path, message }]);
  }
}

brand(BindingFailure, 'BindingFailure');
