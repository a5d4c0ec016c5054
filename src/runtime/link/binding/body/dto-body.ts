import type { BodyArgumentPlan } from '../../../plan/app-plan.js';
import type { LinkedValidator } from '../../validation/link-validator.js';
import type { ArgumentContext } from '../argument-context.js';
import type { Binder } from '../binder.js';
import { BindingFailure } from '../binding-failure.js';
import { bindDto, linkDto } from '../dto-binder.js';
import type { ParsedBody } from './parsed-body.js';

/** Makes an argument of a value of a parsed body, or gives a failure. */
export type Convert = (value: unknown, body: ParsedBody, path: string) => unknown;

/** Binds all of the body. */
export function wholeBinder(convert: Convert, isOptional: boolean): Binder {
  return function bindBody(_request, body) {
    const { value, isEmpty, format } = body!;
    // All boxes of a form may be unchecked.
    if (!isEmpty || (format === 'form' && !isOptional)) return convert(value, body!, '');
    return isOptional ? undefined : BindingFailure.of('body', '', 'a body is required');
  };
}

/** Makes the conversion to a DTO. */
export function dtoConverter(argument: BodyArgumentPlan, context: ArgumentContext, dto: number): Convert {
  const ofJson = linkDto(dto, context, 'json', argument, 'reject');
  let ofForm: LinkedValidator | undefined;
  return function convertDto(value, { format }, path) {
    if (format !== 'form') return bindDto(ofJson, value, 'body', path);
    ofForm ??= linkDto(dto, context, 'form', argument, 'strip');
    return bindDto(ofForm, value, 'body', path);
  };
}
