import type { Class } from '../../declarations/class.js';
import type { BindingIssue } from '../../http/http-error.js';
import { planValidator, type Validated, type ValidatorOptions } from '../validation/compile-validator.js';
import { BindingFailure } from './binding-failure.js';
import type { Parameter } from './parameter.js';
import { joinIssuePath } from './schema-binder.js';

/** Makes an instance of a DTO of a value, or a failure with all issues, below `path`. */
export type DtoBinder = (value: unknown, location: BindingIssue['in'], path: string) => unknown;

/** Plans a DTO for a parameter; undefined where the class has mistakes. */
export function createDtoBinder(parameter: Parameter, type: Class, options: ValidatorOptions): DtoBinder | undefined {
  const { groups } = parameter.record.options;
  const validator = planValidator(type, groups === undefined ? options : { ...options, groups }, parameter.mistakes);
  if (validator === undefined) return undefined;
  return function bindDto(value, location, path) {
    const outcome = validator(value);
    return outcome instanceof Promise
      ? outcome.then((settled) => toArgument(settled, location, path))
      : toArgument(outcome, location, path);
  };
}

function toArgument(outcome: Validated<object>, location: BindingIssue['in'], path: string): unknown {
  if ('value' in outcome) return outcome.value;
  return new BindingFailure(
    outcome.issues.map((issue) => ({ in: location, ...issue, path: joinIssuePath(path, issue.path) })),
  );
}
