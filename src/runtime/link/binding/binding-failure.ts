import type { BindingIssue } from '../../http/http-error.js';

/** What a binder gives in place of a value: all that is wrong with it. */
export class BindingFailure {
  readonly issues: readonly BindingIssue[];

  constructor(issues: readonly BindingIssue[]) {
    this.issues = issues;
  }
}

/** A failure with one mistake. */
export function failure(part: BindingIssue['in'], path: string, message: string): BindingFailure {
  return new BindingFailure([{ in: part, path, message }]);
}
