import type { BindingIssue } from '../../../http/errors/http-error.js';
import type { Validated } from '../../validation/validator.js';
import { BindingFailure, joinIssuePath } from '../binding-failure.js';

/** Makes an argument of the outcome of a validation: the instance, or a failure with all issues, below `path`. */
export function argumentOrFailure(
  outcome: Validated<object> | Promise<Validated<object>>,
  location: BindingIssue['in'],
  path: string,
): unknown {
  if (outcome instanceof Promise) return outcome.then((settled) => argumentOrFailure(settled, location, path));
  if ('value' in outcome) return outcome.value;
  return new BindingFailure(
    outcome.issues.map((issue) => ({ in: location, ...issue, path: joinIssuePath(path, issue.path) })),
  );
}
