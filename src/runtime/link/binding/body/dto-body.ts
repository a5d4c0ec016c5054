import type { BodyArgumentPlan } from '../../../plan/app-plan.js';
import type { ArgumentContext } from '../argument-context.js';
import type { Binder } from '../binder.js';
import { BindingFailure } from '../binding-failure.js';
import { createDtoBinder, type DtoBinder } from '../dto-binder.js';
import type { ParsedBody } from './parsed-body.js';

/** Makes an argument of a value of a parsed body, or gives a failure. */
export type Convert = (value: unknown, body: ParsedBody, path: string) => unknown;

/** Binds all of the body. */
export function wholeBinder(convert: Convert, isOptional: boolean): Binder {
  return function bindBody(_request, body) {
    if (!body!.isEmpty) return convert(body!.value, body!, '');
    if (isOptional) return undefined;
    // All boxes of a form may be unchecked.
    return body!.format === 'form'
      ? convert(body!.value, body!, '')
      : BindingFailure.of('body', '', 'a body is required');
  };
}

/** Makes the conversion to a DTO. */
export function dtoConverter(argument: BodyArgumentPlan, context: ArgumentContext, dto: number): Convert {
  const bindWith = (source: 'json' | 'form', byDefault: 'reject' | 'strip') =>
    createDtoBinder(dto, context, {
      source,
      unknownProperties: argument.unknownProperties ?? byDefault,
      stopAtFirstError: argument.stopAtFirstError,
    });
  const bindJson = bindWith('json', 'reject');
  let bindForm: DtoBinder | undefined;
  return function convertDto(value, body, path) {
    if (body.format !== 'form') return bindJson(value, 'body', path);
    bindForm ??= bindWith('form', 'strip');
    return bindForm(value, 'body', path);
  };
}
