import type { Class } from '../../declarations/class.js';
import { Mistakes } from '../../declarations/mistakes.js';
import type { BindingIssue } from '../../http/errors/http-error.js';
import {
  declaredNamesOf,
  planValidator,
  type Validated,
  type ValidatorOptions,
} from '../validation/compile-validator.js';
import { type ArgumentContext, typeInHole } from './argument-context.js';
import { BindingFailure } from './binding-failure.js';
import { joinIssuePath } from './schema-binder.js';

/** Makes an instance of a DTO of a value, or a failure with all issues, below `path`. */
export type DtoBinder = (value: unknown, location: BindingIssue['in'], path: string) => unknown;

/** Makes the binder of a DTO, and gives the names that it declares. */
export function createDtoBinder(
  _type: { readonly dto: number },
  context: ArgumentContext,
  options: Pick<ValidatorOptions, 'source' | 'unknownProperties'>,
): { readonly bindDto: DtoBinder; readonly names: readonly string[] } {
  const type = typeInHole(context) as Class;
  const { groups } = context.record.options;
  const validator = planValidator(
    type,
    { ...options, ...(groups && { groups }), maxErrors: context.maxErrors },
    new Mistakes(),
  )!;
  const bindDto: DtoBinder = function bindDto(value, location, path) {
    const outcome = validator(value);
    return outcome instanceof Promise
      ? outcome.then((settled) => toArgument(settled, location, path))
      : toArgument(outcome, location, path);
  };
  return { bindDto, names: declaredNamesOf(type) };
}

function toArgument(outcome: Validated<object>, location: BindingIssue['in'], path: string): unknown {
  if ('value' in outcome) return outcome.value;
  return new BindingFailure(
    outcome.issues.map((issue) => ({ in: location, ...issue, path: joinIssuePath(path, issue.path) })),
  );
}
