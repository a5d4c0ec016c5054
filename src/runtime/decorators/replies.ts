import { methodRecordOf } from '../declarations/controller-record.js';
import { planRedirect } from '../link/redirect.js';
import { planRender } from '../link/render.js';

/** The status of a successful answer. Default: 200, or 204 for `undefined` and `null`. */
export function HttpCode(status: number): MethodDecorator {
  return (target, name) => {
    methodRecordOf(target, name).httpCode = status;
  };
}

/** A header of a successful answer. May stand several times. Answers to errors do not get it. */
export function Header(name: string, value: string): MethodDecorator {
  return (target, method) => {
    methodRecordOf(target, method).headers.unshift([name, value]);
  };
}

/**
 * The `content-type` of a successful answer, such as `text/csv`. Text gets `; charset=utf-8` where it says none.
 */
export function ContentType(type: `${string}/${string}`): MethodDecorator {
  return (target, name) => {
    methodRecordOf(target, name).contentType = type;
  };
}

/**
 * Redirects. What the method returns, if it is a string, replaces the location.
 *
 * @param location percent-encoded where it needs to be. Default: the method must return one.
 * @param status from 300 to 399. Default: 302.
 */
export function Redirect(location?: string, status = 302): MethodDecorator {
  return (target, name) => {
    methodRecordOf(target, name).replies.push(planRedirect(location, status));
  };
}

/** Renders a view with the method's result, an object; `undefined` counts as `{}`. */
export function Render(view: string): MethodDecorator {
  return (target, name) => {
    methodRecordOf(target, name).replies.push(planRender(view));
  };
}

/** The status for a result of `null`. From 400 on the answer is a problem document, below that it is empty. */
export function OnNull(status: number): MethodDecorator {
  return (target, name) => {
    methodRecordOf(target, name).onNull = status;
  };
}

/** The status for a result of `undefined`. From 400 on the answer is a problem document, below that it is empty. */
export function OnUndefined(status: number): MethodDecorator {
  return (target, name) => {
    methodRecordOf(target, name).onUndefined = status;
  };
}
