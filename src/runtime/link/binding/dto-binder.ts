import type { Class } from '../../declarations/class.js';
import type { BindingIssue } from '../../http/http-error.js';
import { planValidator, type ValidatorOptions } from '../validation/compile-validator.js';
import { BindingFailure } from './binding-failure.js';
import type { Parameter } from './parameter.js';
import { joinPlace } from './schema-binder.js';

/** Makes an instance of a DTO of a value, or all that is wrong with it, below `path`. */
export type DtoBinder = (value: unknown, part: BindingIssue['in'], path: string) => unknown;

/** Plans a DTO for a parameter; what is wrong with the class is the parameter's mistake. Undefined where there is any. */
export function bindDto(parameter: Parameter, type: Class, options: ValidatorOptions): DtoBinder | undefined {
  const { groups } = parameter.record.options;
  const mistakes: string[] = [];
  const validator = planValidator(type, groups === undefined ? options : { ...options, groups }, mistakes);
  for (const mistake of mistakes) parameter.complain(mistake);
  if (mistakes.length > 0) return undefined;

  const settle = (outcome: Awaited<ReturnType<typeof validator>>, part: BindingIssue['in'], path: string): unknown =>
    'value' in outcome
      ? outcome.value
      : new BindingFailure(outcome.issues.map((issue) => ({ in: part, ...issue, path: joinPlace(path, issue.path) })));
  return (value, part, path) => {
    const outcome = validator(value);
    return outcome instanceof Promise
      ? outcome.then((settled) => settle(settled, part, path))
      : settle(outcome, part, path);
  };
}
